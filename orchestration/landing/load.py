"""The way from landing files to raw tables, one transaction per batch of whole files.

Killed at any point it leaves nothing half loaded, and the next run goes on from there. What is
not here: how a format is read (``lines``, ``records``, ``parquet``) and typed (``statements``).
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.landing.adapted import Adapted, Adapting, nothing_adapted
from orchestration.landing.batches import make_batches
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import room_to_write
from orchestration.landing.files import (
    Limits,
    check_landing,
    find_files,
)
from orchestration.landing.hidden_names import (
    called,
    hidden_names,
    under_their_names,
    without_erased,
)
from orchestration.landing.known_since import book_gone_rows, remember_former_rows
from orchestration.landing.ledger import book_unread
from orchestration.landing.own_key import require_own_key
from orchestration.landing.parts import forget_parts
from orchestration.landing.plan import Reading, make_plan, read_books, reading_of
from orchestration.landing.quiet_files import quiet_files
from orchestration.landing.remarks import all_gone, is_unread
from orchestration.landing.strangers import names_of, unmatched
from orchestration.landing.tables import ensure_tables
from orchestration.landing.transactions import TableLoad, Transactions

Report = Callable[[str], None]
Connection = duckdb.DuckDBPyConnection
NO_WAIT = Limits()


def land(
    connection: Connection,
    tables: Sequence[SourceTable],
    landing: Path,
    loaded_at: datetime,
    report: Report,
    declared: Sequence[SourceTable] | None = None,
    limits: Limits = NO_WAIT,
    adapting: Adapting = nothing_adapted,
) -> list[TableLoad]:
    """Load what has landed and is not loaded yet.

    Args:
        connection: to the warehouse, its time zone UTC.
        tables: the source tables to load.
        landing: folder with the files, in <system>/<table>/.
        loaded_at: written on every row; a time without a zone counts as UTC.
        report: called with one line per thing an operator should know.
        declared: every table of the contract, where ``tables`` is only a part of it.
        limits: what a file may ask of the loader.
        adapting: makes landing files of folders that are none of the contract's.

    Raises:
        LandingError: the landing folder, a contract, a file system or a lost key forbids the load.
        WarehouseError: the disk is full.

    """
    check_landing(landing)
    moment = loaded_at.astimezone(UTC).replace(tzinfo=None) if loaded_at.tzinfo else loaded_at
    every_table = tables if declared is None else declared
    with room_to_write():
        forget_parts(connection)
        ensure_tables(connection, every_table)
        require_own_key(connection, moment)
        hidden = hidden_names(connection)
        without = without_erased(landing, hidden)
        said: list[str] = []

        def tell(text: str) -> None:
            said.append(without(text))
            report(said[-1])

        with adapting(connection, landing, every_table, tell, limits) as adapted:
            if strangers := unmatched(landing, every_table, adapted.folders):
                named = names_of([called(name, hidden) for name in strangers])
                tell(f"Not loaded, as no source table is declared for it: {named}")
            if lost := all_gone(connection, landing):
                tell(lost)
            book_unread(connection, filter(is_unread, said), moment)
            return [
                _land_table(connection, table, landing, adapted, moment, report, limits)
                for table in tables
            ]


def _land_table(
    connection: Connection,
    table: SourceTable,
    landing: Path,
    adapted: Adapted,
    loaded_at: datetime,
    report: Report,
    limits: Limits,
) -> TableLoad:
    started = time.perf_counter()
    done = TableLoad(table.system, table.name)
    transactions = Transactions(connection, table, loaded_at, done)
    found = find_files(landing, table, limits.unpack_ratio)
    hidden = hidden_names(connection)
    files, done.waiting = quiet_files(under_their_names(found, hidden), limits, report)
    # In the order of their names, wherever they lie.
    files = [*files, *under_their_names(adapted.files_of(table), hidden)]
    files.sort(key=lambda file: file.name)
    emptied = sorted(called(name, hidden) for name in adapted.emptied.get(table.folder, ()))
    tried: set[str] = set()
    unreadable: dict[Reading, str] = {}
    while True:
        plan = make_plan(table, files, read_books(connection, table), unreadable, emptied)
        new = [file for file in plan.load if file.name not in tried]
        moved = [replay.file.name for replay in plan.replays if replay.file.name in plan.replaced]
        if not new and not moved and not plan.emptied:
            break
        tried |= {file.name for file in new}
        if plan.replaced and not transactions.has_former_rows:
            remember_former_rows(connection, table, plan.replaced.values())
            transactions.has_former_rows = True
        transactions.plan = plan
        readable = []
        for file in new:
            if refusal := file.refusal or unreadable.get(reading_of(file)):
                transactions.refuse(file, refusal)
            else:
                readable.append(file)
        for batch in make_batches(connection, table, readable, transactions.refuse):
            transactions.load(batch)
        # Under another ending the same bytes may be what they say.
        unreadable |= {
            reading_of(file): done.refused[file.name]
            for file in readable
            if file.name in done.refused
        }
        transactions.take_back([*moved, *plan.emptied])
    transactions.replay(plan, emptied)
    if transactions.has_former_rows:
        book_gone_rows(connection, table, loaded_at)
    done.seconds = time.perf_counter() - started
    _say(done, table, report)
    return done


def _say(done: TableLoad, table: SourceTable, report: Report) -> None:
    for name, reason in sorted(done.refused.items()):
        report(f"Refused {name}: {reason}. Nothing of it was loaded: put it right and run again.")
    for name, reason in sorted(done.waiting.items()):
        report(f"Not loaded yet: {name} waits for the next run, as {reason}.")
    for name in done.replaced:
        report(f"Replaced what {name} had brought before, as its content has changed.")
    for name in done.replayed:
        report(f"Not loaded again: the content of {name} was loaded under another name.")
    if done.rows_quarantined:
        report(
            f"{table.folder}: {done.rows_quarantined} of {done.lines_read} lines went to "
            "quarantine; raw.quarantine says which and why."
        )
