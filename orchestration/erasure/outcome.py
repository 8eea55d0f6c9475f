"""What an erasure did, in lines for the operator; no line names anybody.

What is not here: the figures, which each step counts for itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from orchestration.erasure.persons import Requests


@dataclass(frozen=True)
class Outcome:
    """What an erasure did.

    Attributes:
        persons: numbers of persons that were erased, those found by an address included.
        rows: by source table, how many rows carried them; none that carried nobody.
        lines: refused lines whose text is gone.
        files: landing files that hold them.
        undeclared: by column that is not declared personal, how many texts showed them.
        traces: how many logs, reports and entries of Dagster named them and are removed, and
            warehouses that were moved aside and still hold them.
    """

    persons: int
    rows: Mapping[str, int]
    lines: int
    files: Sequence[str]
    undeclared: Mapping[str, int] = field(default_factory=dict)
    traces: tuple[int, Sequence[Path]] = (0, ())


def describe_requests(requests: Requests, as_of: date) -> Iterator[str]:
    """Say how many requests are open, and which of them nothing can be done about."""
    if not requests.open:
        yield "No erasure request is open. Nothing was erased."
        return
    yield f"Open erasure requests: {requests.open}; overdue on {as_of}: {requests.overdue}."
    if requests.unknown:
        yield (
            f"Requests that stay open: {requests.unknown}, as no member of their account was known "
            "when they were made. Let crm/account_users land, or a request for each person."
        )


def describe_outcome(outcome: Outcome, landing: Path) -> Iterator[str]:
    """Say what was erased, and what is left to the operator."""
    yield f"Erased persons: {outcome.persons}, found in"
    for name, count in outcome.rows.items():
        yield f"  {name:<28} {count:>9,} rows"
    yield f"  {'quarantine':<28} {outcome.lines:>9,} lines"
    for name, count in outcome.undeclared.items():
        yield f"  {name:<28} {count:>9,} texts of a column that is not declared personal"
    removed, aside = outcome.traces
    if removed:
        yield f"Removed {removed} logs, reports and entries of Dagster's record that named them."
    if aside:
        yield f"Delete these, which were moved aside and hold them: {', '.join(map(str, aside))}"
    if not outcome.files:
        return
    yield (
        f"The files that landed are not changed. Delete these below {landing}, and their persons "
        "at the systems that write them; landed again into a new warehouse they bring the persons "
        "back until make erase has run again:"
    )
    yield from (f"  {name}" for name in outcome.files)
