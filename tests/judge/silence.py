"""The law of silence, asked of every silent day of a set: a score never rises on one."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

# A day on which nobody of the account did anything, and whose eve had a score of the same model;
# who was too new on the eve had none, though its parts were measured.
# A change of the model or of what is usual among the customers is nobody's doing, and a cap is a
# person's, so the score before caps is asked, by the version of the model.
SILENT_DAYS = """
with scores as (
    select
        account_id,
        score_date,
        health_score,
        base_score,
        lag(case when health_score is not null then base_score end) over days as score_before,
        lag(score_date) over days as date_before,
        lag(model_version_id) over days = model_version_id as is_one_model
    from marts.fct_account_health_daily
    window days as (partition by account_id order by score_date)
)

select
    count(*) as silent_days,
    count(distinct scores.account_id) as accounts,
    count(*) filter (where base_score > score_before + 1e-9) as rises,
    coalesce(max(base_score - score_before) filter (where base_score > score_before + 1e-9), 0)
from scores
left join marts.fct_account_activity_daily as activity
    on
        scores.account_id = activity.account_id
        and scores.score_date = activity.activity_date
        and activity.is_active
where
    activity.account_id is null
    and date_before = score_date - 1
    and is_one_model
    and health_score is not null
    and score_before is not null
"""


@dataclass(frozen=True)
class Silence:
    """What the score did on days on which the account did nothing.

    Attributes:
        days: account-days of silence with a score of the same model on the eve.
        accounts: that had one.
        rises: how many of the days have a higher score than their eve.
        largest: points of the largest rise.
    """

    days: int
    accounts: int
    rises: int
    largest: float


def silence_of(warehouse: Path) -> Silence:
    """Count the silent days of a warehouse, and those on which a score rose."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return Silence(*connection.execute(SILENT_DAYS).fetchone())


def said(found: Silence) -> str:
    """Return the law and what came of asking it, in a sentence."""
    rose = "never rose on one of them"
    if found.rises:
        rose = f"rose on {found.rises:,} of them, by {found.largest:.2f} points at most"
    return (
        f"Silent account-days with a score of the same model on the eve: {found.days:,}, of "
        f"{found.accounts:,} customers. The score {rose}."
    )
