"""Reads the plans of the engine: which step tries pairs of rows, and how many of them.

The estimates are the engine's own and can be far off; a measured plan has the rows that there were.
What is not here: the bounds.
"""

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

# A join on an inequality for which DuckDB sorts both sides is none of them.
LOOPS = {"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN"}
PRODUCTS = {"CROSS_PRODUCT"}
# Of an aggregate without groups, whatever it reads, there is one row.
ONE_ROW = {"UNGROUPED_AGGREGATE", "DUMMY_SCAN"}
ADD_NO_ROWS = {
    "PROJECTION", "FILTER", "HASH_GROUP_BY", "PERFECT_HASH_GROUP_BY", "ORDER_BY", "TOP_N", "UNION",
}  # fmt: skip
# Rows of a table that has no more of them whatever the history.
FEW = 64


@dataclass(frozen=True)
class Step:
    """One operator of a plan, estimated or measured."""

    raw: dict[str, Any]

    @property
    def name(self) -> str:
        return self.raw.get("operator_name") or self.raw.get("name") or "EXPLAIN_ANALYZE"

    @cached_property
    def inputs(self) -> list["Step"]:
        return [Step(one) for one in self.raw.get("children", [])]

    @cached_property
    def rows(self) -> int:
        """Return the rows that came out, or in an estimate the rows that are expected."""
        for counted in ("intermediate_rows", "operator_cardinality"):  # DuckDB 2, and 1
            if counted in self.raw:
                return self.raw[counted]
        expected = self.raw.get("extra_info", {}).get("Estimated Cardinality")
        if expected is not None:
            return int(expected)
        if self.name in PRODUCTS:
            return self.pairs
        return max((one.rows for one in self.inputs), default=0)

    @property
    def pairs(self) -> int:
        """Return how many pairs of rows a join tries."""
        one, other = self.inputs
        return one.rows * other.rows

    @property
    def undivided(self) -> list[str]:
        """Return the window expressions that see all rows at once."""
        found = self.raw.get("extra_info", {}).get("Projections", [])
        windows = [found] if isinstance(found, str) else found
        return [window for window in windows if "PARTITION BY" not in window]

    def walked(self) -> Iterator["Step"]:
        """Go through this step and all below it."""
        yield self
        for one in self.inputs:
            yield from one.walked()


def estimated(connection: duckdb.DuckDBPyConnection, query: str) -> list[Step]:
    """Return the steps that the engine would take, without taking them."""
    (plan,) = json.loads(connection.execute(f"explain (format json) {query}").fetchall()[0][1])
    return list(Step(plan).walked())


def measured(connection: duckdb.DuckDBPyConnection, query: str) -> list[Step]:
    """Run a query and return the steps that it took."""
    asked = f"explain (analyze, format json) {query}"
    plan = json.loads(connection.execute(asked).fetchall()[0][1])
    (top,) = plan.get("operator", [plan])  # DuckDB 2 has it among other figures.
    return list(Step(top).walked())


def is_small(step: Step, sizes: Mapping[str, int]) -> bool:
    """Tell whether a step gives few rows whatever the history: a setting, a catalogue, a total."""
    if step.name in ONE_ROW:
        return True
    if step.name == "SEQ_SCAN":
        table = step.raw["extra_info"].get("Table", "").split(".")[-1]
        return table in sizes and sizes[table] <= FEW
    return step.name in ADD_NO_ROWS and all(is_small(one, sizes) for one in step.inputs)


def pair_by_pair(
    steps: list[Step], names: Set[str], bound: int, sizes: Mapping[str, int]
) -> list[Step]:
    """Return the joins that try more pairs than the bound, where neither side is small.

    Args:
        steps: of a plan, estimated or measured.
        names: the kinds of joins that are looked for.
        bound: pairs that may be tried.
        sizes: rows of each table.
    """
    return [
        step
        for step in steps
        if step.name in names
        and step.pairs > bound
        and not any(is_small(side, sizes) for side in step.inputs)
    ]


def undivided_windows(steps: list[Step], bound: int) -> list[Step]:
    """Return the windows over more rows than the bound which see all of them at once."""
    return [
        step
        for step in steps
        if step.name == "WINDOW" and step.undivided and step.inputs[0].rows > bound
    ]


def divided_windows(steps: list[Step], bound: int) -> list[Step]:
    """Return the windows over more rows than the bound, however they are divided.

    A window holds all its rows until the last has come, and a history multiplies them.
    """
    return [
        step
        for step in steps
        if step.name == "WINDOW" and not step.undivided and step.inputs[0].rows > bound
    ]
