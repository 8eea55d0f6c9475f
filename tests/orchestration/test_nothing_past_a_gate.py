"""Nothing is delivered past a gate or from half a build, whoever starts the delivery."""

import dagster as dg
import pytest

from orchestration.assets.published import PUBLISHED
from orchestration.definitions import build_definitions
from orchestration.execution.failures import reasons
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import (
    STEPS,
    NotDeliverable,
    begin_step,
    note_step,
    pass_step,
    require_deliverable,
)
from tests.conftest import settings_in
from tests.orchestration.part_of_a_run import fingerprints, run_part

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path, tmp_path)
    with Warehouse.of(settings).writing() as connection:
        for step in STEPS:
            pass_step(connection, step)
    return settings


def test_after_a_whole_build_and_its_gates_all_is_delivered(settings):
    require_deliverable(settings, "The publication")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_began_and_did_not_pass_holds_everything_back(settings, step):
    note_step(settings, step, is_passed=False)
    with pytest.raises(NotDeliverable, match=r"^The report was not delivered: .*Run make run"):
        require_deliverable(settings, "The report")


def test_what_rests_on_a_step_has_to_pass_after_it(settings):
    note_step(settings, "build", is_passed=False)
    note_step(settings, "build", is_passed=True)
    with pytest.raises(NotDeliverable, match=r"gate_marts .*gate_reports"):
        require_deliverable(settings, "An export")
    with Warehouse.of(settings).writing() as connection:
        begin_step(connection, "gate_marts")
        pass_step(connection, "gate_marts")
        pass_step(connection, "gate_reports")
    require_deliverable(settings, "An export")


def test_a_new_warehouse_delivers_nothing(tmp_path):
    with pytest.raises(NotDeliverable):
        require_deliverable(settings_in(tmp_path, tmp_path), "The publication")


@pytest.mark.parametrize(
    "selection",
    [
        dg.AssetSelection.assets(PUBLISHED),
        dg.AssetSelection.key_prefixes("export"),
        dg.AssetSelection.key_prefixes("report"),
    ],
    ids=["publication", "exports", "report"],
)
def test_chosen_alone_after_a_build_without_its_gates_a_delivery_refuses(copied, selection):
    note_step(copied, "build", is_passed=False)
    note_step(copied, "build", is_passed=True)
    before = fingerprints(copied.published)
    result, why = run_part(copied, [], selection)
    assert not result.success
    assert "was not delivered: gate_marts has not passed since then" in why[0]
    assert fingerprints(copied.published) == before
    assert not copied.reports.exists()


def test_whatever_follows_the_publication_refuses_for_itself(tmp_path):
    """Each is chosen alone, as in Dagster's UI, on a warehouse of which no gate has passed."""
    settings = settings_in(tmp_path, tmp_path)
    definitions = build_definitions(settings)
    graph = definitions.resolve_asset_graph()
    following = {PUBLISHED, *graph.get(PUBLISHED).child_keys}
    # A past edition is a run of its own, with gates of its own.
    others = [key for key in following if key.path[0] != "edition"]
    # Exports of tables are one step.
    chosen = {"_".join(key.path[: 1 if "rpt_" in key.path[1] else 2]): key for key in others}
    assert {"export", "delivery_alerts", "delivery_crm_push"} < {*chosen}
    jobs = [
        dg.define_asset_job(name, dg.AssetSelection.assets(key)) for name, key in chosen.items()
    ]
    alone = dg.Definitions.merge(definitions, dg.Definitions(jobs=jobs))
    with dg.DagsterInstance.ephemeral() as instance:
        for name in chosen:
            job = alone.resolve_job_def(name)
            result = job.execute_in_process(instance=instance, raise_on_error=False)
            assert not result.success, name
            assert "was not delivered: " in reasons(result.all_events)[0], name
    assert not settings.reports.exists()
    assert not settings.published.exists()
