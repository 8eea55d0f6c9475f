"""What is measured, in order. What is not here: how, which ``measured`` says."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.publication.places import current_of
from tests.bench.measured import Measured, run
from tests.bench.scratch import Scratch, bytes_in
from tests.bench.time_spent import Node, nodes, stages

SEED = 7
LEAST = "tiny"
EVENTS = "product/events"
READ_PROJECT = (
    "from orchestration.dbt_runner.manifest import prepare_manifest as read; "
    "from orchestration.settings.environment import Settings; read(Settings.from_environment())"
)


@dataclass(frozen=True)
class Build:
    """One size from landing files to reports, and the daily job after it.

    Attributes:
        size: name of the size.
        full: from nothing to reports.
        again: the daily job with no new file, which still builds every model anew.
        nothing_new: the daily job after a daily job, with nothing new at all.
        trained: the outlook learned anew, at every horizon.
        stages: seconds of the full build by stage.
        nodes: what dbt took in the full build, the slowest first.
        warehouse: bytes of its file.
        published: bytes of the publication.
    """

    size: str
    full: Measured
    again: Measured
    nothing_new: Measured
    trained: Measured
    stages: dict[str, float]
    nodes: Sequence[Node]
    warehouse: int
    published: int


@dataclass(frozen=True)
class Bare:
    """The better of two bare passes, and what it read."""

    best: Measured
    events: int
    groups: int


@dataclass(frozen=True)
class Figures:
    """All that was measured.

    Attributes:
        least: the build of the tiny size; that of the chosen size if that is the tiny one.
        chosen: the build of the chosen size.
        bare: the bare pass over the chosen size.
        landed: bytes of the landing files as they lie there.
        unpacked: bytes of what is in them.
        load: how busy the machine was at the beginning.
    """

    least: Build
    chosen: Build
    bare: Bare
    landed: int
    unpacked: int
    load: float


def measure(size: str, folder: Path) -> Figures:
    """Build the tiny and the chosen size and measure everything.

    Raises:
        StepFailed: a step ended with an error.
    """
    load, _, _ = os.getloadavg()
    least, chosen = (Scratch(name, folder / name) for name in (LEAST, size))
    for scratch in {least.size: least, chosen.size: chosen}.values():
        land(scratch)
    # So that no build pays for reading the dbt project, which runs do only after a change.
    run("the dbt project", ["-c", READ_PROJECT], least.log("project"), least.settings())
    unpacked = run(
        f"{size}: bytes in the files",
        ["-m", "tests.bench.unpacked", str(chosen.landing)],
        chosen.log("unpacked"),
    )
    of_least = None if size == LEAST else build(least)
    # One pass before the build and one after it, as the machine may not be ours alone.
    before = bare_pass(chosen)
    of_chosen = build(chosen)
    bare = min(before, bare_pass(chosen), key=lambda one: one.best.wall)
    return Figures(
        least=of_least or of_chosen,
        chosen=of_chosen,
        bare=bare,
        landed=bytes_in(chosen.landing),
        unpacked=int(unpacked.said),
        load=load,
    )


def land(scratch: Scratch) -> None:
    """Write the landing files, unless an earlier run has."""
    if scratch.has_landed():
        print(f"{scratch.size}: landing files are there", file=sys.stderr)
        return
    scratch.clear()
    folders = ["--landing", str(scratch.landing), "--truth", str(scratch.truth)]
    what = ["--size", scratch.size, "--seed", str(SEED)]
    log = scratch.log("landing")
    run(f"{scratch.size}: landing files", ["-m", "data.demo", *what, *folders], log)


def build(scratch: Scratch) -> Build:
    """Build from nothing to reports, then run the daily job twice with nothing new."""
    scratch.clear_built()
    full = job("report", scratch, "full build")
    slowest = nodes(scratch.dbt_log)
    sizes = bytes_in(scratch.warehouse), bytes_in(current_of(scratch.published))
    return Build(
        scratch.size,
        full,
        job("daily", scratch, "daily, no new file"),
        job("daily", scratch, "daily, nothing new"),
        run(
            f"{scratch.size}: training",
            ["-m", "orchestration.commands.train"],
            scratch.log("training"),
            scratch.settings(),
        ),
        stages(full),
        slowest,
        *sizes,
    )


def job(name: str, scratch: Scratch, step: str, **settings: str) -> Measured:
    """Run a job of the pipeline, with more settings than where things are if any are given."""
    title, log = f"{scratch.size}: {step}", scratch.log(step.replace(", ", "-"))
    return run(
        title, ["-m", "orchestration.commands.run", name], log, scratch.settings() | settings
    )


def bare_pass(scratch: Scratch) -> Bare:
    """Run the bare pass; its time is that of the query, without the start of a process."""
    arguments = ["-m", "tests.bench.bare_pass", str(scratch.landing / EVENTS)]
    whole = run(f"{scratch.size}: bare pass", arguments, scratch.log("bare"))
    found = json.loads(whole.said)
    best = replace(whole, wall=found["wall"], cpu=found["cpu"])
    return Bare(best, found["events"], found["groups"])
