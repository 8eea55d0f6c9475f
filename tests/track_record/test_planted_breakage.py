"""The breakage that the demonstration company is planted with is found in the ledger of changes.

For some weeks `exports` is broken on one platform. Whoever uses it much there must lose points by
errors in those weeks and win them back in the four after, and the others must not. Downtime is
everybody's, and is a component of its own. In the smallest company sixteen accounts are hit, so
there only the signs are asked. A larger one is named by TRACK_RECORD_WAREHOUSE, as for the ceiling.
"""

import math
import os
from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from data.demo.company import PLATFORMS
from data.demo.effects import BROKEN_PLATFORM
from tests.conftest import AS_OF
from tests.track_record.ceiling import world_of

SEED, HORIZON = 7, 28
WAREHOUSE = os.environ.get("TRACK_RECORD_WAREHOUSE")
CHANGES = """
    select account_id, coalesce(sum(effect), 0) as effect
    from marts.fct_health_score_pairs_daily
    left join (
        from marts.fct_account_health_changes
        where cause = 'behaviour' and component = 'session_error_rate'
    ) using (account_id, score_date, horizon_days)
    where score_date = $score_date and horizon_days = $horizon
    group by all
"""


def changes_by_errors(connection, size):
    """Return what those hit hard and those not hit lost in the broken weeks, and won after them.

    Each is a mean of points of the score over 28 days, with its standard error.
    """
    world = world_of(size, SEED, AS_OF)
    weeks = np.flatnonzero(world.journey.weekly["broken"].any(axis=1))
    last_day = world.horizon.date_of(7 * int(weeks[-1]) + 6)
    on_platform = world.company.platform == PLATFORMS.index(BROKEN_PLATFORM)
    strength = np.where(on_platform, world.journey.affinity, 0.0)
    of_account = dict(zip(world.company.ids, strength, strict=True))
    found = {}
    for name, day in (("in it", last_day), ("after it", last_day + timedelta(days=HORIZON))):
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


@pytest.mark.skipif(
    not WAREHOUSE, reason="TRACK_RECORD_WAREHOUSE names no built warehouse of the size demo"
)
@pytest.mark.parametrize(("weeks", "sign"), [("in it", -1), ("after it", 1)])
def test_in_the_larger_company_the_difference_is_no_chance(weeks, sign):
    with duckdb.connect(str(Path(WAREHOUSE)), read_only=True) as connection:
        found = changes_by_errors(connection, "demo")
    (hit, hit_error), (others, others_error) = found["hit", weeks], found["others", weeks]
    assert sign * (hit - others) > 2 * math.hypot(hit_error, others_error)
    assert sign * hit > 0
