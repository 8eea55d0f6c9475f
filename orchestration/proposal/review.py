"""What asks for a look at the weights of the score before their quarter is over.

What is not here: what other weights would be, which ``judging`` proposes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import duckdb

QUARTER_DAYS = 91
# Of the customers who left more than this share was healthy, surely.
SURPRISED = 1 / 3
SHIFTED = """
select component, stability_index, compared_date from intermediate.int_score_shifts
where is_shifted and compared_date = (select max(compared_date) from intermediate.int_score_shifts)
order by stability_index desc, component
"""
SURPRISES = """
select surprise_rate, surprise_rate_low, horizon_days from reports.rpt_health_track_record
where model_version_id = 'all' and is_leading and surprise_rate_low > ?
order by horizon_days limit 1
"""
WRONG_SIGNED = """
with placed as (
    select component_label, auc, label, horizon_days,
        row_number() over (partition by component_label order by label, horizon_days, auc) as place
    from reports.rpt_component_track_record
    where direction = 'against' and nominal_weight > 0 and label in ('churn', 'silence')
)
select component_label, auc, label, horizon_days from placed where place = 1
order by component_label
"""
NEW = """
select source, first_date from marts.dim_source_coverage
where is_covered and not is_detail and first_date > ? and first_date > (
    select min(first_date) from marts.dim_source_coverage where is_covered
) + 91
order by source
"""


DRIFTED = """
select coalesce(features.label, drift.feature), drift.platform, drift.drift_index,
    drift.snapshot_date
from reports.rpt_outlook_drift as drift
left join seeds.outlook_features as features using (feature)
where drift.is_alarm and drift.snapshot_date > ?
qualify row_number() over (
    partition by drift.feature, drift.platform order by drift.snapshot_date desc
) = 1
order by drift.snapshot_date desc, drift.drift_index desc, drift.feature, drift.platform
"""


@dataclass(frozen=True)
class Reason:
    """Something that asks for a review.

    Attributes:
        trigger: ``shift``, ``drift``, ``surprise``, ``wrong_sign`` or ``new_source``.
        words: what was found, in a sentence with its figures.
        is_alarm: whether it is wrong now, and not only worth a look.
    """

    trigger: str
    words: str
    is_alarm: bool = False


def reasons_for_review(connection: duckdb.DuckDBPyConnection) -> Iterator[Reason]:
    """Yield every reason that the tables of the warehouse, or of the publication, give."""
    for label, area, outcome, days in connection.execute(WRONG_SIGNED).fetchall():
        yield Reason(
            "wrong_sign",
            f"{label} points the wrong way for {outcome} within {days} days (AUC {area:.3f}): the "
            "better its score, the more customers had the outcome.",
            is_alarm=True,
        )
    for component, index, then in connection.execute(SHIFTED).fetchall():
        yield Reason(
            "shift",
            f"The scores of {component} are spread another way than on {then} "
            f"(stability index {index:.2f}).",
        )
    for rate, low, days in connection.execute(SURPRISES, [SURPRISED]).fetchall():
        yield Reason(
            "surprise",
            f"{rate:.0%} of the customers who had the outcome within {days} days were healthy "
            f"before it (at least {low:.0%}), which is more than a third.",
        )
    (day,) = connection.execute(
        "select max(score_date) from marts.fct_account_health_daily"
    ).fetchone()
    if day is None:
        return
    since = day - timedelta(days=QUARTER_DAYS)
    for feature, platform, index, monday in connection.execute(DRIFTED, [since]).fetchall():
        whose = "All accounts" if platform == "all" else f"Accounts on {platform}"
        yield Reason(
            "drift",
            f"{whose} are spread another way than before by {feature[0].lower()}{feature[1:]} "
            f"(stability index {index:.2f} on {monday}): something may have broken there.",
        )
    for source, first in connection.execute(NEW, [since]).fetchall():
        yield Reason("new_source", f"{source} has been there since {first} only: it may say more.")
