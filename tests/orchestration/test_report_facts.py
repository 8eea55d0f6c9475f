import json
import re
from datetime import date
from html import unescape
from importlib import import_module
from itertools import pairwise

import pytest

from orchestration.reporting.charts import draw
from orchestration.reporting.drawings import bridges
from orchestration.reporting.facts import FactBook
from orchestration.reporting.formats import KINDS, MINUS, write
from orchestration.reporting.page import Page
from orchestration.reporting.reading import ReportError, read_tables
from orchestration.reporting.rendering import render_report
from orchestration.reporting.tables import TABLES
from orchestration.reporting.writing import write_report
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.report_tables import (
    AS_OF,
    HOSTILE,
    add,
    add_checks,
    company,
    nothing_landed,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tables():
    return company()


@pytest.fixture(scope="module")
def report(tables):
    return render_report(tables, AS_OF)


@pytest.fixture(scope="module")
def empty_report():
    return render_report(nothing_landed(), AS_OF)


def plain(html):
    body = re.sub(r"<(style|svg)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


def test_every_number_equals_its_table_and_its_text_is_the_rounding(report, tables):
    assert len(numbers(report.html)) > 60
    assert wrong_facts(report.html, tables) == []


def test_the_list_of_facts_holds_what_the_page_shows(report, tmp_path):
    listing = json.loads(write_report(report, tmp_path).with_name("facts.json").read_text())
    shown = {(fact["fact"], fact["text"]) for fact in listing["facts"]}
    assert shown >= {(marks["data-fact"], text) for marks, text in numbers(report.html)}


def test_every_table_of_the_page_is_shown_somewhere(report):
    shown = {marks["data-fact"].split("?")[0] for marks, _ in numbers(report.html)}
    # Of findings the words are shown; their own numbers stand only in the texts that name them.
    drawn = {"rpt_health_trend", "rpt_mrr_bridge", "rpt_segment_change_causes",
             "rpt_report_findings"}  # fmt: skip
    assert shown | drawn == set(TABLES)


def test_what_is_expected_is_said_where_a_model_speaks_and_how_often_it_was_right(report):
    text = plain(report.html)
    assert "Expected to leave within 42 days: 1 of 3, EUR 5 a month, beside those who asked" in text
    assert "A candidate, right in 68.3% of pairs." in text
    assert "What became of the list of 19 Oct 2026" in text
    tables = company()
    tables.execute("update reports.rpt_outlook_revenue set status = 'insufficient_outcomes'")
    assert "Expected to leave" not in plain(render_report(tables, AS_OF).html)


def test_the_rules_that_customers_set_off_are_drawn_as_their_doing(tables, monkeypatch):
    drawn = {}
    monkeypatch.setattr(bridges, "draw", lambda chart, _, rows: drawn.update({chart: rows}))
    bridges.score_bridge(Page(AS_OF, read_tables(tables, AS_OF), None, FactBook()))
    kinds = {row["cause"]: row["kind"] for row in drawn["score_bridge"]}
    assert kinds["use, words, payments"] == kinds["rules that hold down"] == "done"
    assert kinds["other things measured"] == "other"


def test_the_same_tables_give_the_same_bytes(report):
    assert render_report(company(), AS_OF) == report


def test_nothing_outside_the_page_is_asked_for(report):
    assert not re.findall(r'\b(?:src|srcset|action|poster)="', report.html)
    assert not re.findall(r"@import|url\((?!#)", report.html)
    links = re.findall(r'href="([^"]*)"', report.html)
    assert all(link.startswith(("#", "exports/", "dashboard/")) for link in links)
    assert "<script" not in report.html
    assert "default-src 'none'" in report.html


def test_a_hostile_name_is_text(report):
    assert HOSTILE not in report.html
    assert "&lt;script&gt;alert(" in report.html


def test_every_link_within_the_page_leads_somewhere(report):
    places = set(re.findall(r'\bid="([^"]+)"', report.html))
    assert set(re.findall(r'href="#([^"]+)"', report.html)) <= places
    assert len(places) == len(re.findall(r'\bid="', report.html)), "an identifier is used twice"


def test_every_chart_says_what_it_shows(report):
    charts = re.findall(r"<svg[^>]*>", report.html)
    assert len(charts) >= 4
    assert all('role="img"' in chart and 'aria-label="' in chart for chart in charts)


def test_headings_leave_out_no_level(report):
    levels = [int(level) for level in re.findall(r"<h([1-6])", report.html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_nothing_known_is_said_in_words_and_not_as_zero(empty_report):
    text = plain(empty_report.html)
    assert "No customer is known as of 31 Oct 2026" in text
    assert "no month before to compare with" in text
    assert "No renewal date is known" in text
    assert "EUR 0" not in text
    assert wrong_facts(empty_report.html, nothing_landed()) == []


def test_revenue_that_is_not_known_is_not_zero():
    tables = company()
    tables.execute("update reports.rpt_headline_kpis set fact_value = null, earlier_value = null, "
                   "change = null where fact like '%mrr'")  # fmt: skip
    text = plain(render_report(tables, AS_OF).html)
    assert "Revenue is not known, so every customer counts alike: mean health is 60.0" in text
    assert "their revenue is not known" in text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("is_first = true", "Scores are provisional: what is usual among your customers is known "
         "once 20 of them have had a score on 91 days in a row; the most so far is 40 days."),
        ("first_date = date '2026-07-01', last_date = date '2026-09-29'", "is drawn from 1 Jul "
         "2026 to 29 Sep 2026 and holds from the next run on."),
        ("is_first = false, first_valid_from = date '2026-09-30', first_scored_date = "
         "date '2026-06-01'", "Scores before 30 Sep 2026 are provisional"),
        ("is_first = false, first_valid_from = date '2026-05-30', first_scored_date = "
         "date '2026-06-01'", None),
    ],
)  # fmt: skip
def test_a_score_without_references_is_called_provisional_once_and_says_until_when(told, said):
    tables = company()
    tables.execute(f"update reports.rpt_reference_quarter set {told}")
    text = plain(render_report(tables, AS_OF).html)
    assert text.count("provisional") == (said is not None)
    assert said is None or said in text


def test_revenue_without_prices_is_not_measured_and_not_zero(empty_report):
    assert "Revenue is not measured" in plain(empty_report.html)


def test_without_a_month_before_nothing_is_said_to_have_moved():
    tables = company()
    tables.execute("update reports.rpt_headline_kpis set earlier_value = null, change = null")
    text = plain(render_report(tables, AS_OF).html)
    assert "Movement between bands is not known. There is no month before" in text
    assert "came as customers" not in text


def test_a_change_has_its_direction_and_both_days(report):
    text = plain(report.html)
    assert "health is 61.2 of 100. For the same customers it is 4.8 points lower" in text
    assert "lower than on 3 Oct 2026: what they did" in text


def test_a_fall_that_another_model_made_is_said_to_be_one_of_the_scale(report):
    text = plain(report.html)
    assert (
        f"what they did ({MINUS}0.6), other things are measured (+1.8) and another model scores"
        f" them ({MINUS}6.0). The fall is one of the scale, more than of the customers."
    ) in text
    assert "1 customer moved down a band and 0 up by what they did since 3 Oct 2026" in text
    assert "for other reasons moved 22 because another model scores them;" in text


def test_a_fall_that_customers_made_is_theirs():
    tables = company()
    tables.execute("update reports.rpt_headline_kpis set fact_value = null where fact like '%mrr'")
    text = plain(render_report(tables, AS_OF).html)
    assert (
        f"5.0 points lower than on 3 Oct 2026: what they did ({MINUS}4.0) and another model scores"
        f" them ({MINUS}1.0). Most points"
    ) in text


def test_what_is_unusual_stands_on_the_first_screen_by_the_day_on_which_it_began(report):
    text = plain(report.html)
    assert (
        "Unusual, begun between 19 Oct 2026 and 20 Oct 2026: transactions that failed (43.4%,"
        " usually 0.0%) and users (1,337, usually 1,200), 85.0% of it at payment details;"
        " since 9 Sep 2026: daily users"
        " (10, usually 50)."
    ) in text


def test_a_list_that_nobody_had_is_not_held_against_anybody():
    tables = company()
    assert "Nobody was given this list" not in plain(render_report(tables, AS_OF).html)
    tables.execute("update reports.rpt_action_follow_up set was_printed = false")
    assert "Nobody was given this list: it is what it would be now." in plain(
        render_report(tables, AS_OF).html
    )


def test_the_bridge_of_revenue_says_until_when_and_a_change_over_which_time(report):
    # Its last month may have ended weeks ago: its end is another figure than the day's revenue.
    text = plain(report.html)
    assert "What moved monthly revenue, 3 Oct 2026 to 31 Oct 2026" in text
    assert "Health, 28 days" in text


def test_who_did_something_that_moved_no_score_is_not_said_to_have_moved():
    tables = company()
    assert "80 → 90" in plain(render_report(tables, AS_OF).html)
    tables.execute("update reports.rpt_account_score_changes set score_then = 89.7, change = 0.2 "
                   "where account_id = 'a/2'")  # fmt: skip
    text = plain(render_report(tables, AS_OF).html)
    assert "90 → 90" not in text
    assert "50 → 30" in text


def test_days_without_any_score_are_not_drawn_as_days_without_customers(monkeypatch):
    tables = company()
    day = date(2026, 10, 10)
    for band, count in (("at_risk", 0), ("healthy", 0), ("not_scored", 5)):
        add(tables, "rpt_health_trend", score_date=day, band=band, account_count=count)
    seen = []
    # The package has a function of that name.
    bands = import_module("orchestration.reporting.drawings.bands")
    monkeypatch.setattr(bands, "draw", lambda name, label, values: seen.append((label, values)))
    render_report(tables, AS_OF)
    ((label, values),) = seen
    assert "from 17 Oct 2026 to 31 Oct 2026" in label
    assert min(row["day"] for row in values) == "2026-10-17"


def test_one_customer_and_one_contract_have_the_verb_of_one():
    tables = company()
    for fact in ("attention_count", "renewals_90d_not_healthy_count"):
        tables.execute("update reports.rpt_headline_kpis set fact_value = 1 where fact = ?", [fact])
    text = plain(render_report(tables, AS_OF).html)
    assert re.search(r"1 of \d+ customers needs attention now", text)
    assert re.search(r"1 of \d+ contracts that renew in the next 90 days is not healthy", text)


def test_who_has_to_wait_is_not_told_that_it_is_too_late():
    tables = company()
    tables.execute("update reports.rpt_action_queue set status = 'deferred'")
    text = plain(render_report(tables, AS_OF).html)
    assert "csm_1, has to wait" in text


def test_where_nothing_is_unusual_nothing_is_said():
    tables = company()
    tables.execute("update reports.rpt_metric_comparison set is_unusual = false")
    assert "Unusual," not in plain(render_report(tables, AS_OF).html)


def test_customers_who_have_all_left_are_not_customers_whom_nobody_knows():
    tables = nothing_landed()
    tables.execute(
        "update reports.rpt_headline_kpis set fact_value = 886, fact_date = date '2026-10-30' "
        "where fact = 'customers_ever_count'"
    )
    html = render_report(tables, AS_OF).html
    text = plain(html)
    assert "All 886 customers have left, the last on 30 Oct 2026. A score is" in text
    assert not re.search("No customer is known( as|,)", text)
    assert wrong_facts(html, tables) == []


def test_a_number_of_the_settings_is_taken_from_them():
    tables = company()
    tables.execute("update reports.rpt_run_stats set total_value = 11 "
                   "where total = 'large_change_points'")  # fmt: skip
    tables.execute("delete from reports.rpt_accounts_needing_attention")
    assert "fell by 11 points or more in 28 days" in plain(render_report(tables, AS_OF).html)


def test_a_band_is_a_word_and_an_icon(report):
    assert '<span aria-hidden="true">▼</span> at risk' in report.html


@pytest.mark.parametrize(
    ("checks", "badge"),
    [
        ([("critical", True)], "every line accounted for, read with care"),
        ([("critical", False)], "do not act on these numbers yet"),
        ([("warning", False)], "every line accounted for, read with care"),
    ],
)
def test_the_badge_is_as_bad_as_the_worst_check(checks, badge):
    tables = company()
    add_checks(tables, *checks)
    html = render_report(tables, AS_OF).html
    assert badge in plain(html)


def test_lines_that_are_lost_forbid_to_act():
    tables = company()
    tables.execute("update reports.rpt_run_stats set total_value = 1 "
                   "where total = 'unbalanced_table_count'")  # fmt: skip
    text = plain(render_report(tables, AS_OF).html)
    assert "1 landed table does not balance" in text
    assert "do not act on these numbers yet" in text


def test_another_day_than_the_tables_is_refused():
    with pytest.raises(ReportError, match="built for 2026-10-31"):
        render_report(company(), date(2026, 10, 30))


def test_a_missing_table_is_named():
    tables = company()
    tables.execute("drop table reports.rpt_accounts")
    with pytest.raises(ReportError, match="rpt_accounts"):
        render_report(tables, AS_OF)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (-0.04, "points_change", "0.0"),
        (-3e-18, "share", "0.0%"),
        (-0.47, "points_change", f"{MINUS}0.5"),
        (1234567.5, "money", "EUR 1,234,568"),
        (-12.5, "money_change", f"{MINUS}EUR 12"),
        (0.0903, "share", "9.0%"),
        (0.004, "share_change", "+0.4 pp"),
        (188.25, "duration", "3 min 8 s"),
        (59.7, "duration", "1 min 0 s"),
        (119.0, "minutes_fine", "119.0 min"),
        (-150.0, "minutes_fine", f"{MINUS}2.5 h"),
        (1, "days", "1 day"),
        (1.0, "answer", "yes"),
        (0.0, "answer", "no"),
        (0.5, "answer", "0.50"),
        (date(2026, 2, 3), "date", "3 Feb 2026"),
    ],
)
def test_a_value_is_written_for_people(value, kind, text):
    assert write(value, kind, "EUR") == text


def test_no_kind_of_number_writes_a_negative_zero():
    assert not [kind for kind in KINDS if kind != "date" and MINUS in write(-1e-12, kind)]


def test_a_drawing_keeps_the_words_that_it_was_given():
    name = 'a role="img" 3.14159'
    drawn = draw("component_losses", "Losses.", [{"component": name, "points": 1.0}])
    assert name in unescape(drawn.svg)
