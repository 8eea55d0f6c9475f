"""The pages of the accounts: one for each customer with a score.

Every table is read once for all accounts and taken apart here, so a thousand pages take seconds.
What is not here: what the pages say, which is their template.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Any

from orchestration.dashboard.declared import Source
from orchestration.dashboard.site import Site, SitePage
from orchestration.dashboard.timeline import name_of, timeline
from orchestration.dashboard.tracing import queries
from orchestration.reporting.drawings.sparkline import sparkline
from orchestration.reporting.facts import FactBook, Row
from orchestration.reporting.page import Page
from orchestration.reporting.places import file_of
from orchestration.reporting.reading import read_rows
from orchestration.reporting.sentences.change import account_change
from orchestration.reporting.table import Table

# More advice than this is none.
HELPFUL = 6
ACCOUNT_TABLES = {
    "rpt_account_overview": Table(("account_id",), "mrr desc nulls last, account_id"),
    "rpt_account_components": Table(
        ("account_id", "component"), "account_id, loss_rank nulls last, component"
    ),
    "rpt_account_change_causes": Table(
        ("account_id", "horizon_days", "cause", "component"),
        "account_id, horizon_days, cause, reason_rank",
    ),
    "rpt_account_improvements": Table(("account_id", "component"), "account_id, gain_rank"),
    "rpt_account_score_weeks": Table(("account_id", "score_date"), "account_id, score_date"),
    "rpt_account_signals": Table(
        ("account_id", "signal", "subject_id"),
        "account_id, since desc nulls last, signal, subject_id",
    ),
    "rpt_overrides": Table(
        ("account_id", "override_rule"), "account_id, is_counting desc, override_rule"
    ),
    "rpt_action_queue": Table(("account_id",), "account_id"),
}
TIMELINE = Source(
    "rpt_account_timeline",
    ("account_id", "happening", "happening_id", "happened_on"),
    "account_id, happened_on, happening, happening_id",
)
# What is likely, by whom it is said and what that was worth; some are not published everywhere.
OUTLOOK = Source("rpt_outlook_accounts", ("account_id", "horizon_days"), "account_id, horizon_days")
VALUE = Source("fct_account_lifetime_value", ("account_id",), "account_id")
MODELS = Source(
    "rpt_outlook_models",
    ("model_version", "horizon_days"),
    "horizon_days, model_version",
    where="where is_leading_model",
)


def every_page(site: Site) -> Iterator[SitePage]:
    """Give every page of a site: those that are declared, and one for each customer."""
    yield from site.made()
    yield from account_pages(site)


def account_pages(site: Site, only: Container[str] | None = None) -> Iterator[SitePage]:
    """Give the page of each customer with a score.

    Args:
        site: what all pages share.
        only: the customers whose pages are asked for; None for all of them.
    """
    tables = read_rows(site.connection, ACCOUNT_TABLES)
    tables |= {one.table: site.publication.rows(one) for one in (TIMELINE, OUTLOOK, VALUE)}
    models = {row["horizon_days"]: row for row in site.publication.rows(MODELS)}
    own = {name: _by_account(rows) for name, rows in tables.items()}
    template = site.jinja.get_template("account.html.jinja")
    for account in tables["rpt_account_overview"]:
        if account["health_score"] is None or (only and account["account_id"] not in only):
            continue
        page = Page(site.as_of, site.tables, site.checks, FactBook(site.currency), site.scored)
        html = template.render(
            **site.context(page, root="../"),
            **_shown(account, own, site),
            scripts=[],
            models=models,
        )
        yield SitePage(f"accounts/{file_of(account['account_id'])}", html, page.book.facts)


def _shown(account: Row, own: dict[str, dict[str, list[Row]]], site: Site) -> dict[str, Any]:
    rows = {name: by_account[account["account_id"]] for name, by_account in own.items()}
    reasons: dict[int, list[Row]] = defaultdict(list)
    for row in rows["rpt_account_change_causes"]:
        reasons[row["horizon_days"]].append(row)
    weeks, events = rows["rpt_account_score_weeks"], rows["rpt_account_timeline"]
    return {
        "account": account,
        "sentence": account_change,
        "line": sparkline(weeks, site.as_of),
        "weeks": weeks,
        "reasons": reasons,
        "events": events,
        "marks": timeline(events, site.as_of),
        "event_name": name_of,
        "signals": rows["rpt_account_signals"],
        "components": rows["rpt_account_components"],
        "improvements": rows["rpt_account_improvements"],
        "caps": rows["rpt_overrides"],
        "action": next(iter(rows["rpt_action_queue"]), None),
        "outlooks": rows["rpt_outlook_accounts"],
        "values": rows["fct_account_lifetime_value"],
        "helpful": HELPFUL,
        "queries": queries(account["account_id"], site.as_of),
    }


def _by_account(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["account_id"]].append(row)
    return groups
