"""The pages of the accounts: a list of all customers, and a page for each one with a score.

Every table is read once for all accounts and taken apart here, so a thousand pages take seconds.
What is not here: what the pages say, which is their templates, and where they are put.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from jinja2 import Template

from orchestration.reporting.account_lists import account_lists
from orchestration.reporting.drawings.sparkline import sparkline
from orchestration.reporting.facts import FactBook, Row
from orchestration.reporting.page import Page
from orchestration.reporting.places import FOLDER, LIST, file_of
from orchestration.reporting.rendering import environment, style
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
    "rpt_overrides": Table(
        ("account_id", "override_rule"), "account_id, is_counting desc, override_rule"
    ),
}


def account_pages(
    tables: dict[str, list[Row]], as_of: date, currency: str
) -> Iterator[tuple[str, str]]:
    """Give the place of each page beside the report, and the page: the list first.

    Args:
        tables: rows of ACCOUNT_TABLES.
        as_of: the day for which they are built.
        currency: stands before money.
    """
    accounts = tables["rpt_account_overview"]
    scored = [row for row in accounts if row["health_score"] is not None]
    known = frozenset(row["account_id"] for row in scored)
    jinja, looks = environment(), style()
    page = Page(as_of, tables, None, FactBook(currency), known)
    lists = jinja.get_template("account_list.html.jinja")
    yield LIST, lists.render(page=page, show=page.book.show, lists=account_lists(accounts), **looks)
    template = jinja.get_template("account.html.jinja")
    own = {name: _by_account(rows) for name, rows in tables.items()}
    for account in scored:
        page = Page(as_of, tables, None, FactBook(currency), known)
        place = f"{FOLDER}/{file_of(account['account_id'])}"
        yield place, _account_page(template, page, account, own, looks)


def _account_page(
    template: Template, page: Page, account: Row, own: dict, looks: dict[str, str]
) -> str:
    rows = {name: by_account[account["account_id"]] for name, by_account in own.items()}
    reasons: dict[int, list[Row]] = defaultdict(list)
    for row in rows["rpt_account_change_causes"]:
        reasons[row["horizon_days"]].append(row)
    weeks = rows["rpt_account_score_weeks"]
    return template.render(
        page=page,
        show=page.book.show,
        sentence=account_change,
        account=account,
        line=sparkline(weeks, page.as_of),
        weeks=weeks,
        reasons=reasons,
        components=rows["rpt_account_components"],
        improvements=rows["rpt_account_improvements"],
        caps=rows["rpt_overrides"],
        helpful=HELPFUL,
        **looks,
    )


def _by_account(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["account_id"]].append(row)
    return groups
