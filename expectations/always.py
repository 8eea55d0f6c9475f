"""What stops a run however few rows break it, as it makes every number doubtful.

The whole list, with the reason of each: suite, and the beginning of the claim or the column. What
is not here: claims about a whole table, which hold a minimum of their own in their query.
"""

ALWAYS = {
    ("fct_row_reconciliation", "unaccounted"): "A line that was lost on the way may have been any.",
    ("fct_row_reconciliation", "at most 1 in 5 rows is"): "A row of it is a whole core table.",
    ("rpt_accounts", "it is of the day built"): "The report would stand under another day's date.",
    ("rpt_accounts_needing_attention", "it is of the day built"): "Calls would go by an old list.",
    ("dim_metrics", "expect_table_row_count"): "The project has lost metrics, not a company rows.",
    ("dim_metrics", "definition"): "A metric of the project says nothing of what it is.",
    ("rpt_headline_kpis", "the mean score"): "A mean outside of its parts is of no score there is.",
}


def always_stops(module: str, claim: str, column: str | None) -> bool:
    """Tell whether an expectation is in the list."""
    return any(
        suite == module and (claim.startswith(begins) or column == begins)
        for suite, begins in ALWAYS
    )
