"""A report of one segment or one owner's book shows their customers and nobody else's."""

import json
from datetime import timedelta

import pytest

from orchestration.reporting.rendering import render_report
from orchestration.reporting.scopes import Scope, ScopeError, declared_scopes
from orchestration.reporting.writing import write_report
from tests.orchestration.page_facts import numbers, wrong_facts
from tests.orchestration.report_tables import AS_OF, add, company
from tests.orchestration.test_report_facts import plain


def two_books():
    tables = company()
    tables.execute("delete from reports.rpt_accounts_needing_attention")
    tables.execute(
        "create table if not exists marts.fct_account_segments_daily (account_id varchar, "
        "activity_date date, dimension varchar, segment varchar)"
    )
    for rank, (account, owner, plan) in enumerate(
        [("mine", "csm_1", "growth"), ("theirs", "csm_2", "growth"), ("third", "csm_2", "scale")]
    ):
        add(tables, "rpt_accounts", account_id=account, account_name=account, csm_id=owner)
        add(tables, "rpt_accounts_needing_attention", account_id=account, account_name=account,
            csm_id=owner, band="watch", attention_reason="at risk",
            attention_rank=rank)  # fmt: skip
        for days, segment in ((0, plan), (7, "scale")):
            add(tables, "fct_account_segments_daily", account_id=account, dimension="plan",
                segment=segment, activity_date=AS_OF - timedelta(days=days))  # fmt: skip
    return tables


def listed(html):
    section = html[html.index('id="attention"') : html.index('id="renewals"')]
    return {
        name for name in ("mine", "theirs", "third") if f">{name}<" in section.replace("\n", "")
    }


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope(), {"mine", "theirs", "third"}),
        (Scope("owner", "csm_2"), {"theirs", "third"}),
        (Scope("segment", "plan=growth"), {"mine", "theirs"}),
        (Scope("owner", "' or 1=1 --"), set()),
    ],
)
def test_a_report_lists_the_customers_of_its_scope(scope, names):
    tables = two_books()
    report = render_report(tables, AS_OF, scope)
    assert listed(report.html) == names
    assert wrong_facts(report.html, tables) == []


def test_a_narrower_report_says_how_its_own_customers_stand_and_shows_nothing_of_all():
    text = plain(render_report(two_books(), AS_OF, Scope("segment", "plan=growth")).html)
    assert "Customer health: plan growth" in text
    assert "1 of 6 customers with a score is at risk" in text
    assert "What moved monthly revenue" not in text
    own = plain(render_report(two_books(), AS_OF, Scope("owner", "csm_1")).html)
    assert "1 of 1 customers needs attention now, with EUR 34 of EUR 34 a month" in own
    assert "No customer is in" in plain(render_report(two_books(), AS_OF, Scope("owner", "x")).html)


def test_every_name_gives_a_file_beside_the_report_and_its_facts_are_listed(tmp_path):
    tables = two_books()
    scopes = [Scope("owner", name) for name in ("../../up", "a/b", "<x>", "o" * 10_000)]
    narrower = [render_report(tables, AS_OF, one) for one in [*scopes, Scope("owner", "csm_1")]]
    page = write_report(render_report(tables, AS_OF), tmp_path, narrower)
    assert len(list(page.parent.glob("report-owner-*.html"))) == 5
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [page.parent.name]
    known = {fact["fact"] for fact in json.loads(page.with_name("facts.json").read_text())["facts"]}
    assert known >= {marks["data-fact"] for one in narrower for marks, _ in numbers(one.html)}
    assert "customers needs attention" in page.with_name("summary.txt").read_text()


def seeds(folder, *lines):
    (folder / "seeds").mkdir()
    text = "\n".join(["scope_kind,scope", *lines])
    (folder / "seeds" / "report_scopes.csv").write_text(text)
    return folder


def test_everybody_has_a_report_and_each_scope_one(tmp_path):
    found = list(declared_scopes(seeds(tmp_path, "owner,csm_1", "all,", "owner,csm_1")))
    assert found == [Scope(), Scope("owner", "csm_1")]


@pytest.mark.parametrize("line", ["team,x", "segment,growth", "owner,", "all,csm_1"])
def test_a_line_that_is_no_scope_is_named(line, tmp_path):
    with pytest.raises(ScopeError, match=r"report_scopes\.csv:2: .* plan=growth"):
        list(declared_scopes(seeds(tmp_path, line)))
