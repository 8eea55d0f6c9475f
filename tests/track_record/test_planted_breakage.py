"""The breakage that the demonstration company is planted with is found in the ledger of changes.

For some weeks `exports` is broken on one platform. Whoever uses it much there must lose points by
errors in the first four of them and win them back in the four after, and the others must not.
Downtime is everybody's, and is a component of its own. In the smallest company sixteen accounts
are hit, so there only the signs are asked.
"""

import math
from datetime import timedelta

import numpy as np
import pytest

from data.demo.company import PLATFORMS
from data.demo.effects import BROKEN_PLATFORM
from tests.conftest import AS_OF
from tests.track_record.ceiling import world_of
from tests.track_record.larger_company import SEED, demo_reading, needs_demo

HORIZON = 28
CHANGES = """
    select account_id, coalesce(sum(effect), 0) as effect
    from marts.fct_account_health_daily as later
    inner join marts.fct_account_health_daily as earlier using (account_id)
    left join (
        from marts.fct_account_health_changes
        where cause = 'behaviour' and component = 'session_error_rate'
            and score_date = $score_date and horizon_days = $horizon
    ) using (account_id)
    where later.score_date = $score_date and later.health_score is not null
        and earlier.score_date = $score_date - $horizon and earlier.health_score is not null
    group by all
"""


def changes_by_errors(connection, size):
    """Return what those hit hard and those not hit lost as it broke, and won after it.

    Each is a mean of points of the score over 28 days, with its standard error.
    """
    world = world_of(size, SEED, AS_OF)
    weeks = np.flatnonzero(world.journey.weekly["broken"].any(axis=1))
    # A longer breakage is compared with the days before it, not with its own first days. Weeks
    # begin on a Sunday here; changes are kept of Mondays.
    days = {
        "in it": world.horizon.date_of(7 * int(weeks[0]) - 6) + timedelta(days=HORIZON),
        "after it": world.horizon.date_of(7 * int(weeks[-1]) + 1) + timedelta(days=HORIZON),
    }
    assert {day.weekday() for day in days.values()} == {0}
    on_platform = world.company.platform == PLATFORMS.index(BROKEN_PLATFORM)
    strength = np.where(on_platform, world.journey.affinity, 0.0)
    of_account = dict(zip(world.company.ids, strength, strict=True))
    found = {}
    for name, day in days.items():
        rows = connection.execute(CHANGES, {"score_date": day, "horizon": HORIZON}).fetchall()
        for group, belongs in (("hit", lambda s: s > 0.5), ("others", lambda s: s == 0)):
            effects = [effect for account, effect in rows if belongs(of_account[account])]
            found[group, name] = (np.mean(effects), np.std(effects) / math.sqrt(len(effects)))
    return found


def test_who_is_hit_loses_points_by_errors_and_wins_them_back(warehouse_reading):
    with warehouse_reading() as connection:
        found = changes_by_errors(connection, "tiny")
    assert found["hit", "in it"][0] < min(0, found["others", "in it"][0])
    assert found["hit", "after it"][0] > max(0, found["others", "after it"][0])


@needs_demo
@pytest.mark.parametrize(("weeks", "sign"), [("in it", -1), ("after it", 1)])
def test_in_the_larger_company_the_difference_is_no_chance(weeks, sign):
    with demo_reading() as connection:
        found = changes_by_errors(connection, "demo")
    (hit, hit_error), (others, others_error) = found["hit", weeks], found["others", weeks]
    assert sign * (hit - others) > 2 * math.hypot(hit_error, others_error)
    assert sign * hit > 0


@needs_demo
def test_in_the_larger_company_the_alarm_of_drift_names_the_platform_in_its_weeks_only():
    world = world_of("demo", SEED, AS_OF)
    broken = np.flatnonzero(world.journey.weekly["broken"].any(axis=1))
    first, last = (world.horizon.date_of(7 * int(week)) for week in (broken[0], broken[-1] + 1))
    with demo_reading() as connection:
        alarms = connection.execute(
            "select snapshot_date, platform from reports.rpt_outlook_drift "
            "where is_alarm and feature = 'error_session_share'"
        ).fetchall()
    assert len(alarms) > len(broken) / 2
    assert {platform for _, platform in alarms} == {BROKEN_PLATFORM}
    # What is counted over 28 days is seen for as long after it.
    assert all(first < day <= last + timedelta(days=HORIZON) for day, _ in alarms)
