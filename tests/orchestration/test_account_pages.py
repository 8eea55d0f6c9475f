import json
import re
from itertools import pairwise

import pytest

from orchestration.dashboard.account_pages import ACCOUNT_TABLES, every_page
from orchestration.dashboard.site import Site
from orchestration.dashboard.tracing import queries
from orchestration.reporting.formats import MINUS
from orchestration.reporting.places import file_of, page_of
from orchestration.reporting.rendering import render_report
from tests.orchestration.loose_numbers import loose_numbers
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.report_tables import AS_OF, HOSTILE, company, nothing_landed
from tests.orchestration.test_report_facts import plain

# Each number is asked for again, so some of the pages have to speak for all.
SEEN = 6


def pages_of(connection):
    made = ((page.place, page.html) for page in every_page(Site(connection, AS_OF)))
    return {place: html for place, html in made if place.startswith("accounts")}


@pytest.fixture(scope="module")
def tables():
    return company()


@pytest.fixture(scope="module")
def pages(tables):
    return pages_of(tables)


def section(page, anchor):
    start = page.index(f'<section id="{anchor}"')
    return page[start : page.index("</section>", start)]


def shown(html, column):
    return [float(marks["data-value"]) for marks, _ in numbers(html)
            if marks["data-fact"].endswith(f"#{column}")]  # fmt: skip


def test_every_customer_with_a_score_has_a_page_and_no_other(pages):
    assert set(pages) == {"accounts.html", "accounts/a1.html", "accounts/a%2F2.html"}


def test_every_number_of_every_page_equals_its_table(pages, tables):
    for place, page in pages.items():
        assert numbers(page), place
        assert wrong_facts(page, tables) == [], place


def test_every_table_of_the_pages_is_shown_somewhere(pages):
    read = {
        marks["data-fact"].split("?")[0] for page in pages.values() for marks, _ in numbers(page)
    }
    assert read >= {*ACCOUNT_TABLES, "rpt_account_timeline"}


def test_points_sum_to_the_score_and_losses_to_what_it_lacks(pages):
    score = section(pages["accounts/a1.html"], "score")
    assert sum(shown(score, "points")) == pytest.approx(shown(score, "health_score")[-1])
    *lost, lacking = shown(score, "points_lost")
    assert sum(lost) == pytest.approx(lacking)


def test_causes_sum_to_the_change(pages):
    table = section(pages["accounts/a1.html"], "changes")
    table = table[table.index("<tbody>") :]
    causes = shown(table, "effect") + shown(table, "cause_effect")
    assert sum(causes) == pytest.approx(shown(table, "change")[-1])


def test_the_page_says_what_to_do_by_when_or_why_nothing_is_to_be_done(tables, pages):
    text = plain(section(pages["accounts/a1.html"], "do"))
    assert "Rescue call" in text
    assert ": at risk (health score 30). csm_1 does it by 6 Nov 2026." in text
    assert "Call the sponsor Ask" in text
    assert "To ask first: What has changed?" in text
    assert "No play is due" in section(pages["accounts/a%2F2.html"], "do")
    tables.execute("begin; update reports.rpt_action_queue set status = 'held_out', "
                   "status_reason = 'left alone by lot'")  # fmt: skip
    try:
        text = plain(section(pages_of(tables)["accounts/a1.html"], "do"))
    finally:
        tables.execute("rollback")
    assert "Nothing is to be done: left alone by lot." in text
    assert "To ask first" not in text


def test_a_change_is_told_with_the_values_that_moved_and_then_what_else_did(pages):
    text = plain(section(pages["accounts/a1.html"], "changes"))
    assert "25.0 points lower than on 3 Oct 2026: 55.0, now 30.0." in text
    assert (
        f"Of use, words and payments: core features in use, from 50.0% to 12.5% ({MINUS}20.0)."
        in text
    )
    assert "What is measured now, or no longer: +6.5." in text
    assert f"Rules that hold a score down: {MINUS}11.5." in text
    assert "There was no score 7 days before" in text


def test_under_a_cap_the_page_says_that_nothing_else_helps_and_names_the_rule(pages):
    page = pages["accounts/a1.html"]
    assert "A rule holds the score down (a payment is late)" in plain(section(page, "help"))
    caps = plain(section(page, "caps"))
    assert "a payment is late (33 days), since 3 Oct 2026: at most 30" in caps
    assert "takes 11.5 points off 41.5" in caps


def test_what_counts_in_no_score_stands_apart_with_its_day_and_what_nobody_knows_is_not_said(pages):
    text = plain(section(pages["accounts/a1.html"], "noticed"))
    assert "None of it counts in the score" in text
    assert re.search(r"used steadily before\s*3 Oct 2026\s*7\s*weeks with use before it", text)
    assert "wishes for: Dark mode" in text
    assert "Nothing is known beside" in plain(section(pages["accounts/a%2F2.html"], "noticed"))


def test_what_is_likely_stands_with_its_interval_its_reasons_and_what_such_words_were_worth(pages):
    text = plain(section(pages["accounts/a1.html"], "outlook"))
    assert re.search(r"12\.3%\s*8\.0% to 17\.0%", text)
    assert "right in 68.3% of pairs" in text
    assert "by a candidate, which decides nothing" in text
    assert "It has asked to cancel since, which this did not know." in text
    assert "It is raised by: few features in use" in text
    assert "EUR 512 of revenue within 24 months" in text
    assert "91 days" not in text


def test_of_whom_nobody_looks_ahead_the_page_says_why(pages):
    text = plain(section(pages["accounts/a%2F2.html"], "outlook"))
    assert "Nobody looks ahead for this customer" in text
    assert "cannot be said: asked to cancel: what is left is the running term" in text


def test_where_too_few_left_the_page_says_how_many_there_are(tables):
    tables.execute("begin; delete from reports.rpt_outlook_accounts where horizon_days = 42")
    try:
        text = plain(section(pages_of(tables)["accounts/a1.html"], "outlook"))
    finally:
        tables.rollback()
    assert "There is no probability. 18 customers left, and 130 are needed." in text


def customers(pages):
    """The rows of the list, which the page makes of data."""
    text = re.search(r'id="customer-rows">(.*?)</script>', pages["accounts.html"], re.S)[1]
    return json.loads(text)["rows"]


def test_a_number_or_a_day_with_lines_below_it_is_sorted_by_its_value(pages):
    headings = re.findall(r'<th scope="col" data-column="(\w+)"', pages["accounts.html"])
    (row,) = [row for row in customers(pages) if row["k"] == "account_id=a1"]
    cells = dict(zip(headings, row["c"], strict=True))
    assert "in all" in cells["customer_change"][0]
    assert float(cells["customer_change"][1]) == -31.5
    assert "open tickets" in cells["last_active_date"][0]
    assert cells["last_active_date"][1] == "2026-10-02"
    (unscored,) = [row for row in customers(pages) if row["k"] == "account_id=a3"]
    assert dict(zip(headings, unscored["c"], strict=True))["customer_change"][1] == ""


def test_a_score_of_low_confidence_is_grey_and_says_so(pages):
    page = pages["accounts/a%2F2.html"]
    assert "Too little is measured to act on this score" in page
    assert 'class="band healthy"' not in section(page, "now").split("<h3>")[0]
    (row,) = [row for row in customers(pages) if row.get("u")]
    assert row["k"] == "account_id=a%2F2"
    assert 'class="band unsure"' in "".join(str(cell) for cell in row["c"])


def test_what_does_not_count_says_why(pages):
    assert "not used: source not connected" in plain(pages["accounts/a1.html"])
    assert "not used: too few answers, or too old" in plain(pages["accounts/a%2F2.html"])


def test_a_customer_without_a_score_is_in_the_list_without_a_link(pages):
    (row,) = [str(row["c"]) for row in customers(pages) if "Birch" in str(row["c"])]
    assert "href" not in row
    assert "too new for a score" in plain(row)
    assert "from 7 Nov 2026 on" in plain(row)


@pytest.mark.parametrize("view", ["attention", "renewals", "drops", "quiet"])
def test_a_view_holds_whom_it_is_about_and_nobody_else(pages, view):
    assert [row["k"] for row in customers(pages) if view in row["p"]] == ["account_id=a1"]


def test_a_line_is_not_drawn_over_weeks_without_a_score(pages):
    line = re.search(r'<path d="(M[^H"]*)"', section(pages["accounts/a1.html"], "now"))[1]
    assert line.count("M") == 2
    assert line.count("L") == 1


def test_pages_of_accounts_ask_for_nothing_and_hold_no_script(pages):
    for place, page in pages.items():
        if place != "accounts.html":
            assert "<script" not in page
            assert HOSTILE not in page
            assert "default-src 'none'" in page
            inside = set(re.findall(r'href="#([^"]+)"', page))
            assert inside <= set(re.findall(r'\bid="([^"]+)"', page)), place


def test_the_events_of_a_customer_stand_on_the_axis_of_its_score(pages):
    quarter = r'<text x="([0-9.]+)"[^>]*>([A-Z][a-z]{2} [0-9]{4})</text>'
    score, part = (section(pages["accounts/a1.html"], anchor) for anchor in ("now", "timeline"))
    assert re.findall(quarter, part) == re.findall(quarter, score)
    assert [name for _, name in re.findall(quarter, part)] == [
        "Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"
    ]  # fmt: skip
    assert "<circle" in part
    assert "watch to at risk" in plain(part)
    assert "Nothing is known to have happened" in pages["accounts/a%2F2.html"]


def test_a_query_names_a_hostile_account_as_a_text_and_nothing_else():
    for _, query in queries("a'; drop table x; --", AS_OF):
        assert "= 'a''; drop table x; --'" in query


def test_headings_leave_out_no_level_and_tables_say_what_their_cells_are(pages):
    for page in pages.values():
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
        body = re.sub(r"<script.*?</script>", "", page, flags=re.S).replace("<thead", "")
        assert not re.findall(r"<th(?! scope| role)[ >]", body)
        assert all('aria-label="' in svg for svg in re.findall(r"<svg[^>]*>", body))


def test_without_customers_the_list_says_so():
    pages = pages_of(nothing_landed())
    assert set(pages) == {"accounts.html"}
    assert "Nobody is a customer." in pages["accounts.html"]


def test_the_report_links_to_the_pages_and_says_what_happens_where_it_stands_alone(tables):
    html = render_report(tables, AS_OF).html
    assert f'href="{page_of("a1")}"' in html
    assert "Links need the folder beside this file" in html
    assert "lie beside this file" not in render_report(nothing_landed(), AS_OF).html


@pytest.mark.parametrize("account_id", ["..", "a/b", "a\\b", "x" * 400, "ü?#%"])
def test_a_page_has_a_name_that_any_file_system_takes(account_id):
    name = file_of(account_id)
    assert not set(name) & set('/\\?#:*"<>|')
    assert name not in {".", ".."}
    assert len(name) < 200


def test_the_pages_of_a_built_company_say_what_its_tables_hold(built, warehouse_reading):
    folder = next(built.settings.reports.glob("*/dashboard/accounts"))
    with warehouse_reading() as connection:
        scored = connection.execute(
            "select count(health_score) from reports.rpt_accounts"
        ).fetchone()[0]
        pages = sorted(folder.glob("*.html"))
        assert len(pages) == scored > 0
        for path in [folder.with_suffix(".html"), *pages[:: len(pages) // SEEN]]:
            assert wrong_facts(path.read_text(), connection) == [], path.name
    every = [*folder.parent.glob("*.html"), *pages, folder.parents[1] / "report.html"]
    assert {path.name: said for path in every if (said := loose_numbers(path.read_text()))} == {}


def test_the_points_lost_over_all_models_lead_to_the_mean_score(warehouse_reading):
    with warehouse_reading() as connection:
        lost, mean, models = connection.execute(
            "select (select sum(mean_points_lost) from reports.rpt_component_losses), "
            "avg(health_score), count(distinct model_version_id) "
            "from marts.fct_account_health_daily "
            "where health_score is not null and score_date = "
            "(select max(as_of_date) from reports.rpt_accounts)"
        ).fetchone()
    assert models > 1
    assert 100 - lost == pytest.approx(mean, abs=1e-9)
