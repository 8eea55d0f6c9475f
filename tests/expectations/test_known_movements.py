"""What the gate calls a month of which less is known than not."""

import duckdb
import pytest

from expectations.suites.fct_segment_mrr_months import EXPECTATIONS


@pytest.mark.parametrize(
    ("opening", "new", "returned", "unknown", "is_named"),
    [(0, 15, 0, 1, False), (0, 0, 2, 1, False), (3, 0, 0, 2, False), (2, 1, 1, 5, True)],
)
def test_who_is_new_or_back_is_known_too(opening, new, returned, unknown, is_named):
    [claim] = [one for one in EXPECTATIONS if one.description.startswith("more movements are")]
    batch = f"""(select 'all' as dimension, date '2026-01-31' as month_end,
        {opening} as opening_account_count, {new} as new_account_count,
        {returned} as reactivation_account_count, {unknown} as unknown_account_count)"""
    found = duckdb.execute(claim.unexpected_rows_query.format(batch=batch)).fetchall()
    assert bool(found) == is_named
