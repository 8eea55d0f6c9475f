import json
import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest

from orchestration.reporting.charts import draw
from orchestration.reporting.formats import KINDS, MINUS, write
from orchestration.reporting.reading import ReportError
from orchestration.reporting.rendering import render_report
from orchestration.reporting.tables import TABLES
from orchestration.reporting.writing import write_report
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.report_tables import AS_OF, HOSTILE, add_checks, company, nothing_landed

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
    assert len(numbers(report.html)) > 150
    assert wrong_facts(report.html, tables) == []


def test_the_list_of_facts_holds_what_the_page_shows(report, tmp_path):
    listing = json.loads(write_report(report, tmp_path).with_name("facts.json").read_text())
    shown = {(fact["fact"], fact["text"]) for fact in listing["facts"]}
    assert shown >= {(marks["data-fact"], text) for marks, text in numbers(report.html)}


def test_every_table_of_the_page_is_shown_somewhere(report):
    shown = {marks["data-fact"].split("?")[0] for marks, _ in numbers(report.html)}
    assert shown == {table.stored_as or name for name, table in TABLES.items()}


def test_the_same_tables_give_the_same_bytes(report):
    assert render_report(company(), AS_OF) == report


def test_nothing_outside_the_page_is_asked_for(report):
    assert not re.findall(r'\b(?:src|srcset|action|poster)="', report.html)
    assert not re.findall(r"@import|url\((?!#)", report.html)
    links = re.findall(r'href="([^"]*)"', report.html)
    assert all(link.startswith(("#", "exports/", "dashboard/")) for link in links)
    assert "<script" not in report.html
    assert "default-src 'none'" in report.html


def test_a_hostile_name_is_text_in_tables_and_in_charts(report):
    assert HOSTILE not in report.html
    assert "&lt;script&gt;alert(" in report.html
    charts = "".join(re.findall(r"<svg.*?</svg>", report.html, re.S))
    assert "&lt;script&gt;alert" in charts


def test_every_link_within_the_page_leads_somewhere(report):
    places = set(re.findall(r'\bid="([^"]+)"', report.html))
    assert set(re.findall(r'href="#([^"]+)"', report.html)) <= places
    assert len(places) == len(re.findall(r'\bid="', report.html)), "an identifier is used twice"


def test_every_chart_says_what_it_shows(report):
    charts = re.findall(r"<svg[^>]*>", report.html)
    assert len(charts) >= 5
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


def test_a_currency_without_a_rate_is_named_with_its_own_amount_and_added_to_nothing(report):
    row = re.search(r'<tr><th scope="row">CHF</th>.*?</tr>', report.html, re.S)[0]
    assert plain(row.replace("</td>", " ")) == "CHFno exchange rate 1 70.00 "
    assert "EUR 177" not in plain(report.html)


def test_an_entry_of_a_catalogue_that_contradicts_the_data_is_named_with_its_count(report):
    page = plain(report.html)
    assert "plan that nobody has ever had (1 in all)platinum0" in page


def test_a_month_without_losses_says_so_in_place_of_a_ratio(report):
    assert "no losses" in plain(report.html)


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
    assert "in another band are also 22 because another model scores them;" in text
    assert f"what they did: {MINUS}20.0; another model scores them: {MINUS}5.0" in text


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
        "Unusual, since 19 Oct 2026: transactions that failed (43.4%, usually 0.0%) and users"
        " (1,337, usually 1,200), 85.0% of it at payment details; since 9 Sep 2026: daily users"
        " (10, usually 50)."
    ) in text


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


def test_where_all_have_left_there_are_not_too_few_but_nobody_to_compare_with():
    tables = company()
    tables.execute("update reports.rpt_measure_associations set outcome_count = account_count")
    tables.execute("update reports.rpt_health_track_record set event_account_count = account_count")
    text = plain(render_report(tables, AS_OF).html)
    assert text.count("all of them left: there is nobody to compare with") == 2


def test_parts_of_the_score_that_say_nothing_or_the_opposite_are_named_and_no_others(report):
    section = re.search(r'id="component-record".*?<h3 id="false-alarms"', report.html, re.S).group(
        0
    )
    rows = [plain(row) for row in re.findall(r"<tr>(.*?)</tr>", section, re.S)[1:]]
    assert [row.split("6.2%")[0] for row in rows] == ["part reopen_rate", "part activation"]
    assert "points the wrong way: look at its definition" in rows[0]
    assert "31.0% to 41.0%" in rows[0]
    assert "says nothing here" in rows[1]
    text = plain(section)
    # The label with outcomes, at its shortest horizon.
    assert "lost a fifth of their revenue or more within 42 days" in text
    assert "Too few outcomes to judge: part nps." in text
    assert text.count("Never measured here") == text.count("part mrr_change") == 1


def test_where_every_part_points_the_right_way_the_page_says_so(report):
    tables = company()
    tables.execute("update reports.rpt_component_track_record set direction = 'as_expected' "
                   "where status = 'ok'")  # fmt: skip
    text = plain(render_report(tables, AS_OF).html)
    assert "Every part that has enough outcomes is lower before customers lost a fifth" in text
    assert "says nothing here" not in text


def test_without_outcomes_no_part_of_the_score_is_judged(empty_report):
    assert "Too few outcomes are known to judge the parts of the score." in plain(empty_report.html)


def test_where_too_few_left_the_page_leads_with_who_went_silent_and_says_from_when_on():
    tables = company()
    for table in ("rpt_band_track_record", "rpt_health_track_record"):
        tables.execute(f"update reports.{table} set label = 'silence' where is_leading")
    tables.execute(
        "update reports.rpt_health_track_record set silence_days = 119, silence_return_rate = .16 "
        "where is_leading"
    )
    html = render_report(tables, AS_OF).html
    text = plain(html)
    assert "Too few customers are known to have left" in text
    assert "who did nothing for 119 days" in text
    assert "Of those of this length 16.0% came back" in text
    assert "Customers who went silent" in text
    assert "Customers who left" not in text
    assert wrong_facts(html, tables) == []


def test_where_enough_left_the_page_leads_with_them(report):
    assert "Customers who left" in plain(report.html)
    assert "went silent" not in plain(report.html)


def test_a_number_of_the_settings_is_taken_from_them():
    tables = company()
    tables.execute("update reports.rpt_run_stats set total_value = 11 "
                   "where total = 'large_change_points'")  # fmt: skip
    assert "fell by 11 points or more in 28 days" in plain(render_report(tables, AS_OF).html)


def test_absent_sources_are_named_with_what_is_not_measured(report, empty_report):
    assert "surveys responses: satisfaction part of the score" in plain(report.html)
    assert "product events: activity" in plain(empty_report.html)


def test_a_component_that_is_not_measured_is_said_to_be_so(report):
    row = re.search(r'<th scope="row">NPS</th>.*?</tr>', report.html, re.S).group(0)
    assert "not measured" in row
    assert "source not connected" in row
    assert "mean_points_lost" not in row


def test_a_share_of_very_few_is_not_shown(report):
    row = re.search(r"tiny.*?</tr>", report.html, re.S).group(0)
    assert "too few to tell" in row
    assert "at_risk_rate" not in row


def test_reliability_that_is_not_covered_is_said_to_be_so(report, empty_report):
    text = plain(empty_report.html)
    assert "Uptime is not known: no incidents have landed" in text
    assert "Waiting is not measured" in text
    assert "Errors by length of session are not measured" in text
    new = re.search(r">new</span>.*?</tr>", report.html, re.S).group(0)
    assert "history too short" in new
    assert "budget_remaining_30d" in new


def test_a_budget_that_is_overspent_and_an_incident_that_is_open_are_said_in_words(report):
    text = plain(report.html)
    assert f"▼ overspent {MINUS}2,342%" in text
    assert "◆ open for 7.0 h" in text


def test_a_band_is_a_word_and_an_icon(report):
    for icon, word in (("▼", "at risk"), ("●", "healthy"), ("○", "not scored")):
        assert f'<span aria-hidden="true">{icon}</span> {word}' in report.html


@pytest.mark.parametrize(
    ("checks", "badge"),
    [
        ([("critical", True)], "complete, read with care"),
        ([("critical", False)], "do not act on these numbers yet"),
        ([("warning", False)], "complete, read with care"),
    ],
)
def test_the_badge_is_as_bad_as_the_worst_check(checks, badge):
    tables = company()
    add_checks(tables, *checks)
    html = render_report(tables, AS_OF).html
    assert badge in plain(html)
    assert "Scores end." in html


def test_without_checks_the_page_says_so(report):
    assert "No check has left a result" in report.html


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


def test_a_cohort_that_is_not_over_is_an_empty_cell_and_a_churn_says_when_it_is_known(report):
    section = report.html[report.html.index('id="retention"') :]
    section = section[: section.index("</section>")]
    kept = section[section.index("Customers kept</caption>") :]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", kept[: kept.index("</tr>\n<tr")], flags=re.S)
    assert [plain(cell).strip() for cell in cells] == ["14", "100%", "86%", ""]
    assert "known on 14 Nov 2026" in plain(section)


def test_the_scorecard_names_what_has_no_value_and_counts_it_by_chapter(report):
    section = plain(report.html[report.html.index('id="scorecard"') :])
    assert "history too short: stickiness." in section
    assert "too few to tell: satisfaction, surveys." in section
    assert "Activity: 2 metrics, 1 without a value" in section
    assert "Revenue: 1 metric, all with a value" in section


def test_the_comparison_holds_what_changed_and_says_where_the_rest_is(report):
    section = report.html[report.html.index('id="comparison"') :]
    section = section[: section.index("<h3")]
    assert "rpt_metric_comparison?metric=wau_7d" in section
    assert "rpt_metric_comparison?metric=stickiness_28d" not in section
    assert "3 of 6 shown. All of them are in rpt_metric_comparison.csv" in plain(section)


def test_a_drawing_keeps_the_words_that_it_was_given():
    name = 'a role="img" 3.14159'
    drawn = draw("component_losses", "Losses.", [{"component": name, "points": 1.0}])
    assert name in unescape(drawn.svg)


def test_survival_is_not_shown_where_too_few_were_watched(report):
    section = plain(report.html[report.html.index('id="retention"') :])
    assert "97%44" in section
    assert "97%4 " not in section
