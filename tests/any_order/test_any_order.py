"""Built at once or day by day, from files in any order: the same rows in every table.

And the same in the publication, which takes over what cannot have changed. And a past day, built
again from what was known then, is what was built and published then.
"""

import os
import random
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.publication.publish import publish
from orchestration.publication.relations import relations
from tests.any_order.arrivals import Arrivals, write_batches
from tests.any_order.builds import (
    add,
    build,
    differing_tables,
    scores_unlike_published,
    take_over_features,
    unlike_published,
)
from tests.conftest import AS_OF, settings_in

pytestmark = pytest.mark.slow

# Each example builds every model once for each batch and twice more, so there are few of both
# unless somebody asks for more, and none is made smaller after a failure.
BATCHES = int(os.environ.get("ANY_ORDER_BATCHES", "2"))
EXAMPLES = settings(
    max_examples=int(os.environ.get("ANY_ORDER_EXAMPLES", "1")),
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def way_to_arrive(seed: int) -> Arrivals:
    """Draw the ends of the batches before the last, up to nine days ago; the seed does the rest."""
    days_ago = sorted(random.Random(seed).sample(range(1, 10), BATCHES - 1), reverse=True)
    return Arrivals([*(AS_OF - timedelta(days=days) for days in days_ago), AS_OF], seed)


@EXAMPLES
@given(arrivals=st.integers(0, 10_000).map(way_to_arrive))
def test_files_in_any_order_give_the_rows_of_one_full_build_and_a_past_day_its_own(built, arrivals):
    with tempfile.TemporaryDirectory() as folder:
        check(built, arrivals, Path(folder))


def check(built, arrivals, folder):
    manifest = prepare_manifest(built.settings)
    tables, copied = list(declared_tables(manifest)), relations(manifest)
    step_by_step = settings_in(folder / "step-by-step", folder / "landing")
    batches = write_batches(built.settings.warehouse, tables, arrivals, folder / "batches")
    as_it_was = folder / "as-it-was.duckdb"
    for number, (batch, end) in enumerate(zip(batches, arrivals.ends, strict=True)):
        add(batch, step_by_step.landing)
        was_full = build(step_by_step, end)
        assert was_full == (number == 0), "only the first build is a full one"
        publish(step_by_step, copied, f"batch-{number}")
        if number == 0:
            shutil.copy(step_by_step.warehouse, as_it_was)
    at_once = settings_in(folder / "at-once", folder / "landing")
    assert take_over_features(step_by_step, at_once) > 0
    build(at_once, AS_OF)
    note(f"batches end on {arrivals.ends}, seed {arrivals.seed}")
    assert differing_tables(step_by_step.warehouse, at_once.warehouse) == {}
    assert unlike_published(step_by_step, copied) == {}
    # And a day that has passed is built again as it was known then, from all that has landed since.
    passed = arrivals.ends[0]
    was_full = build(step_by_step, passed, known_on=passed + timedelta(days=1))
    assert was_full, "an earlier day is built from nothing"
    assert differing_tables(step_by_step.warehouse, as_it_was) == {}
    assert scores_unlike_published(step_by_step, passed) == 0
