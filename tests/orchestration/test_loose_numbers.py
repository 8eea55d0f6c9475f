"""No page, report, mail or text for people says a number that cannot be asked for again."""

import re
from email import message_from_bytes, policy

import duckdb
import pytest

from orchestration.alerting.events import published_events
from orchestration.alerting.letter import letter_of
from orchestration.alerting.messages import messages_of
from orchestration.alerting.wording import details
from orchestration.dashboard.account_pages import every_page
from orchestration.dashboard.site import Site
from orchestration.publication.places import database_of
from orchestration.reporting.facts import FREE_NUMBER
from orchestration.reporting.rendering import render_report
from orchestration.reporting.scopes import Scope
from tests.alerting.outbox import AS_OF as DAY
from tests.alerting.outbox import publish, row, settings_of
from tests.orchestration.loose_numbers import DATES, DEFINITIONS, loose_numbers
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.report_tables import AS_OF, company


@pytest.fixture(scope="module")
def tables():
    return company()


def test_the_search_finds_a_number_that_is_no_fact_and_no_other():
    told = (
        "<p>They lost 14 customers.</p><td>98.5%</td><h2>In 28 days</h2><p>csm_4 of 31 Oct 2026, "
        'in 28 days <span data-fact="t?k=1#c">12</span></p>'
    )
    assert loose_numbers(told) == ["They lost 14 customers.", "98.5%"]


def test_no_page_says_a_number_that_is_no_fact(tables):
    found = {page.place: loose_numbers(page.html) for page in every_page(Site(tables, AS_OF))}
    assert len(found) > 10
    assert {place: said for place, said in found.items() if said} == {}


@pytest.mark.parametrize("scope", [Scope(), Scope("owner", "csm_1")])
def test_no_report_says_a_number_that_is_no_fact_and_its_summary_none_that_it_does_not_have(
    tables, scope
):
    report = render_report(tables, AS_OF, scope)
    assert loose_numbers(report.html) == []
    facts = {text for _, text in numbers(report.html)}
    said = DEFINITIONS.sub("", DATES.sub("", "\n".join(report.summary)))
    shown = {text for fact in facts for text in FREE_NUMBER.findall(fact)}
    assert {text.rstrip(".,") for text in FREE_NUMBER.findall(said)} - shown == set()


KINDS = [
    row(1, observed_value=34.5, mrr="1234.56"),
    row(2, event="worsened", unit="share of sessions", observed_value=0.4567),
    row(3, event="recovered", observed_value=0.0, mrr=None),
    row(4, event="escalated", entity_name="100 % Ltd", observed_value=100.0, mrr=100),
    row(5, event="closed", decision_reason="left"),
    row(6, event="storm", observed_value=1234.0, entity_name="1234"),
    row(7, observed_value=None),
    row(8, observed_value=1.0, unit="band", label="fell into the band at risk"),
]


@pytest.mark.parametrize("form", ["single", "digest"])
def test_every_number_of_a_mail_is_the_outbox_s(tmp_path, form):
    settings = settings_of(tmp_path)
    publish(settings, [one | {"form": form} for one in KINDS])
    _, events = published_events(settings)
    with duckdb.connect(str(database_of(settings)), read_only=True) as outbox:
        for message in messages_of(events, {}):
            letter = message_from_bytes(
                letter_of(message, "a@example.com", ["b@example.com"]).as_bytes(),
                policy=policy.default,
            )
            html = letter.get_body(("html",)).get_content()
            assert wrong_facts(html, outbox) == []
            names = {one.entity_name for one in message.events}
            bare = re.sub("|".join(map(re.escape, names)), "", html)
            subject = {message.subject} if form == "digest" else set()
            assert set(loose_numbers(bare)) - subject == set()
            shown = {text for _, text in numbers(html)}
            text = letter.get_body(("plain",)).get_content()
            for event in message.events:
                assert all(said in text for _, said in details(event))
            assert all(figure in text for figure in shown)


def test_a_digest_counts_its_own_events(tmp_path):
    settings = settings_of(tmp_path)
    publish(settings, [one | {"form": "digest"} for one in KINDS])
    (message,) = messages_of(published_events(settings)[1], {})
    ended = sum(one["event"] in ("recovered", "closed") for one in KINDS)
    assert message.day == DAY
    assert f"{len(KINDS) - ended} alerts, {ended} ended" in message.subject
