"""The book of what stands between the data and people: a whole build, and every gate after it.

``raw.passed_steps`` holds the steps that are passed. Each strikes out what rests on it when it
begins, so nothing is delivered from half a build or past a gate, whoever starts the delivery. What
is not here: what a gate looks at.
"""

import duckdb

from expectations.catalogue import GATES
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse, WarehouseError

BUILD = "build"
# In the order in which they are passed; a step that begins strikes out itself and those after it.
STEPS = ("landing", "gate_raw", BUILD, "gate_marts", "gate_reports")
WORDS = {
    "landing": "the last landing did not end well",
    BUILD: "the last build was of some models only, or did not end well",
}


class NotDeliverable(RuntimeError):
    """Something may not be delivered. The text says what has not passed, and what to do."""


class NothingBuilt(NotDeliverable, WarehouseError):
    """There is no warehouse, so nothing can be delivered from it."""


def begin_step(connection: duckdb.DuckDBPyConnection, step: str) -> None:
    """Note that a step, and all that rests on it, is not passed any more."""
    _make_book(connection)
    rest = STEPS[STEPS.index(step) :]
    # A gate takes nothing from another one beside it.
    struck = [step] if step.startswith("gate_") else list(rest)
    connection.execute("delete from raw.passed_steps where list_contains(?, step)", [struck])


def pass_step(connection: duckdb.DuckDBPyConnection, step: str) -> None:
    """Note that a step is passed."""
    _make_book(connection)
    connection.execute(
        "insert into raw.passed_steps select ? where ? not in (select step from raw.passed_steps)",
        [step, step],
    )


def note_step(settings: WarehouseSettings, step: str, is_passed: bool) -> None:
    """Note that a step begins, or that it is passed."""
    with Warehouse.of(settings).writing() as connection:
        (pass_step if is_passed else begin_step)(connection, step)


def require_deliverable(settings: WarehouseSettings, what: str) -> None:
    """Make sure that a whole build and every gate since then are passed.

    Raises:
        NotDeliverable: one is not; the text names it.
    """
    if not settings.warehouse.exists():
        raise NothingBuilt(
            f"{what} was not delivered: nothing is built, as {settings.warehouse} is not there. "
            "Run make run."
        )
    with Warehouse.of(settings).writing() as connection:
        _make_book(connection)
        passed = {step for (step,) in connection.execute("from raw.passed_steps").fetchall()}
    if missing := [step for step in STEPS if step not in passed]:
        why = "; ".join(WORDS.get(step, f"{step} has not passed since then") for step in missing)
        raise NotDeliverable(
            f"{what} was not delivered: {why}. Expected a whole build and its gates "
            f"({', '.join(f'gate_{gate}' for gate in GATES)}) to have passed. Run make run, or the "
            "job daily, which does both before it delivers."
        )


def _make_book(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists raw")
    connection.execute("create table if not exists raw.passed_steps (step varchar)")
