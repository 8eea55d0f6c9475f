"""File names are ordered as people read them: the macro of the models, in DuckDB."""

import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

MACROS = Path(__file__).parents[3] / "dbt_project/macros"
# Names of one form, as one system writes them: the same words between numbers of any length.
FORMS = ["export-{}", "export ({})", "{}", "2026-{}-{}", "{}/part-{}", "mrr_{}_of_{}", "x{}"]
NUMBERS = st.integers(0, 10**20) | st.integers(0, 120)


@pytest.fixture(scope="module")
def in_order():
    macro = (MACROS / "engine/natural_order.sql").read_text()
    key = Environment().from_string(macro).module.default__natural_order("name")
    with duckdb.connect() as connection:
        yield lambda names: [
            name
            for (name,) in connection.execute(
                f"select name from (select unnest($1) as name) order by {key}, name", [names]
            ).fetchall()
        ]


def as_people_read(name: str) -> list:
    stem = re.sub(r"([.](csv|jsonl|ndjson|parquet|gz|zst))+$", "", name, flags=re.IGNORECASE)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", stem)]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(FORMS).flatmap(
        lambda form: st.lists(
            st.tuples(*[NUMBERS] * form.count("{}")).map(lambda numbers: form.format(*numbers)),
            min_size=2,
            max_size=8,
            unique=True,
        )
    ),
    st.sampled_from([".csv", ".jsonl.gz", ".PARQUET", ""]),
)
@example(["export-10", "export-9", "export-100"], ".csv")
def test_numbers_in_names_count_by_their_value(in_order, stems, ending):
    names = [stem + ending for stem in stems]
    assert in_order(names) == sorted(names, key=lambda name: (as_people_read(name), name))


@pytest.mark.parametrize(
    "names",
    [
        ["export-9.csv", "export-10.csv"],
        ["Export-9.csv", "export-10.csv", "EXPORT-11.csv"],
        ["export.csv", "export (1).csv", "export (2).csv", "export (10).csv"],
        ["export.csv", "export-1.csv"],
        ["export.tsv", "export (1).tsv", "export (2).json"],
        ["export1.parquet", "export[1].parquet"],
        ["2026-9-30.csv", "2026-10-1.csv", "2026-10-31.csv.gz", "2026-10-31-2.csv"],
        ["20260930.csv", "20261001.csv", "20261031T060000.csv"],
        ["2026/9/export.csv", "2026/10/export.csv", "2027/1/export.csv"],
        ["crm/accounts/31.12.2025.csv", "crm/accounts/9.1.2026.csv", "crm/accounts/01.10.2026.csv"],
        ["accounts_12-31-2025.csv", "accounts_01-01-2026.csv", "accounts_09-30-2026 2.csv"],
        ["export 30-08-2026.csv", "export 31-08-2026.csv", "export 13-09-2026.csv"],
        ["Export_December_2025.csv", "Export_Sept_2026.csv", "Export_October_2026.csv"],
        ["dec-2025.csv", "2026-09.csv", "sep-2026 (1).csv", "Oct2026.csv", "2026 nov.csv"],
        ["30-Sep-2026.csv", "Oct 1, 2026.csv", "02oct2026.csv", "2026-Oct-10.csv"],
        ["kpi 11-2026.csv", "kpi 12-2026.csv", "kpi 01-2027 (1).csv", "kpi 02.2027.csv"],
        ["crm/9-2026.csv", "crm/10-2026.csv", "crm/1-2027.csv"],
        ["Q4-2025.csv", "Q1 2026.csv", "q2_2026.csv"],
        ["v1.2026-10-31.csv", "v2.2026-09-30.csv"],
        ["market-9.csv", "market-10.csv", "may be 2.csv", "may be 10.csv"],
        ["export-09.csv", "export-9.csv", "export-010.csv"],
        ["run-99999999999999999999.csv", "run-100000000000000000000.csv"],
    ],
)
def test_the_later_export_comes_later(in_order, names):
    assert in_order(list(reversed(names))) == names
    assert in_order(names) == names
