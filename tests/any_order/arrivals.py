"""How a company's rows might have arrived: in several batches, late, twice, revised, out of order.

The rows come from a warehouse that is built. Each batch ends with a day; a row lands in the
batch of its own day or, now and then, in a later one. Things that live long land as they were
known at the end of the batch, and again when more is known.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.landing.contract import SourceTable

# What a revision says once more is known of a thing: its columns beside the times.
REVISED = {
    "crm/accounts": {
        "industry": "'Fishing'",
        "updated_at": "$end::timestamp",
        "valid_from": "if(valid_from is null, null, $end::timestamp)",
    },
    "support/tickets": {"priority": "'urgent'", "updated_at": "$end::timestamp"},
}
REVISED_SHARE, LATE_SHARE, TWICE_SHARE = 0.02, 0.03, 0.02
DAYS_LATE = 8


@dataclass(frozen=True)
class Arrivals:
    """One way in which the rows arrive.

    Attributes:
        ends: last day of each batch, in order.
        seed: of what is late, repeated, revised and shuffled.
    """

    ends: Sequence[date]
    seed: int


def write_batches(
    built: Path, tables: Sequence[SourceTable], arrivals: Arrivals, folder: Path
) -> Iterator[Path]:
    """Write one landing folder after the other, each to be added to those before it."""
    with duckdb.connect(str(built), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for number in range(len(arrivals.ends)):
            batch = folder / f"batch-{number}"
            for table in tables:
                _write(connection, table, arrivals, number, batch)
            _replay(folder, batch, number, arrivals)
            yield batch


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    arrivals: Arrivals,
    number: int,
    batch: Path,
) -> None:
    times = [c.name for c in table.columns if c.data_type in ("timestamp", "date")]
    own = own_time(table) or "null::date"
    last = number == len(arrivals.ends) - 1
    chance = f"(hash({_identity(table)}, {arrivals.seed}) % 10000) / 10000.0"
    end, before = arrivals.ends[number], arrivals.ends[number - 1] if number else date(1, 1, 1)
    # A batch knows nothing of what comes after it.
    known = ", ".join(_known(table, column.name, times, last) for column in table.columns)
    arrives = f"coalesce(({own})::date <= $end, true)"
    is_new = f"coalesce(({own})::date > $before, {number == 0})"
    # Only what is young is late or comes twice, so that a build need not begin at the beginning.
    chosen_late = f"{own} is not null and {chance} < {LATE_SHARE}"
    is_late = f"({chosen_late} and ({own})::date > $end - {DAYS_LATE} and not {str(last).lower()})"
    was_late = f"({chosen_late} and ({own})::date > $before - {DAYS_LATE} and {number} > 0)"
    twice = f"({chance} > {1 - TWICE_SHARE} and ({own})::date > $before - {DAYS_LATE})"
    learned = " or ".join(
        f"({name}::date > $before and {name}::date <= $end)" for name in times if name != own
    )
    may_be_revised = table.folder in REVISED and number > 0
    young = f"and ({own})::date > $before - {DAYS_LATE}" if table.folder != "crm/accounts" else ""
    revised = f"({chance} between 0.5 and {0.5 + REVISED_SHARE} {young})"
    revised = revised if may_be_revised else "false"
    wanted = f"({is_new} and not {is_late}) or {was_late} or {twice} or {revised}"
    wanted += f" or ({learned})" if learned and lives_long(table) else ""
    changes = REVISED.get(table.folder, {}) if may_be_revised else {}
    replaced = ", ".join(
        f"case when {revised} and created_at::date <= $before then {value} "
        f"else known.{name} end as {name}"
        for name, value in changes.items()
    )
    chosen = f"select known.* replace ({replaced}) from known" if replaced else "from known"
    parameters = {"end": end, "before": before}
    path = batch / table.folder / f"{number}-{table.name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    query = (
        f"with known as (select {known} from raw.{table.identifier} as raw "
        f"where {arrives} and ({wanted})) {chosen}"
    )
    # The order of lines is drawn, too; copies of a line lie in one file now and then.
    rows = connection.execute(
        f"select to_json(line) from ({query}) as line "
        f"order by hash(to_json(line), {arrivals.seed})",
        {name: value for name, value in parameters.items() if f"${name}" in query},
    ).fetchall()
    drawn = random.Random(f"{arrivals.seed}/{number}/{table.folder}")
    lines = [row[0] for row in rows]
    lines += [drawn.choice(lines) for _ in range(len(lines) // 200)]
    if lines:
        path.write_text("\n".join(lines) + "\n")


def own_time(table: SourceTable) -> str | None:
    names = {column.name for column in table.columns}
    for name in (
        *("event_ts", "occurred_at", "measured_at", "attempted_at", "event_at", "sent_at"),
        *("responded_at", "set_at", "rate_date", "date", "from_ts", "started_at", "created_at"),
        *("valid_from", "ts", "requested_at", "released_at", "from"),
    ):
        if name in names:
            return f'"{name}"'
    return None


def _identity(table: SourceTable) -> str:
    return ", ".join(f'"{name}"' for name in table.identity)


def lives_long(table: SourceTable) -> bool:
    return table.folder in {
        *("crm/users", "crm/account_users", "billing/subscriptions", "support/tickets"),
        *("billing/subscription_items", "status/incidents", "status/incident_components"),
        *("status/account_components", "crm/interventions"),
    }


def _known(table: SourceTable, name: str, times: Sequence[str], last: bool) -> str:
    quoted = f'"{name}"'
    column = next(column for column in table.columns if column.name == name)
    if name in times and not column.required and not last and lives_long(table):
        return f"case when {quoted}::date <= $end then {quoted} end as {quoted}"
    return quoted


def _replay(folder: Path, batch: Path, number: int, arrivals: Arrivals) -> None:
    """Deliver a file of an earlier batch again under another name."""
    if not number:
        return
    earlier = sorted(folder.glob("batch-0/*/*/*.jsonl"))
    again = random.Random(f"{arrivals.seed}/{number}").choice(earlier)
    target = batch / again.relative_to(folder / "batch-0").parent / f"again-{number}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(again.read_bytes())
