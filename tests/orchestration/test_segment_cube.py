"""Figures by segment are looked up: the script adds up nothing, and every cell is its mart's."""

import json
import random
import re

import pytest

from orchestration.dashboard.cube import FIGURES, PERIODS, key_of
from orchestration.dashboard.declaration import declared_pages
from orchestration.dashboard.scripts import OWN, own_script, table_script
from orchestration.dashboard.site import Site
from orchestration.reporting.formats import write
from tests.orchestration.page_facts import is_same
from tests.orchestration.report_tables import AS_OF, company

PAIRS = 500
# Pairs of segments are drawn, but always the same ones.
SEED = 17
# What a script would have to say to make one number of others.
ARITHMETIC = re.compile(
    r"\bMath\b|\breduce\b|parseFloat|parseInt|\bNumber\(|toFixed|toLocale|\+\+|--|[+*%/-]=|"
    r"(?<![\w)\]`'\"])\s*[+*/%]\s|[\w)\]]\s*[+*%/]\s*[\w(\[]|[\w)\]]\s-\s[\w(\[]"
)


def code_of(script):
    """The script without its comments and texts: a text may hold any sign."""
    bare = re.sub(r"//[^\n]*", "", script)
    return re.sub(r"`[^`]*`|\"[^\"\n]*\"", '""', bare)


def looked_up(connection):
    segments = next(page for page in declared_pages() if page.name == "segments")
    html = Site(connection, AS_OF).page(segments).html
    found = re.search(r'<script type="application/json" id="cube">(.*?)</script>', html, re.S)
    return json.loads(found[1]), html


@pytest.fixture(scope="module")
def tables():
    connection = company()
    connection.execute("delete from marts.fct_segment_cube")
    draw = random.Random(SEED)
    for first in range(40):
        for second in range(40):
            for weeks in PERIODS:
                few = draw.random() < 0.3
                figures = [None] * 10 if few else [draw.randint(0, 90) for _ in range(10)]
                connection.execute(
                    "insert into marts.fct_segment_cube values ('industry', ?, 'plan', ?, ?, ?, ?, "
                    f"{', '.join('?' * 11)})",
                    [f"i{first}", f"p{second}", weeks, "insufficient_n" if few else "ok", AS_OF,
                     draw.randint(1, 4) if few else draw.randint(5, 90), *figures],
                )  # fmt: skip
    return connection


@pytest.fixture(scope="module")
def page(tables):
    return looked_up(tables)


def test_500_pairs_of_filters_show_what_the_mart_holds(page, tables):
    cells, _ = page
    draw = random.Random(SEED)
    for _ in range(PAIRS):
        pair = f"i{draw.randrange(40)}", f"p{draw.randrange(40)}"
        cell = cells["cells"][key_of(("industry", pair[0]), ("plan", pair[1]))]
        for weeks, period in PERIODS.items():
            held = tables.execute(
                "select * from marts.fct_segment_cube where dimension = 'industry' and segment = ? "
                "and second_dimension = 'plan' and second_segment = ? and weeks_before = ?",
                [*pair, weeks],
            )
            names = [column[0] for column in held.description]
            row = dict(zip(names, held.fetchone(), strict=True))
            for name, (_, kind) in FIGURES.items():
                if row["status"] != "ok" and name != "account_count":
                    assert name not in cell[period]
                    continue
                text, value = cell[period][name]
                assert is_same(row[name], value)
                assert text == ("not known" if row[name] is None else write(row[name], kind, "EUR"))


def test_a_cell_of_too_few_customers_says_so_and_shows_their_number_alone(page):
    cells, _ = page
    few = [cell for cell in cells["cells"].values() if "said" in cell]
    assert few
    assert all(set(cell["now"]) == {"place", "account_count"} for cell in few)
    assert {cell["said"] for cell in few} == {"too few to tell"}


def test_our_script_makes_no_number_of_others():
    found = ARITHMETIC.findall(code_of(OWN.read_text()))
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["total += row.mrr;", "a = b + c;", "Math.round(x)", "x / y", "n++", "a * b", "a - b",
     "rows.reduce((sum, row) => sum)"],
)  # fmt: skip
def test_arithmetic_would_be_found(line):
    assert ARITHMETIC.search(code_of(line))


def test_a_name_of_a_segment_cannot_end_the_script_that_holds_it():
    connection = company()
    _, html = looked_up(connection)
    assert html.count("</script>") == html.count("<script")


def test_the_bundle_of_tables_is_a_plain_script_that_leaves_its_constructor_behind():
    text = table_script().text
    assert "globalThis.DataTable = " in text
    assert not re.search(r"\bexport\s*\{", text)
    assert "</script" not in text
    assert "</script" not in own_script().text
