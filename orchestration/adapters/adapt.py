"""Makes landing files of our contract out of what lies in the folders of vendors.

They are Parquet files beside the warehouse, in no landing folder, and are gone when the load is
done: what was made of which file stands in ``raw.adapted_files``, so only what changed is made
again. A file bears the vendor's name and its rows the vendor's lines. What is not here: what the
rows are, which the SQL of an adapter says.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.adapters.definition import Write
from orchestration.adapters.folder_remarks import left_behind, remarks_of, taken_away
from orchestration.adapters.folders import strangers_of
from orchestration.adapters.half_synced import complete_files
from orchestration.adapters.macros import macros
from orchestration.adapters.made import Key, Made, made_before, remember
from orchestration.adapters.mapping import recognition_of
from orchestration.adapters.own_place import own_place
from orchestration.adapters.recognition import Recognition
from orchestration.adapters.writing import VendorFolder
from orchestration.landing import load
from orchestration.landing.adapted import Adapted, Report
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import Refusal, refusal_of_duckdb
from orchestration.landing.files import LandingFile, Limits, hashed
from orchestration.landing.load import NO_WAIT
from orchestration.landing.quiet_files import quiet_files
from orchestration.landing.remarks import IN_BOOKS
from orchestration.landing.transactions import TableLoad

Connection = duckdb.DuckDBPyConnection


@dataclass
class Making(Adapted):
    """Landing files made of vendors' files, with what is to be remembered once they are loaded."""

    made: list[Made] = field(default_factory=list)

    def add(self, other: "Making") -> None:
        """Take over what was made of another folder."""
        self.made += other.made
        for table, files in other.files.items():
            self.files.setdefault(table, []).extend(files)
        for table, names in other.emptied.items():
            self.emptied.setdefault(table, set()).update(names)


def land(
    connection: Connection,
    tables: Sequence[SourceTable],
    landing: Path,
    loaded_at: datetime,
    report: Report,
    declared: Sequence[SourceTable] | None = None,
    limits: Limits = NO_WAIT,
) -> list[TableLoad]:
    """Load what has landed and is not loaded yet, vendors' exports included.

    It is ``landing.load.land`` that is handed the adapters.
    """
    return load.land(
        connection, tables, landing, loaded_at, report, declared, limits, adapted_files
    )


@contextmanager
def adapted_files(
    connection: Connection,
    landing: Path,
    declared: Sequence[SourceTable],
    report: Report,
    limits: Limits,
) -> Iterator[Adapted]:
    """Make what the vendors' folders give; it is remembered if all of it is loaded.

    Args:
        connection: to the warehouse.
        landing: folder in which the vendors' folders lie.
        declared: every table of our contract.
        report: called with one line per thing an operator should know.
        limits: what a file may ask of the loader.

    Raises:
        LandingError: DuckDB cannot go on.

    """
    adapted = Making()
    names = strangers_of(landing, {table.system for table in declared})
    recognised = [recognition_of(landing, name, declared) for name in names]
    for recognition in recognised:
        if recognition.problem:
            report(f"Not read: the folder {recognition.folder.name}, as {recognition.problem}.")
    read = [recognition for recognition in recognised if recognition.adapter]
    with own_place(connection) as place:
        if not read:
            yield adapted
            return
        connection.execute(macros())
        known = {table.folder for table in declared}
        tellers = _tellers(landing, known, read)
        before = made_before(connection)
        for number, recognition in enumerate(read):
            into = place / str(number)
            into.mkdir()
            adapted.folders.add(recognition.folder.name)
            adapted.add(
                _adapt(connection, recognition, known, tellers, before, into, report, limits)
            )
        yield adapted
        remember(connection, adapted.made)


def _adapt(
    connection: Connection,
    recognition: Recognition,
    known: set[str],
    told_elsewhere: Mapping[str, set[str]],
    before: Mapping[Key, Made],
    into: Path,
    report: Report,
    limits: Limits,
) -> Making:
    adapter, folder = recognition.adapter, recognition.folder
    for text in remarks_of(recognition):
        report(text)
    tables, waiting = complete_files(folder, recognition.tables)
    for text in waiting:
        report(text)
    files = {name: _quiet(found, limits, report) for name, found in tables.items()}
    writes = [
        write
        for write in adapter.writes
        if write.landing_table in known
        and not (write.only_if_alone and told_elsewhere[write.landing_table] - {folder.name})
    ]
    for text in (*left_behind(files, writes, before), *taken_away(recognition, files, before)):
        report(text)
    vendor = VendorFolder(connection, adapter, folder.name, writes, files, into)
    try:
        return _made_by(vendor, folder.name, before, report)
    except Refusal as refusal:
        return _refused(vendor, str(refusal), report)
    except duckdb.Error as error:
        names = [file.name for found in files.values() for file in found]
        return _refused(vendor, str(refusal_of_duckdb(error, names, "parquet")), report)
    finally:
        vendor.forget()


def _refused(vendor: VendorFolder, reason: str, report: Report) -> Making:
    """Refuse the files of a folder, so that the books name them; all else goes on."""
    report(f"Not read: the folder {vendor.name}, as {reason}. {IN_BOOKS}")
    adapted = Making()
    for name, files in vendor.files.items():
        write = next((w for w in vendor.writes if name in w.reads), None)
        if write is not None:
            refused = (replace(file, refusal=file.refusal or reason) for file in files)
            adapted.files.setdefault(write.landing_table, []).extend(refused)
    return adapted


def _made_by(
    vendor: VendorFolder, folder: str, before: Mapping[Key, Made], report: Report
) -> Making:
    adapted, writes, files = Making(), vendor.writes, vendor.files
    for together in _with_one_driver(write for write in writes if write.driver in files):
        for write, made, found in vendor.write(together, before):
            adapted.made += made
            adapted.files.setdefault(write.landing_table, []).extend(found)
            emptied = {one.file for one in made if one.is_emptied(before)}
            adapted.emptied.setdefault(write.landing_table, set()).update(emptied)
    for name, count in vendor.left_out():
        report(
            f"Left out: of {folder}/{name} {count} line{'s' * (count != 1)} of a former state "
            "(_fivetran_active is no), of a test mode (livemode is no) or of another business that "
            "is connected to yours (connected_account_id)."
        )
    for name, count in vendor.older():
        report(
            f"Left out: of {folder}/{name} {count} line{'s' * (count != 1)} below a newer one of "
            "the same id (by _airbyte_extracted_at): the table was written in another order."
        )
    for name, count in vendor.named_twice():
        report(
            f"Read: of {folder}/{name} {count} line{'s' * (count != 1)} with a key twice in one "
            "object; the last value was taken."
        )
    _tell_rest(vendor, adapted, writes)
    return adapted


def _with_one_driver(writes: Iterable[Write]) -> Iterable[Sequence[Write]]:
    groups: dict[tuple[str, bool], list[Write]] = {}
    for write in writes:
        groups.setdefault((write.driver, write.one_by_one), []).append(write)
    return groups.values()


def _tellers(
    landing: Path, known: Collection[str], read: Sequence[Recognition]
) -> Mapping[str, set[str]]:
    """Say which folders bring each landing table."""
    tellers = {name: {name} if any((landing / name).glob("*")) else set() for name in known}
    for recognition in read:
        for write in recognition.adapter.writes:
            is_told = write.driver in recognition.tables and write.landing_table in tellers
            if is_told and not write.only_if_alone:
                tellers[write.landing_table].add(recognition.folder.name)
    return tellers


def _tell_rest(vendor: VendorFolder, adapted: Making, writes: Sequence[Write]) -> None:
    """Hand refused files to a table that reads them, so that its books name them."""
    for name, file in vendor.refused():
        write = next((w for w in writes if name in w.reads), None)
        if write is not None:
            found = adapted.files.setdefault(write.landing_table, [])
            found[:] = [other for other in found if other.name != file.name]
            found.append(file)


def _quiet(files: Sequence[LandingFile], limits: Limits, report: Report) -> list[LandingFile]:
    known = [hashed(file, limits.unpack_ratio) for file in files]
    quiet, waiting = quiet_files(known, limits, report)
    for name, reason in sorted(waiting.items()):
        report(f"Not loaded yet: {name} waits for the next run, as {reason}.")
    return quiet
