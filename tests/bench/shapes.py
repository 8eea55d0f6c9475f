"""The command: ``python -m tests.bench.shapes [long|wide|silent|skewed|holiday …]``.

Builds a whole run, from landing files to reports, of companies whose shape is not that of the
invented one, and prints seconds and peak memory of each. It ends with 1 if a shape could not be
built or took more memory than is promised. What is not here: the shapes, which ``shaped_files``
has.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measured import Measured, StepFailed, run
from tests.bench.printed import aligned
from tests.bench.scratch import Scratch, bytes_in, scratch_folder
from tests.bench.steps import READ_PROJECT, job
from tests.bench.time_spent import Node, nodes

SHAPES = ("long", "wide", "silent", "skewed", "holiday")
LAST_DAY = "2026-10-31"
MOST_BYTES = 3_000_000_000
SLOWEST = 5
# The rest of 3 GB is what the frameworks take, and what the engine does not count. By default a run
# takes half of what the machine has, and no verdict would hold for another.
SETTINGS = {"AS_OF": LAST_DAY, "MEMORY_LIMIT": "2000MB", "THREADS": "2"}


@dataclass(frozen=True)
class Shaped:
    """The run of one shape.

    Attributes:
        full: from nothing to reports.
        slowest: the dbt nodes that took longest.
        warehouse: bytes of its file.
    """

    full: Measured
    slowest: Sequence[Node]
    warehouse: int


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.shapes", description=__doc__)
    parser.add_argument("shapes", nargs="*", metavar="shape", help=" ".join(SHAPES))
    parser.add_argument("--folder", type=Path, help="where to work; else the system's own")
    parser.add_argument("--keep", action="store_true", help="keep what was landed and built")
    given = parser.parse_args(arguments)
    if unknown := set(given.shapes) - set(SHAPES):
        parser.error(f"no such shape: {', '.join(sorted(unknown))}; there are {', '.join(SHAPES)}")
    # Whatever stops it, what it made is taken away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with scratch_folder(given.folder, given.keep) as folder:
            found = {shape: measure(shape, folder, given.keep) for shape in given.shapes or SHAPES}
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    _print(found)
    return int(any(one.full.peak > MOST_BYTES for one in found.values()))


def measure(shape: str, folder: Path, is_kept: bool) -> Shaped:
    """Write the files of a shape, build it from nothing to reports and measure that.

    Raises:
        StepFailed: it could not be built.
    """
    scratch = Scratch(shape, folder / shape)
    scratch.clear()
    files = ["-m", "tests.bench.shaped_files", shape, str(scratch.landing)]
    run(f"{shape}: landing files", files, scratch.log("landing"))
    # So that no shape pays for reading the dbt project, which runs do only after a change.
    run("the dbt project", ["-c", READ_PROJECT], scratch.log("project"), scratch.settings())
    full = job("report", scratch, "full build", **SETTINGS)
    shaped = Shaped(full, nodes(scratch.dbt_log)[:SLOWEST], bytes_in(scratch.warehouse))
    if not is_kept:
        scratch.clear()
    return shaped


def _print(found: dict[str, Shaped]) -> None:
    header = ("shape", "wall s", "CPU s", "peak MB", "warehouse MB", "verdict")
    rows = [
        (
            shape,
            f"{one.full.wall:.0f}",
            f"{one.full.cpu:.0f}",
            f"{one.full.peak / 1e6:,.0f}",
            f"{one.warehouse / 1e6:,.0f}",
            "too much memory" if one.full.peak > MOST_BYTES else "within 3 GB",
        )
        for shape, one in found.items()
    ]
    print("\n".join(aligned([header, *rows])))
    for shape, one in found.items():
        slowest = [(node.name, f"{node.seconds:.1f}") for node in one.slowest]
        print(f"\n{shape}: the slowest dbt nodes, seconds\n" + "\n".join(aligned(slowest)))


if __name__ == "__main__":
    sys.exit(main())
