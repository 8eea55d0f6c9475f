"""No ranking beats the ceiling, which only who reads the future can do.

The smallest company has fewer churns than an AUC is printed for, so there the ceiling is all that
can be asked. Whether the score beats days since the last activity needs a larger company.
"""

import numpy as np
import pytest

from tests.conftest import AS_OF
from tests.track_record.ceiling import chances, world_of
from tests.track_record.larger_company import SEED, demo_reading, needs_demo
from tests.track_record.rendered import SETTINGS
from tests.track_record.resampled import area, error_of_difference

HORIZON = 42


class Ranked:
    """The rows of the churns within 42 days: what was said, what happened, and the ceiling."""

    def __init__(self, connection, size, horizon=HORIZON):
        world = world_of(size, SEED, AS_OF)
        rows = connection.execute(
            "select account_id, snapshot_date, event_count, "
            "max(predictor_value) filter (where predictor = 'health_score') as score, "
            "max(predictor_value) filter (where predictor = 'recency') as recency "
            "from intermediate.int_backtest_observations "
            "where label = 'churn' and horizon_days = ? "
            "group by all order by all",
            [horizon],
        ).fetchnumpy()
        place = {name: number for number, name in enumerate(world.company.ids)}
        number = np.array([place[name] for name in rows["account_id"]])
        self.account, self.event = number, rows["event_count"].astype(int)
        self.score, self.recency = (np.array(rows[name]) for name in ("score", "recency"))
        self.oracle = np.empty(len(number))
        lead = SETTINGS["outcome_lead_days"]
        for monday in np.unique(rows["snapshot_date"]):
            here = rows["snapshot_date"] == monday
            day = monday.astype("datetime64[D]").item()
            # The lower the worse, as with the score.
            self.oracle[here] = -chances(world, day, number[here], lead, horizon, SEED)

    def area(self, name):
        value = getattr(self, name)
        return area(value, self.event, np.ones(len(value)))

    def error(self, one, other):
        return error_of_difference(
            getattr(self, one), getattr(self, other), self.event, self.account
        )


@pytest.fixture(scope="module")
def tiny(warehouse_reading):
    with warehouse_reading() as connection:
        return Ranked(connection, "tiny")


@pytest.fixture(scope="module")
def demo():
    with demo_reading() as connection:
        return Ranked(connection, "demo")


def test_the_ceiling_ranks_better_than_chance_and_its_chances_are_right_on_average(tiny):
    assert tiny.area("oracle") > 0.7
    assert -tiny.oracle.mean() == pytest.approx(tiny.event.mean(), rel=0.6)


@pytest.mark.parametrize("name", ["score", "recency"])
def test_nobody_beats_the_ceiling_in_the_smallest_company(tiny, name):
    assert tiny.area(name) <= tiny.area("oracle") + 2 * tiny.error(name, "oracle")


def test_who_reads_the_future_beats_it(tiny):
    tiny.leak = tiny.score - 100 * tiny.event
    assert tiny.area("leak") > tiny.area("oracle") + 2 * tiny.error("leak", "oracle")


def test_the_smallest_company_has_too_few_churns_for_an_auc(warehouse_reading):
    with warehouse_reading() as connection:
        rows = connection.execute(
            "select status, event_account_count, auc, mean_score_of_events "
            "from reports.rpt_health_track_record "
            "where label = 'churn' and horizon_days = 42 and model_version_id = 'all'"
        ).fetchall()
    ((status, events, auc, mean_score),) = rows
    assert status == "insufficient_outcomes"
    assert 0 < events < SETTINGS["track_record_minimum_outcomes"]
    assert auc is None
    assert mean_score is not None


@needs_demo
@pytest.mark.parametrize("name", ["score", "recency"])
def test_nobody_beats_the_ceiling_in_the_demonstration_company(demo, name):
    assert demo.area(name) <= demo.area("oracle") + 2 * demo.error(name, "oracle")


@needs_demo
def test_the_chances_of_the_ceiling_are_right_on_average(demo):
    assert -demo.oracle.mean() == pytest.approx(demo.event.mean(), rel=0.15)


@needs_demo
def test_the_figure_of_the_models_is_that_of_the_rows(demo):
    with demo_reading() as connection:
        rows = connection.execute(
            "select predictor, auc from marts.fct_health_backtest where label = 'churn' "
            "and horizon_days = 42 and model_version_id = 'all' and dimension = 'all'"
        ).fetchall()
    found = dict(rows)
    assert found["health_score"] == pytest.approx(demo.area("score"), abs=1e-9)
    assert found["recency"] == pytest.approx(demo.area("recency"), abs=1e-9)


@needs_demo
def test_the_score_ranks_no_worse_than_days_since_the_last_activity(demo):
    assert demo.area("score") >= demo.area("recency")
