"""Which stages of a run and which dbt nodes took the time, as their own logs say."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measured import Measured

# A line of the run such as `built  96 tables  2,234,210 rows  50.8 s`.
STAGE = re.compile(r"^(\w+)\s.*\s([\d.]+) s$", re.MULTILINE)
# A line of dbt such as `27 of 44 OK created sql table model reports.rpt_x ... [OK in 0.27s]`.
NODE = re.compile(r"\d+ of \d+ ([A-Z].*?) \.*\s*\[(?!RUN).* in ([\d.]+)s\]$", re.MULTILINE)
REST = "start and all else"


@dataclass(frozen=True)
class Node:
    """What dbt took for one node."""

    name: str
    is_test: bool
    seconds: float


def stages(run: Measured) -> dict[str, float]:
    """Return the seconds of each stage in the order of the run, and of what is in none."""
    seconds: Counter[str] = Counter()
    for name, text in STAGE.findall(run.said):
        seconds[name] += float(text)
    return {**seconds, REST: max(0.0, run.wall - seconds.total())}


def nodes(dbt_log: Path) -> list[Node]:
    """Return what dbt took for each node, the slowest first."""
    found = [
        Node(words.split()[-1], not words.startswith("OK "), float(seconds))
        for words, seconds in NODE.findall(dbt_log.read_text())
    ]
    return sorted(found, key=lambda node: -node.seconds)
