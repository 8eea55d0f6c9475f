"""The report is short, and so is its PDF: what a person reads on Monday in three minutes."""

import re
from datetime import timedelta
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from orchestration.reporting import paper
from orchestration.reporting.paper import PaperError, printed
from orchestration.reporting.rendering import render_report
from orchestration.reporting.tables import ATTENTION_SHOWN
from orchestration.reporting.writing import write_paper
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.report_tables import AS_OF, HOSTILE, add, add_totals, company
from tests.orchestration.test_dashboard_in_browser import BROWSER, RULES, Seen, browser

__all__ = ["browser"]
pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(BROWSER is None, reason="no chromium: apt-get install chromium"),
]
MOST_WORDS = 930
SCREEN, SCREENS = 900, 3
ENDLESS = "../" + "<b>=x" * 2000 + "\N{RIGHT-TO-LEFT OVERRIDE}"
CAVEATS = ("rows_quarantined", "files_refused", "sources_stale", "accounts_too_new",
           "accounts_without_mrr", "metrics_not_ok")  # fmt: skip


def full(name="Consolidated Freight"):
    """A company in which every list of the report is full."""
    tables = company()
    for table in ("rpt_accounts_needing_attention", "rpt_action_queue", "rpt_action_follow_up",
                  "rpt_renewals_not_healthy", "rpt_account_score_changes",
                  "rpt_not_understood"):  # fmt: skip
        tables.execute(f"delete from reports.{table}")
    for rank in range(1, 15):
        account = {"account_id": f"a{rank}", "account_name": f"{name} {rank}", "mrr": "12345.67"}
        add(tables, "rpt_accounts_needing_attention", **account, csm_id="csm_12", band="at_risk",
            health_score=20.0, health_score_change=-50.5, attention_reason="asked to cancel",
            first_reason="asked to cancel", second_reason="days with any use",
            second_reason_unit="share of days", second_reason_value=0.1428,
            suggested_action="Ask what would make it worth coming back every week",
            attention_rank=rank, as_of_date=AS_OF)  # fmt: skip
        plan = {**account, "owner": "csm_12", "play": "rescue",
                "title": "Find a new champion there"}  # fmt: skip
        add(tables, "rpt_action_queue", **plan, status="worked", due_date=AS_OF, queue_rank=rank)
        add(tables, "rpt_action_follow_up", **plan, recommended_as="worked", follow_up="done_late",
            outcome="asked to cancel since", health_score_change_since=-4.5, as_of_date=AS_OF,
            action_date=AS_OF - timedelta(days=12))  # fmt: skip
        add(tables, "rpt_renewals_not_healthy", **account, subscription_id=f"s{rank}",
            csm_id="csm_12", band="watch", renewal_rank=rank,
            renewal_date=AS_OF + timedelta(days=rank))  # fmt: skip
        add(tables, "rpt_account_score_changes", account_id=f"a{rank}", horizon_days=7,
            account_name=f"{name} {rank}", score_then=50.0, score_now=50.0 + 7 - rank,
            customer_change=7.0 - rank)  # fmt: skip
        add(tables, "rpt_not_understood", finding_kind="refused_line", kind_order=1,
            system="billing", table_name="subscriptions", column_name="all", row_count=rank,
            finding=f"value {rank} is a text where a number of seats was expected")  # fmt: skip
    for total in CAVEATS:
        tables.execute("delete from reports.rpt_run_stats where total = ?", [total])
        add_totals(tables, **{total: 12})
    return tables


def words_of(html):
    body = re.sub(r"<(style|title)\b.*?</\1>", "", html, flags=re.S)
    joined = re.sub(r"</?(?:span|strong|em|a|tspan)\b[^>]*>", "", body)
    text = unescape(re.sub(r"<[^>]+>", " ", joined))
    return [word for word in text.split() if re.search(r"\w", word)]


@pytest.fixture(scope="module")
def whole():
    return render_report(full(), AS_OF)


@pytest.fixture(scope="module")
def pdf(whole, tmp_path_factory):
    place = tmp_path_factory.mktemp("paper") / "report.html"
    return PdfReader(write_paper(printed(whole.html, AS_OF), place))


def test_a_full_report_has_few_words(whole):
    assert 300 < len(words_of(whole.html)) <= MOST_WORDS


def test_a_full_report_fits_three_screens_a_telephone_and_the_law(whole, browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(whole.html)
    seen = Seen(browser, path)
    assert seen.page.evaluate("document.documentElement.scrollHeight") <= SCREEN * SCREENS
    for width in (1280, 390):
        seen = Seen(browser, path, width)
        assert seen.width <= width
        found = Axe().run(seen.page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_names_of_any_length_and_kind_make_it_neither_wider_nor_longer(browser, tmp_path):
    html = render_report(full(ENDLESS + HOSTILE), AS_OF).html
    path = tmp_path / "report.html"
    path.write_text(html)
    assert "<script" not in html
    assert len(words_of(html)) <= MOST_WORDS
    for width in (1280, 390):
        seen = Seen(browser, path, width)
        assert seen.width <= width
        assert seen.said == []


def test_the_lists_hold_the_ten_who_need_us_with_what_to_do(whole):
    section = whole.html[whole.html.index('id="attention"') : whole.html.index('id="renewals"')]
    assert section.count("Find a new champion there") == ATTENTION_SHOWN
    assert wrong_facts(whole.html, full()) == []


def test_who_was_drawn_to_be_left_alone_is_not_to_be_called():
    tables = full()
    tables.execute("update reports.rpt_action_queue set status = 'held_out', status_reason = "
                   "'left alone by lot' where account_id = 'a1'")  # fmt: skip
    html = render_report(tables, AS_OF).html
    section = html[html.index('id="attention"') : html.index('id="renewals"')]
    assert section.count("left alone by lot") == 1
    assert section.count("Find a new champion") == ATTENTION_SHOWN - 1


def test_without_anything_against_the_data_nothing_is_said_against_it():
    tables = company()
    tables.execute("update reports.rpt_run_stats set total_value = 0")
    assert 'id="caveats"' not in render_report(tables, AS_OF).html
    assert 'id="caveats"' in render_report(company(), AS_OF).html


def test_the_pdf_is_tagged_short_and_holds_every_number(whole, pdf):
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert len(pdf.pages) <= SCREENS
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    missing = {shown for _, shown in numbers(whole.html) if re.sub(r"\s", "", shown) not in text}
    assert missing == set()


def test_the_pdf_leads_nowhere_on_the_machine_that_made_it(pdf):
    places = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert not [place for place in places if "file:" in str(place.get("/A", ""))]


def test_the_same_page_gives_the_same_pdf(whole):
    assert printed(whole.html, AS_OF) == printed(whole.html, AS_OF)


def test_without_a_browser_the_reason_is_said_and_no_old_pdf_stays(monkeypatch, tmp_path):
    monkeypatch.setattr(paper, "BROWSERS", ("no-such-browser",))
    with pytest.raises(PaperError, match="apt-get install chromium"):
        printed("<p>", AS_OF)
    (tmp_path / "report.pdf").write_bytes(b"old")
    assert write_paper(None, tmp_path / "report.html") is None
    assert not (tmp_path / "report.pdf").exists()
