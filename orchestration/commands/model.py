"""The model command, ``python -m orchestration.commands.model MODEL …``: for people who edit one.

It builds the models and what reads them directly, all days of them, against the warehouse at hand,
with their unit tests and data tests; the rest stays as the last run left it. What is not here: what
a run builds, which ``assets/models`` says.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any

import duckdb

from orchestration.commands.run import leave, run_command
from orchestration.dbt_runner.build_state import forget_build, must_be_full
from orchestration.dbt_runner.manifest import Manifest, prepare_manifest
from orchestration.process.log_capture import captured_logs
from orchestration.settings.environment import Settings
from orchestration.warehouse.run_lock import begin_run, end_run

# A test that compares with a model further away has nothing to say about these.
BUILD = (
    *("build", "--full-refresh", "--indirect-selection", "cautious"),
    *("--no-write-json", "--use-fast-test-edges"),
)
USAGE = "usage: make model M=<a model, or several in quotes>"


class ModelError(RuntimeError):
    """The models cannot be built. The text says why and what to do."""


def main(arguments: list[str]) -> int:
    """Build models; return 0 when they and their tests are good, and 1 when not."""
    names = [name for argument in arguments for name in argument.split()]
    if not names:
        print(USAGE, file=sys.stderr)
        return 2
    return run_command(
        lambda settings, _: build_models(settings, names),
        "model",
        ModelError,
        stopped="Stopped. Run it again, or make run.",
    )


def build_models(settings: Settings, names: Sequence[str]) -> int:
    """Build these models and what reads them; say one line for each; return the exit code.

    Raises:
        ModelError: there is no such model, or no warehouse to build it in.
        ProjectError: dbt cannot read its project.
        WarehouseError: a run is at work.
        KeyboardInterrupt: somebody stopped it.
    """
    # dbt takes seconds to import, and a wrong name should be told before.
    manifest = prepare_manifest(settings)
    chosen = with_readers(manifest, names)
    if not settings.warehouse.exists():
        raise ModelError(
            f"There is no warehouse at {settings.warehouse}, so what {names[0]} reads is not "
            "built. Run make run, or name another one: WAREHOUSE=…"
        )
    from orchestration.dbt_runner.build import FAILED
    from orchestration.dbt_runner.dbt_failures import describe
    from orchestration.dbt_runner.in_process import invoke
    from orchestration.dbt_runner.skipped import why_it_stopped

    begin_run(settings.warehouse)
    say = partial(print, file=sys.stdout, flush=True)
    try:
        with captured_logs(settings.logs, settings.runs_kept) as log:
            forget_what_was_built(settings)
            target = settings.warehouse.parent / "dbt"
            arguments = [*BUILD, "--select", *chosen]
            result = invoke(settings, arguments, target, lambda event: None, with_proofs=True)
            outcomes = getattr(result.result, "results", None) or []
            failed = [one for one in outcomes if one.status in FAILED]
            why = [describe(one, manifest, settings) for one in failed]
            why = why or why_it_stopped(settings, result, outcomes)
    finally:
        end_run(settings.warehouse)
    for line in told(outcomes):
        say(line)
    for text in why:
        print(text, file=sys.stderr)
    say(f"logs: {log}")
    return 0 if result.success else 1


def forget_what_was_built(settings: Settings) -> None:
    """Have the next run build everything where the project is not the one that was built.

    Should the change be taken back, no run could know otherwise what was built from it.

    Raises:
        ModelError: the warehouse has no run behind it, or one of another version of this code.
    """
    try:
        if must_be_full(settings):
            forget_build(settings)
    except duckdb.Error as error:
        raise ModelError(
            f"{settings.warehouse} was not built by a run of this version, so what the model "
            f"reads may be missing. Run make run first. DuckDB says: {error}"
        ) from error


def with_readers(manifest: Manifest, names: Sequence[str]) -> list[str]:
    """Return the models and those that read them; a reader that is no table, through it.

    Raises:
        ModelError: one of the names is no model.
    """
    models = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    if unknown := [name for name in names if name not in models]:
        near = get_close_matches(unknown[0], models, n=3)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise ModelError(f"{unknown[0]} is no model of {len(models)} in dbt_project/models.{hint}")
    readers = (reader for name in names for reader in _readers(manifest, models[name]))
    return list(dict.fromkeys([*names, *readers]))


def _readers(manifest: Manifest, model: Mapping[str, Any]) -> Iterator[str]:
    for child in manifest["child_map"][model["unique_id"]]:
        node = manifest["nodes"].get(child)
        if node and node["resource_type"] == "model":
            yield node["name"]
            if node["config"]["materialized"] == "ephemeral":
                yield from _readers(manifest, node)


def told(outcomes: Sequence[Any]) -> Iterator[str]:
    """Say what was built, one line for each table, and how many tests of which kind passed."""
    kinds = {"unit_test": "unit tests passed", "test": "data tests passed"}
    if not any(one.node.resource_type == "model" for one in outcomes):
        yield "no table was asked for: this is a step of other models, and none of them reads it"
    for one in outcomes:
        if one.node.resource_type == "model" and one.status == "success":
            yield f"built {one.node.name} in {one.execution_time:.1f} s"
    for kind, words in kinds.items():
        count = sum(one.node.resource_type == kind and one.status == "pass" for one in outcomes)
        yield f"{count} {words}"


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
