"""The command: ``python -m tests.bench.history``. What a longer history costs, in one run.

The demo company is built from its first weeks only, then from more and more of them: in full,
and by one more day on top. It prints seconds, what a doubling of the history costs, what a day
costs after the longest history against the shortest, and what counting each user once in 28
days costs against counting users once a day.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.measured import Measured, StepFailed, run
from tests.bench.printed import aligned
from tests.bench.scratch import Scratch, scratch_folder
from tests.bench.steps import job, land

SIZE = "demo"
WEEKS = (5, 20, 39, 78)
MOST_FOR_A_DAY, MOST_PER_DOUBLING, MOST_FOR_DISTINCT = 1.5, 2.3, 4.0
MOST_FOR_SCORES, MOST_FOR_A_DAY_OF_SCORES, MOST_PER_DOUBLING_OF_ACCOUNTS = 1.0, 0.05, 2.2


@dataclass(frozen=True)
class Length:
    """What one length of history took.

    Attributes:
        weeks: of history.
        full: the build from nothing.
        day: the daily job with the next day.
    """

    weeks: int
    full: Measured
    day: Measured


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.history", description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to work; else the system's own")
    parser.add_argument("--keep", action="store_true", help="keep all")
    given = parser.parse_args(arguments)
    try:
        with scratch_folder(given.folder, given.keep) as folder:
            company = Scratch(SIZE, folder / SIZE)
            land(company)
            lengths = [measure(company, weeks, folder) for weeks in WEEKS]
            longest = Scratch(SIZE, folder / f"weeks-{WEEKS[-1]}")
            distinct, health = apart("distinct_users", longest), apart("health", longest)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    print_lengths(lengths, distinct)
    print_health(health)
    return 0


def measure(company: Scratch, weeks: int, folder: Path) -> Length:
    """Build the first weeks but their last day, then that day."""
    part = Scratch(SIZE, folder / f"weeks-{weeks}")
    part.clear()
    first = min(first_day(path) for path in company.landing.glob("product/events/2*"))
    end = first + timedelta(days=7 * weeks - 1)
    link(company.landing, part.landing, end)
    full = job("report", part, f"{weeks} weeks, full build", AS_OF=f"{end - timedelta(days=1)}")
    day = job("daily", part, f"{weeks} weeks, one more day", AS_OF=f"{end}")
    return Length(weeks, full, day)


def link(landing: Path, target: Path, end: date) -> None:
    """Have the files that are dated up to a day in another folder too; undated ones as well."""
    for path in landing.rglob("*"):
        if path.is_file() and first_day(path) <= end:
            other = target / path.relative_to(landing)
            other.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, other)


def first_day(path: Path) -> date:
    """Return the day in the name of a file, the first of its month, or a day long ago."""
    digits = path.name.split(".")[0].split("-")
    numbers = [int(part) for part in digits if part.isdigit()]
    if len(numbers) < 2 or numbers[0] < 2000:
        return date(1, 1, 1)
    return date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1)


def apart(module: str, scratch: Scratch) -> dict[str, Any]:
    """Run another module of the benchmark on a built warehouse; return what it printed."""
    arguments = ["-m", f"tests.bench.{module}", str(scratch.warehouse)]
    said = run(module.replace("_", " "), arguments, scratch.log(module)).said
    return json.loads(said.splitlines()[-1])


def print_lengths(lengths: Sequence[Length], distinct: dict[str, float]) -> None:
    """Print what was measured, and whether the aims hold."""
    rows = [("weeks", "full s", "x per doubling", "one more day s", "x the full", "peak MB")]
    worst = 0.0
    for before, length in zip([None, *lengths], lengths, strict=False):
        growth = ""
        if before:
            doublings = length.weeks / before.weeks / 2
            ratio = length.full.wall / before.full.wall / doublings
            growth, worst = f"{ratio:.2f}", max(worst, ratio)
        peak = max(length.full.peak, length.day.peak) / 1e6
        share = length.day.wall / length.full.wall
        rows.append((str(length.weeks), f"{length.full.wall:.1f}", growth,
                     f"{length.day.wall:.1f}", f"{share:.2f}", f"{peak:,.0f}"))  # fmt: skip
    print("\nWhat a longer history costs\n" + "\n".join(aligned(rows)))
    day = lengths[-1].day.wall / lengths[0].day.wall
    users = distinct["rolling"] / distinct["plain"]
    aims = [
        ("aim", "found", "verdict"),
        _judged(f"a day after {WEEKS[-1]} weeks against {WEEKS[0]}", day, MOST_FOR_A_DAY),
        _judged("a full build per doubling of history", worst, MOST_PER_DOUBLING),
        _judged("rolling users against one count distinct", users, MOST_FOR_DISTINCT),
    ]
    print("\nAims, on two cores\n" + "\n".join(aligned(aims)))


def print_health(health: Mapping[str, Any]) -> None:
    """Print what scores cost against the metrics, a day, and more accounts."""
    rows, doublings = [("accounts", "full history of scores s", "x per doubling")], [0.0]
    before = None
    for accounts, seconds in health["full"]:
        if before:
            doublings.append(seconds / before)
        rows.append((str(accounts), f"{seconds:.1f}", f"{doublings[-1]:.2f}" if before else ""))
        before = seconds
    full, day = health["full"][-1][1], health["day"]
    rows.append(("all, one more day", f"{day:.1f}", ""))
    rows.append(("metrics before it", f"{health['metrics']:.1f}", ""))
    print("\nWhat the health score costs\n" + "\n".join(aligned(rows)))
    aims = [
        ("aim", "found", "verdict"),
        _judged("scores against the metrics before", full / health["metrics"], MOST_FOR_SCORES),
        _judged("one more day of scores", day / full, MOST_FOR_A_DAY_OF_SCORES),
        _judged("scores per doubling of accounts", max(doublings), MOST_PER_DOUBLING_OF_ACCOUNTS),
    ]
    print("\nAims, on two cores\n" + "\n".join(aligned(aims)))


def _judged(aim: str, found: float, most: float) -> tuple[str, str, str]:
    verdict = "met" if found <= most else "NOT MET"
    return f"{aim}: at most {most}", f"{found:.2f} times", verdict


if __name__ == "__main__":
    sys.exit(main())
