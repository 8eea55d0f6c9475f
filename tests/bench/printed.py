"""The tables of figures. What is not here: measuring."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from tests.bench.aims import judged
from tests.bench.measured import Measured
from tests.bench.steps import SEED, Build, Figures

SLOWEST = 10
NUMBER = re.compile(r"[\d.,]+")
VERDICTS = {True: "met", False: "NOT MET", None: "cannot be told here"}


def print_figures(figures: Figures) -> None:
    """Print everything."""
    print(_heading(figures))
    for title, header, rows in (
        ("What it took", ("step", "wall s", "CPU s", "x bare", "x bare CPU", "peak MB"),
         _steps(figures)),
        ("What it holds", ("", "MB", "x landed", "x unpacked", "bytes an event"),
         _volumes(figures)),
        ("The full build by stage, seconds", ("stage", *_sizes(figures)), _stages(figures)),
        (f"The {SLOWEST} slowest dbt nodes, seconds", ("node", *_sizes(figures)),
         _nodes(figures)),
        ("Aims, on two cores", ("aim", "found", "verdict"), _aims(figures)),
    ):  # fmt: skip
        print(f"\n{title}\n" + "\n".join(aligned([header, *rows])))


def _heading(figures: Figures) -> str:
    bare, chosen, least = figures.bare, figures.chosen, figures.least
    lines = [
        "",
        f"bench {chosen.size}, seed {SEED}: {bare.events:,} event rows in {bare.groups:,} "
        f"account days, {figures.landed / 1e6:,.0f} MB landed",
        f"{os.cpu_count()} cores, load {figures.load:.1f} at the start; {platform.system()}, "
        f"Python {platform.python_version()}, DuckDB {version('duckdb')}, "
        f"dbt {version('dbt-core')}, Dagster {version('dagster')}",
        "",
        f"The full build takes {_times(chosen.full.wall, bare.best.wall)} the bare pass "
        f"(CPU: {_times(chosen.full.cpu, bare.best.cpu)}).",
    ]
    if least is not chosen:
        without = chosen.full.wall - least.full.wall
        lines.append(
            f"It takes {_times(chosen.full.wall, least.full.wall)} the build of {least.size}, "
            "which is mostly fixed overhead; "
            f"without that, {_times(without, bare.best.wall)} the bare pass."
        )
    return "\n".join(lines)


def _times(one: float, other: float) -> str:
    return f"{one / other:.1f} times"


def _builds(figures: Figures) -> Sequence[Build]:
    both = (figures.least, figures.chosen)
    return both if figures.least is not figures.chosen else both[1:]


def _sizes(figures: Figures) -> Iterable[str]:
    return (build.size for build in reversed(_builds(figures)))


def _steps(figures: Figures) -> Iterable[Sequence[str]]:
    bare = figures.bare.best
    yield _step(bare, bare)
    for build in reversed(_builds(figures)):
        for one in (build.full, build.again, build.nothing_new, build.trained):
            yield _step(one, bare)


def _step(one: Measured, bare: Measured) -> Sequence[str]:
    return (
        one.step,
        f"{one.wall:.1f}",
        f"{one.cpu:.1f}",
        f"{one.wall / bare.wall:.1f}",
        f"{one.cpu / bare.cpu:.1f}",
        f"{one.peak / 1e6:,.0f}",
    )


def _volumes(figures: Figures) -> Iterable[Sequence[str]]:
    for name, size in (
        ("landing files, as they lie there", figures.landed),
        ("landing files, unpacked", figures.unpacked),
        ("warehouse", figures.chosen.warehouse),
        ("published", figures.chosen.published),
    ):
        yield (
            name,
            f"{size / 1e6:,.0f}",
            f"{size / figures.landed:.2f}",
            f"{size / figures.unpacked:.2f}",
            f"{size / figures.bare.events:,.0f}",
        )


def _stages(figures: Figures) -> Iterable[Sequence[str]]:
    builds = [build.stages for build in reversed(_builds(figures))]
    for name in builds[0]:
        yield name, *(f"{build.get(name, 0):.1f}" for build in builds)


def _nodes(figures: Figures) -> Iterable[Sequence[str]]:
    builds = [_seconds_by_node(build) for build in reversed(_builds(figures))]
    for node in figures.chosen.nodes[:SLOWEST]:
        name = f"{node.name} (test)" if node.is_test else node.name
        yield name, *(f"{build.get(node.name, 0):.1f}" for build in builds)
    count = len(figures.chosen.nodes)
    yield f"all {count}, on two threads", *(f"{sum(build.values()):.1f}" for build in builds)


def _seconds_by_node(build: Build) -> dict[str, float]:
    return {node.name: node.seconds for node in build.nodes}


def _aims(figures: Figures) -> Iterable[Sequence[str]]:
    for aim in judged(figures):
        yield aim.text, aim.found, VERDICTS[aim.is_met]


def aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    # Numbers stand right; what a column holds, its last cell shows.
    sides = [str.rjust if NUMBER.fullmatch(column[-1]) else str.ljust for column in columns]
    for row in rows:
        cells = (side(cell, w) for side, cell, w in zip(sides, row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()
