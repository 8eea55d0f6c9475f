"""Which suites there are, and which gate each belongs to.

Read from the names of the modules, so that listing them does not import Great Expectations.
What is not here: what a suite expects.
"""

from dataclasses import dataclass
from pathlib import Path

SUITES = Path(__file__).parent / "suites"
GATES = ("raw", "marts", "reports")
# By the prefix of a model, as everywhere.
SCHEMAS = {"int": "intermediate", "dim": "marts", "fct": "marts", "rpt": "reports"}


@dataclass(frozen=True)
class Suite:
    """A suite and the table it is about."""

    module: str
    gate: str
    table: str


def declared_suites(gate: str) -> list[Suite]:
    """Return the suites of a gate, sorted by name."""
    stems = sorted(path.stem for path in SUITES.glob("[!_]*.py"))
    return [suite for suite in map(_suite, stems) if suite.gate == gate]


def _suite(stem: str) -> Suite:
    if stem.startswith("raw_"):
        return Suite(stem, "raw", f"raw.{stem.removeprefix('raw_')}")
    schema = SCHEMAS[stem.split("_")[0]]
    return Suite(stem, "reports" if schema == "reports" else "marts", f"{schema}.{stem}")
