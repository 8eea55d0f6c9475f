"""What the badge at the top says about the data: good, read with care, or do not act.

What is not here: the checks themselves, and where the numbers of the badge come from.
"""

from dataclasses import dataclass

from orchestration.reporting.page import Page

CAREFUL = ("sources_stale", "files_refused", "rows_quarantined")


@dataclass(frozen=True)
class Badge:
    """The state of the data: a code for its colour, an icon and words."""

    code: str
    icon: str
    text: str


def badge(page: Page) -> Badge:
    """Judge the data by the reconciliation, the gates and the sources."""
    failed = {check["severity"] for check in page.checks or [] if not check["passed"]}
    if page.total("unbalanced_table_count") or "critical" in failed:
        return Badge("bad", "▼", "Data: do not act on these numbers yet")
    if not page.total("sources_present"):
        return Badge("bad", "▼", "Data: nothing has landed")
    if failed or any(page.total(name) for name in CAREFUL):
        return Badge("care", "◆", "Data: every line accounted for, read with care")
    return Badge("good", "●", "Data: every line accounted for")
