"""What a release did, where it reached some platforms and not others: a difference in differences.

How accounts on the platforms that it reached changed, less how those on the others did in the same
weeks, so that a holiday or a slow month is no effect. Nobody drew lots, and whatever else happened
on that platform alone is in the number: it is labelled as not randomised wherever it is shown.
What is not here: plays, which are done for an account (``effects``).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np

from orchestration.plays.effect import FEWEST_ACCOUNTS, Effect, judged
from orchestration.plays.estimate import Estimate, difference

METHOD = "other_platforms"
# Of older ones nobody asks any more, and each costs a look at the days around it.
MOST_RELEASES = 20
# A platform that is not told is neither reached nor out of reach.
RELEASES = """
    with dated as (
        select feature_id, released_on, platforms from marts.dim_features where is_release_known
        union
        select feature_id, cast(releases.released_at as date), features.platforms
        from staging.stg_product__releases as releases
        inner join marts.dim_features as features using (feature_id)
        where releases.rejection_reason is null
    )
    select feature_id, released_on, list_sort(string_split(platforms, '|'))
    from dated
    where
        platforms is not null
        and released_on + 28 <= (select max(activity_date) from marts.fct_account_daily)
        and released_on - 56 >= (select min(activity_date) from marts.fct_account_daily)
    order by released_on desc, feature_id
    limit $most
"""
# The platform is that of the eve, so that who moves to the new one does not change sides. Whoever
# was no customer on every one of these days has nothing to compare.
CHANGES = """
    with days as (
        select
            *,
            case
                when activity_date < $day - 28 then 'earlier'
                when activity_date < $day then 'before'
                else 'after'
            end as stretch
        from marts.fct_account_daily
        where activity_date between $day - 56 and $day + 27 and is_customer
    ),

    accounts as (
        select
            account_id,
            max(platform) filter (where activity_date = $day - 1) as platform,
            ln(1 + 7 * avg(event_count) filter (where stretch = 'earlier')) as use_earlier,
            ln(1 + 7 * avg(event_count) filter (where stretch = 'before')) as use_before,
            ln(1 + 7 * avg(event_count) filter (where stretch = 'after')) as use_after,
            max(error_session_count_28d / nullif(session_count_28d, 0)) filter (
                where activity_date = $day - 29
            ) as errors_earlier,
            max(error_session_count_28d / nullif(session_count_28d, 0)) filter (
                where activity_date = $day - 1
            ) as errors_before,
            max(error_session_count_28d / nullif(session_count_28d, 0)) filter (
                where activity_date = $day + 27
            ) as errors_after
        from days
        group by account_id
        having count(*) = 84
    )

    select
        row_number() over (order by account_id) as account,
        list_contains($platforms, platform) as is_reached,
        use_after - use_before as usage,
        use_before - use_earlier as usage_before,
        errors_after - errors_before as session_errors,
        errors_before - errors_earlier as session_errors_before
    from accounts
    where platform not in ('none', 'unknown')
    order by account_id
"""
OUTCOMES = ("usage", "session_errors")


def effects_of_releases(connection: duckdb.DuckDBPyConnection) -> list[Effect]:
    """Estimate every release that reached some platforms and not others, the newest first.

    Outcomes are ``usage``, ln(1 + events a week), and ``session_errors``, the share of sessions
    with an error: the 28 days from the release on less the 28 days before it.
    """
    found = connection.execute(RELEASES, {"most": MOST_RELEASES}).fetchall()
    return [effect for release in found for effect in _of_release(connection, *release)]


def _of_release(
    connection: duckdb.DuckDBPyConnection, feature: str, day: date, platforms: list[str]
) -> Iterator[Effect]:
    given = {"day": day, "platforms": platforms}
    columns = connection.execute(CHANGES, given).fetchnumpy()
    numbers = {
        name: np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
        for name, values in columns.items()
    }
    name = f"release of {feature} on {day}"
    for outcome in OUTCOMES:
        known = ~np.isnan(numbers[outcome])
        change, is_reached = numbers[outcome][known], numbers["is_reached"][known] == 1
        accounts = numbers["account"][known]
        blank = Effect(name, outcome, METHOD, is_randomised=False, status="too_few")
        effect = judged(
            blank,
            change,
            is_reached,
            accounts,
            lambda values=(change, is_reached, accounts): difference(*values),
        )
        yield _beside_its_past(effect, numbers, outcome)


def _beside_its_past(effect: Effect, numbers: dict[str, np.ndarray], outcome: str) -> Effect:
    """Say whether the platforms had gone different ways already in the month before."""
    if effect.estimate is None:
        return effect
    change = numbers[f"{outcome}_before"]
    known = ~np.isnan(change)
    is_reached = numbers["is_reached"][known] == 1
    if min(is_reached.sum(), (~is_reached).sum()) < FEWEST_ACCOUNTS:
        return effect
    earlier: Estimate = difference(change[known], is_reached, numbers["account"][known])
    effect = replace(effect, pre_trend=earlier, placebo=("earlier", earlier))
    if earlier.p_value >= 0.05:
        return effect
    why = (
        f"In the month before it the platforms had already parted by {earlier.value:+.3f} "
        f"({earlier.low:+.3f} to {earlier.high:+.3f}), so the release is not what parted them."
    )
    return replace(effect, status="placebo_failed", reason=why)
