"""Views of the list of customers that people ask for again and again.

Who belongs to one is a column of ``rpt_account_overview``; here stands which, and how it is sorted.
What is not here: the book of an owner, which is the choice beside them.
"""

from orchestration.reporting.facts import Row

# Code, words with the settings they rest on, the column by which it is sorted and its direction.
PRESETS = (
    ("", "Everybody", "mrr", "desc"),
    ("attention", "Need us now", "attention_rank", "asc"),
    ("renewals", "Renewals in {renewal_notice_days|days}, not healthy", "renewal_date", "asc"),
    ("drops", "Biggest drops", "customer_change", "asc"),
    ("quiet", "Gone quiet", "last_active_date", "asc"),
    ("expansion", "Expansion candidates", "mrr", "desc"),
)
COLUMNS = {
    "attention": "attention_rank",
    "renewals": "is_renewal_not_healthy",
    "drops": "is_drop",
    "quiet": "is_quiet",
    "expansion": "is_expansion_candidate",
}


def presets_of(row: Row) -> str:
    """Return the codes of the views that a customer belongs to."""
    return " ".join(code for code, column in COLUMNS.items() if row.cells.get(column))
