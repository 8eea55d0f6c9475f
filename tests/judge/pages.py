"""Prints what the pages of thirty customers say, so that a person can read them.

``python -m tests.judge.pages LANDING FOLDER [--as-of DAY]`` builds what account pages need and
prints ten silent, ten growing and ten ordinary customers. Who they are a rule says, and among
those whom it fits the hash of the identifier, so that nobody picks what reads well.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import duckdb

from orchestration.dashboard.account_pages import ACCOUNT_TABLES, account_pages
from orchestration.dashboard.site import Site
from orchestration.reporting.places import file_of
from tests.cases.built import build
from tests.conftest import settings_in

# What every page of the dashboard reads.
SHARED = ("rpt_headline_kpis", "rpt_run_stats", "rpt_account_timeline")
KINDS = {
    "silent": "active_days_28d = 0 and last_active_date is not null",
    "growing": "active_days_28d >= 4 and active_days_28d >= 1.5 * earlier_days",
    "ordinary": "active_days_28d > 0 and abs(active_days_28d - earlier_days) <= 1",
}
PICKED = """
with now as (
    select * from marts.fct_account_engagement_daily where activity_date = cast($day as date)
),

earlier as (
    select account_id, active_days_28d as earlier_days
    from marts.fct_account_engagement_daily
    where activity_date = cast($day as date) - 28
)

select account_id, active_days_28d, earlier_days, days_since_last_activity
from now
inner join earlier using (account_id)
where
    account_id in (
        select account_id from reports.rpt_account_overview where health_score is not null
    )
    and {condition}
order by md5(account_id)
limit 10
"""
# Lines end with these, and cells of a table with a bar.
BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "tr", "li", "dd", "section", "summary", "caption", "div", "figure")
)
UNSAID = frozenset(("style", "svg", "script", "head", "nav"))


class Text(HTMLParser):
    """The words of a page, a line for each paragraph and row."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Go into a part that says nothing to a reader."""
        self._unsaid += tag in UNSAID

    def handle_endtag(self, tag: str) -> None:
        """End the line, or the cell."""
        self._unsaid -= tag in UNSAID
        if tag in BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        elif tag == "dt":
            self.parts.append(": ")

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        if not self._unsaid:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """Return what a page says, without empty lines."""
    reader = Text()
    reader.feed(html)
    lines = (re.sub(" +", " ", line).strip(" |") for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def pages(warehouse: Path, day: date) -> Iterator[tuple[str, str]]:
    """Yield a heading and the text of a page for each customer that a rule picks."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        picked = {
            row[0]: (kind, *row[1:])
            for kind, condition in KINDS.items()
            for row in connection.execute(
                PICKED.format(condition=condition), {"day": day}
            ).fetchall()
        }
        made = account_pages(Site(connection, day), picked)
        texts = {page.place: page.html for page in made}
    for account, (kind, now, earlier, silent) in picked.items():
        yield (
            f"{kind}: {account}, active on {now} of 28 days ({earlier} of the 28 before), "
            f"last {silent} days ago",
            text_of(texts[f"accounts/{file_of(account)}"]),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the tables of the account pages and print thirty of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.judge.pages", description=__doc__)
    parser.add_argument("landing", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    parser.add_argument("--built", action="store_true", help="print what is built, build nothing")
    chosen = parser.parse_args(arguments)
    if not chosen.built:
        build(chosen.folder, chosen.landing.resolve(), (*ACCOUNT_TABLES, *SHARED), chosen.as_of)
    warehouse = settings_in(chosen.folder, chosen.landing).warehouse
    for heading, text in pages(warehouse, chosen.as_of):
        print(f"\n===== {heading}\n{text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
