"""The pages of the dashboard: what is declared is drawn, and every number is its table's."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from orchestration.assets.exports import declared_exports
from orchestration.dashboard.account_pages import every_page
from orchestration.dashboard.cells import Cells, known_kinds
from orchestration.dashboard.declaration import PAGES as FOLDER
from orchestration.dashboard.declaration import declared_pages
from orchestration.dashboard.declared import DeclarationError, Part
from orchestration.dashboard.site import Site
from orchestration.reporting import words
from orchestration.reporting.facts import TURNING, FactBook, Row, with_schema
from orchestration.reporting.rendering import render_report
from orchestration.reporting.texts import TextError
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.published_company import project
from tests.orchestration.report_tables import AS_OF, HOSTILE, add, company, nothing_landed

PAGES = [page.name for page in declared_pages()]


def made(connection):
    return {page.place: page for page in Site(connection, AS_OF).made()}


@pytest.fixture(scope="module")
def tables():
    return company()


@pytest.fixture(scope="module")
def pages(tables):
    return made(tables)


@pytest.fixture(scope="module")
def empty_pages():
    return made(nothing_landed())


def columns():
    return [
        (page.name, section.id, column)
        for page in declared_pages()
        for section in page.sections
        for table in section.tables
        for column in table.columns
    ]


def test_there_is_a_page_for_every_question():
    assert PAGES == ["index", "accounts", "segments", "adoption", "revenue", "reliability",
                     "sentiment", "outlook", "actions", "definitions"]  # fmt: skip


def test_every_number_of_every_page_equals_its_table(pages, tables):
    for place, page in pages.items():
        assert wrong_facts(page.html, tables) == [], place


def test_every_number_of_a_page_is_in_the_list_of_its_facts(pages):
    for place, page in pages.items():
        shown = {(marks["data-fact"], marks["data-kind"]) for marks, _ in numbers(page.html)}
        listed = {(fact.name, fact.kind) for fact in page.facts}
        assert shown <= listed, place


def test_every_kind_and_every_word_list_that_a_page_names_exists():
    for place, anchor, column in columns():
        for part in (column, *column.notes):
            assert part.kind in known_kinds(), (place, anchor, part)
            assert not isinstance(part.words, str) or hasattr(words, part.words), (anchor, part)


def test_a_zero_is_shown_where_what_is_missing_is_left_out():
    row = Row("rpt_x", {"k": "1"}, {"low": 0.0, "count": 0, "gone": None, "flag": False})
    cells = Cells(FactBook(), frozenset())
    assert cells.part(row, Part("low", "share", hidden="missing")).striptags() == "0.0%"
    assert cells.part(row, Part("count", "count", hidden="missing")).striptags() == "0"
    assert cells.part(row, Part("count", "count", hidden="zero")) == ""
    assert cells.part(row, Part("gone", "share", hidden="missing")) == ""
    assert cells.part(row, Part("flag", "text", hidden="missing")) == ""


def test_the_name_of_a_column_stands_there_as_somebody_has_to_write_it():
    row = Row("rpt_x", {"k": "1"}, {"column_name": "duration_ms", "table_name": "all"})
    cells = Cells(FactBook(), frozenset())
    assert cells.part(row, Part("column_name", "name")).striptags() == "duration_ms"
    assert cells.part(row, Part("table_name", "name")) == ""


def test_of_how_many_a_sum_is_known_stands_there_where_it_is_not_all():
    row = Row("rpt_x", {"k": "1"}, {"known": 2, "all": 3, "same": 3, "nobody": 0})
    cells = Cells(FactBook(), frozenset())

    def said(column):
        note = Part(column, "count", of="all", before="known of ", hidden="whole")
        return cells.part(row, note)

    assert said("known").striptags() == "known of 2 of 3"
    assert said("nobody").striptags() == "known of 0 of 3"
    assert said("same") == ""


def test_every_chart_has_a_sentence_and_its_rows_as_a_table():
    for page in declared_pages():
        for section in page.sections:
            assert not section.charts or section.tables, f"{page.name}, {section.id}"
            assert all(chart.label.endswith(".") for chart in section.charts), section.id


def test_a_table_without_rows_says_why_and_a_page_is_still_there(empty_pages):
    for place, page in empty_pages.items():
        assert "<h1>" in page.html, place
        for section in re.findall(r"<section.*?</section>", page.html, re.S):
            assert re.search(r"<(table|svg|dl|ol|select)", section) or "nothing" in section, section


def test_a_table_that_is_not_published_is_named_where_it_would_stand():
    connection = company()
    connection.execute("drop table reports.rpt_survey_topics")
    html = made(connection)["sentiment.html"].html
    assert "Not in this publication: rpt_survey_topics" in html
    assert 'id="silent"' in html


def test_a_reason_that_is_why_a_customer_is_on_the_list_is_told_once():
    connection = company()
    for first in ("asked to cancel", "core features in use"):
        connection.execute(
            "update reports.rpt_accounts_needing_attention "
            "set attention_reason = 'asked to cancel', first_reason = ?, first_reason_value = null",
            [first],
        )
        html = made(connection)["index.html"].html
        cell = re.search(r'<td role="cell" class="why".*?</td>', html, re.DOTALL).group()
        told = re.sub(r"<[^>]+>", " ", cell)
        assert told.count("asked to cancel") == 1, told
        assert re.search(rf"{first}\s+\(\s*19\.7\s*\)", told), told


def test_pages_ask_for_nothing_outside_and_hold_no_markup_of_names(pages):
    for page in pages.values():
        assert not re.findall(r'\b(?:srcset|action|poster)="', page.html)
        assert not re.findall(
            r"(?:https?:)?//(?!www\.w3\.org)[a-z]", page.html.split("<body")[1].split("<script")[0]
        )
        assert HOSTILE not in page.html
        assert "default-src 'none'" in page.html


def test_links_within_a_page_and_between_pages_lead_somewhere(pages):
    anchors = {
        place: set(re.findall(r'\bid="([^"]+)"', page.html)) for place, page in pages.items()
    }
    for place, page in pages.items():
        for link in re.findall(r'href="([^":]*)"', page.html):
            to, _, anchor = link.partition("#")
            if to.startswith(("../", "accounts/")):
                continue
            assert (to or place) in anchors, f"{place}: {link}"
            assert not anchor or anchor in anchors[to or place], f"{place}: {link}"


def test_every_export_that_a_page_links_to_is_exported(pages):
    exported = {one.model for one in declared_exports(project())}
    for place, page in pages.items():
        linked = set(re.findall(r'exports/([a-z_0-9]+)\.csv"', page.html))
        assert linked <= exported, place
    declared = {
        table.export for page in declared_pages() for one in page.sections for table in one.tables
    }
    assert declared - {""} <= exported


def test_the_overview_and_the_report_say_the_same_of_who_is_left_alone():
    connection = company()
    connection.execute("update reports.rpt_action_queue set status = 'held_out', "
                       "status_reason = 'left alone by lot'")  # fmt: skip
    for html in (made(connection)["index.html"].html, render_report(connection, AS_OF).html):
        listed = html[html.index('<section id="attention"') :]
        listed = listed[: listed.index("</section>")]
        assert "left alone by lot" in listed
        assert "Call them" not in listed


def test_why_an_alert_was_not_told_is_said_in_words():
    macro = (Path(__file__).parents[2] / "dbt_project/macros/alert_tellings.sql").read_text()
    ends = macro.index("as blocked_by")
    codes = re.findall(r"then '([a-z_]+)'", macro[macro.rindex("case", 0, ends) : ends])
    assert len(codes) >= 5
    connection = company()
    for code in codes:
        add(connection, "rpt_open_alerts", rule=code, entity_id="a1", grain="account", label="x",
            severity="warning", blocked_by=code, opened_on=AS_OF, days_open=1)  # fmt: skip
    html = made(connection)["actions.html"].html
    listed = html[html.index('<section id="alerts"') :]
    listed = listed[: listed.index("</section>")]
    assert "not told: something else explains it" in listed
    for code in codes:
        assert f"not told: {code.replace('_', ' ')}" not in listed


def test_a_segment_is_listed_as_worse_by_what_pulled_it_down():
    connection = company()
    whole = {"dimension": "plan", "horizon_days": 28, "stayer_count": 9, "effect_rank": 1,
             "mean_score_then": 60.0, "mean_score_now": 57.0}  # fmt: skip
    for segment, change, causes in (
        ("fell", -3.0, {"joiners": 4.0, "leavers": -7.0}),
        ("rose", 2.0, {"joiners": 3.0, "leavers": -1.0}),
    ):
        for cause, effect in causes.items():
            add(connection, "rpt_segment_change_causes", **whole, segment=segment, cause=cause,
                component="all", label=cause, effect=effect, cause_effect=effect,
                mean_score_change=change)  # fmt: skip
    html = made(connection)["segments.html"].html
    listed = html[html.index('<section id="changes"') :]
    listed = listed[: listed.index("</section>")]
    assert "fell" in listed
    assert "customers who have a score no longer" in listed
    assert "customers with a score who had none" not in listed
    assert ">rose<" not in listed


def test_headings_leave_out_no_level(pages):
    for page in pages.values():
        levels = [int(level) for level in re.findall(r"<h([1-6])", page.html)]
        assert levels[0] == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_same_tables_give_the_same_bytes(pages):
    again = made(company())
    assert {place: page.html for place, page in again.items()} == {
        place: page.html for place, page in pages.items()
    }


SOME = {"VARCHAR": HOSTILE, "BOOLEAN": True, "DATE": AS_OF, "TIMESTAMP": AS_OF}


@pytest.fixture(scope="module")
def filled():
    """Every declared table that the company leaves empty, with a row of what its types allow."""
    connection = company()
    connection.execute(
        "create schema quality; create table quality.expectation_results (gate varchar, "
        "table_name varchar, expectation varchar, column_name varchar, severity varchar, "
        "passed boolean, observed varchar, reason varchar)"
    )
    declared = {table for page in declared_pages() for one in page.sections for table in one.read()}
    for table in sorted(declared):
        rows = connection.execute(f"select count(*) from {with_schema(table)}").fetchone()[0]
        if not rows:
            types = connection.execute(f"describe {with_schema(table)}").fetchall()
            add(
                connection,
                table,
                **{f'"{column}"': SOME.get(kind, 1) for column, kind, *_ in types},
            )
    return connection


def test_every_column_can_be_written_and_no_name_is_markup(filled):
    for place, page in made(filled).items():
        assert wrong_facts(page.html, filled) == [], place
        assert HOSTILE not in page.html


# What docs/adding.md promises, done literally.


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "pages")


def drawn_of(folder, place, connection):
    site = Site(connection, AS_OF, declared_pages(folder))
    return next(page for page in site.made() if page.place == place)


def test_a_new_column_is_one_line(folder, tables):
    page = folder / "60_sentiment.yml"
    line = "          - {column: csat_answers, label: CSAT answers, kind: count}\n"
    added = "          - {column: ces_answers, label: Effort answers, kind: count}\n"
    page.write_text(page.read_text().replace(line, line + added))
    html = drawn_of(folder, "sentiment.html", tables).html
    assert "Effort answers" in html
    assert "#ces_answers" in html
    assert wrong_facts(html, tables) == []


def test_a_new_page_is_one_file_and_stands_in_the_navigation(folder, tables):
    (folder / "65_calls.yml").write_text(
        "title: Calls\nquestion: Who called?\nsections:\n  - id: calls\n    title: Calls\n"
        "    tables:\n      - {table: rpt_ticket_kinds, key: [ticket_type], label: Calls,\n"
        "         columns: [{column: ticket_type, label: Kind}]}\n"
    )
    assert "<h1>Calls</h1>" in drawn_of(folder, "calls.html", tables).html
    assert 'href="calls.html"' in drawn_of(folder, "index.html", tables).html


def test_what_is_not_known_of_a_declaration_is_named_with_its_file(folder):
    page = folder / "60_sentiment.yml"
    page.write_text(page.read_text().replace("label: CSAT answers", "lable: CSAT answers"))
    with pytest.raises(DeclarationError, match=r"60_sentiment.yml, topics.*lable is not known"):
        declared_pages(folder)


def test_a_column_that_the_table_lacks_is_named(folder, tables):
    page = folder / "60_sentiment.yml"
    page.write_text(page.read_text().replace("order: silent_rank", "order: silent_rang"))
    with pytest.raises(DeclarationError, match=r"rpt_survey_nonresponders.*silent_rang"):
        drawn_of(folder, "sentiment.html", tables)


def test_a_text_that_names_no_number_of_the_run_is_refused(folder, tables):
    page = folder / "60_sentiment.yml"
    page.write_text(page.read_text().replace("Silence is not content.", "{silence|days}."))
    with pytest.raises(TextError, match=r"\{silence\|days\}, which is neither"):
        drawn_of(folder, "sentiment.html", tables)


TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe \N{FIRST STRONG ISOLATE}7 days"


def test_no_name_turns_the_direction_of_what_stands_beside_it():
    connection = company()
    for (table,) in connection.execute(
        "select schema_name || '.' || table_name from duckdb_columns() "
        "where column_name = 'account_name'"
    ).fetchall():
        connection.execute(f"update {table} set account_name = '{TURNED}'")
    connection.execute(f"update reports.rpt_outlook_models set explanation = '{TURNED}'")
    pages = [*every_page(Site(connection, AS_OF)), render_report(connection, AS_OF)]
    assert sum("gpj.exe" in page.html for page in pages) > 4
    for page in pages:
        assert not set(page.html) & {chr(mark) for mark in TURNING}
        assert wrong_facts(page.html, connection) == []
        assert "\\u202e" not in page.html
