"""The erase command, ``python -m orchestration.commands.erase``: whoever asked to be forgotten is.

It lands what has arrived, writes raw without the persons into a new warehouse file, and has the
daily run build and publish everything from it. What is not here: how persons are found and what
stands in their place, which ``erasure`` knows.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb

from orchestration.adapters.adapt import land
from orchestration.commands.run import leave, run, run_command
from orchestration.dbt_runner.manifest import prepare_manifest, reporting_zone
from orchestration.erasure.bytes_search import marks_as_pattern, unread_files_with
from orchestration.erasure.fresh_file import (
    ErasureError,
    clear_traces,
    write_fresh_file,
)
from orchestration.erasure.marks import draw_secret, write_patterns
from orchestration.erasure.outcome import Outcome, describe_outcome, describe_requests
from orchestration.erasure.persons import collect_marks, collect_requests
from orchestration.erasure.rows import count_lines, files_with, find_carriers
from orchestration.erasure.traces import remove_traces
from orchestration.landing.contract import SourceTable, declared_tables
from orchestration.landing.errors import is_disk_full
from orchestration.landing.files import Limits
from orchestration.landing.parameters import resolve_as_of
from orchestration.landing.remarks import remarks
from orchestration.process.log_capture import captured_logs
from orchestration.publication.places import listing_of
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.connection import Warehouse, WarehouseError
from orchestration.warehouse.run_lock import begin_run, end_run

LOG = logging.getLogger(__name__)
Say = Callable[[str], None]


def main(arguments: list[str]) -> int:
    """Erase and publish; return 0, or 1 where a step of it could not be done."""
    if arguments:
        print("usage: make erase", file=sys.stderr)
        return 2
    return run_command(
        lambda settings, _: erase_and_publish(settings),
        "erase",
        ErasureError,
        stopped="Stopped. Either nobody is erased or all of them are; run again to go on.",
    )


def erase_and_publish(settings: Settings) -> int:
    """Erase whoever asked for it and publish without them; return the exit code of the run.

    Raises:
        WarehouseError: another run is at work, or the disk is full.
        LandingError: what has landed cannot be loaded.
        ErasureError: the new file is not what it should be.
        ProjectError: dbt cannot read its project.
        KeyboardInterrupt: somebody stopped it.
    """
    say = partial(print, file=sys.stdout, flush=True)
    begin_run(settings.warehouse)
    try:
        with captured_logs(settings.logs, settings.runs_kept):
            erase(settings, say)
        if not is_publication_older(settings):
            return 0
        exit_code = run(settings, "daily")
    finally:
        end_run(settings.warehouse)
    if exit_code and is_publication_older(settings):
        say(
            "The warehouse does not hold the persons any more, but what was published before "
            f"stays in {settings.published} and may. Mend the cause and run make run."
        )
    return exit_code


def is_publication_older(settings: Settings) -> bool:
    """Tell whether what is published was made before the last erasure.

    It is where that was stopped halfway, too, and then no request is open any more.
    """
    if not listing_of(settings).exists():
        return False
    with Warehouse.of(settings).reading() as connection:
        return connection.table("raw.last_publication").count("*").fetchall()[0][0] == 0


def erase(settings: Settings, say: Say) -> None:
    """Put a file without the persons of all open requests in the place of the warehouse.

    Where no request is open the warehouse is not changed, but for files that had not landed yet.

    Raises:
        WarehouseError: another process holds the file, or the disk is full.
        LandingError: what has landed cannot be loaded.
        ErasureError: the new file is not what it should be; the warehouse stays as it was.
    """
    say(f"erase: {settings.warehouse}")
    tables = declared_tables(prepare_manifest(settings))
    moment = datetime.now(UTC)
    zone = reporting_zone(settings)
    today = moment.astimezone(zone).date()
    with ExitStack() as files:
        with Warehouse.of(settings).writing() as connection:
            # A request in the landing folder was made, whether a run has seen it or not.
            loads = land(
                *(connection, tables, settings.landing, moment, LOG.info),
                limits=Limits(settings.quiet_seconds, settings.unpack_ratio),
            )
            for text in remarks(loads, absent=()):
                say(text)
            as_of = resolve_as_of(
                connection, settings.as_of, today, zone.key, settings.known_on
            ).day
            requests = collect_requests(connection, as_of)
            for text in describe_requests(requests, as_of):
                say(text)
            if requests.open == requests.unknown:
                return
            fresh = files.enter_context(write_atomically(settings.warehouse))
            outcome = _write_without(connection, tables, fresh, settings.landing)
            pattern = marks_as_pattern(connection)
        # Only a closed file can be replaced: DuckDB writes into it until then.
        clear_traces(settings.warehouse)
        # Before it is, as nobody knows the marks any more once the requests are fulfilled.
        if pattern is not None:
            outcome = replace(outcome, traces=remove_traces(settings, pattern))
    for text in describe_outcome(outcome, settings.landing):
        say(text)


def _write_without(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[SourceTable],
    fresh: Path,
    landing: Path,
) -> Outcome:
    try:
        return _written_without(connection, tables, fresh, landing)
    except duckdb.Error as error:
        if not is_disk_full(error):
            raise
        raise WarehouseError(
            f"The disk under {fresh.parent} is full, so nobody was erased and the warehouse is as "
            "it was. An erasure needs room for a second copy of raw: free some space and run make "
            f"erase again. DuckDB says: {error}"
        ) from error


def _written_without(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[SourceTable],
    fresh: Path,
    landing: Path,
) -> Outcome:
    draw_secret(connection)
    collect_marks(connection, tables)
    patterns = write_patterns(connection)
    carriers = [find_carriers(connection, table, patterns) for table in tables]
    pattern = marks_as_pattern(connection)
    unread = [] if pattern is None else unread_files_with(connection, landing, pattern)
    write_fresh_file(connection, fresh, carriers, patterns, unread)
    (persons,) = connection.execute(
        "select count(*) from erased_marks where kind = 'person'"
    ).fetchone()
    return Outcome(
        persons,
        {found.table.folder: found.count for found in carriers if found.count},
        count_lines(connection, patterns),
        sorted({*files_with(connection, carriers, patterns), *unread}),
        {
            f"{found.table.folder} {name}": rows
            for found in carriers
            for name, rows in found.undeclared.items()
        },
    )


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
