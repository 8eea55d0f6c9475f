"""The one way into DuckDB: short connections, in UTC, closed after use.

DuckDB lets one process write; while it does, nobody else can open the file. So whoever needs the
warehouse opens it here, does one thing and closes it. People and BI tools never open this file:
they read what ``assets/published.py`` puts out.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.process.private_files import keep_files_private
from orchestration.settings.parts import WarehouseSettings
from orchestration.settings.pseudonym_key import SET_KEY, read_pseudonym_key
from orchestration.warehouse.untold_values import without_values

# How DuckDB says that another process has the file; "block" is a word of damaged ones.
LOCKED = re.compile(r"could not set lock|conflicting lock", re.IGNORECASE)
DAMAGED = re.compile(
    r"not a valid duckdb database|corrupt|checksum|failed to load metadata pointer"
    r"|could not read enough bytes|database has been invalidated because of a previous fatal",
    re.IGNORECASE,
)


class WarehouseError(RuntimeError):
    """The warehouse file cannot be used. The text says why and what to do."""


class LockedWarehouse(WarehouseError):
    """Another process has the file open."""


class DamagedWarehouse(WarehouseError):
    """What the file holds is no database any more."""


def is_locked(error: BaseException) -> bool:
    """Tell whether DuckDB failed because another process has the file."""
    return LOCKED.search(str(error)) is not None


def is_damage(error: duckdb.Error) -> bool:
    """Tell whether DuckDB failed because of what the file holds."""
    kinds = (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException)
    # DuckDB 2 has no kind for a block whose checksum is wrong.
    is_kind = isinstance(error, kinds) or type(error) is duckdb.Error
    return is_kind and DAMAGED.search(str(error)) is not None


@dataclass(frozen=True)
class Warehouse:
    """The working database file.

    Attributes:
        path: the DuckDB file; made with its folder when missing.
        memory_limit: above this DuckDB spills to disk beside the file.
        pseudonym_key_file: file with the key that a session carries; None for the demonstration's.
    """

    path: Path
    memory_limit: str = "2500MB"
    pseudonym_key_file: Path | None = None

    @classmethod
    def of(cls, settings: WarehouseSettings) -> "Warehouse":
        """Return the working file as the settings have it."""
        return cls(settings.warehouse, settings.memory_limit, settings.pseudonym_key_file)

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the file for reading and writing.

        Raises:
            WarehouseError: another process holds the file, it is damaged, or it may not be opened.
        """
        keep_files_private()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._open()
        try:
            yield connection
        except duckdb.Error as error:
            if is_damage(error):
                raise damaged(self.path, type(error).__name__) from error
            if (untold := without_values(error)) is not error:
                raise untold from None
            raise
        finally:
            with suppress(duckdb.Error):
                connection.close()

    # Two configurations of one file cannot be open in one process, so readers open it alike.
    reading = writing

    def _open(self) -> duckdb.DuckDBPyConnection:
        key = read_pseudonym_key(self.pseudonym_key_file)
        try:
            connection = duckdb.connect(str(self.path))
        except duckdb.Error as error:
            if is_locked(error):
                raise LockedWarehouse(
                    f"{self.path} is held by another process, so nothing was changed. "
                    f"Close it there (a BI tool should open the published copy instead) "
                    f"and run again. DuckDB says: {error}"
                ) from error
            if reason := _why_closed(self.path):
                raise WarehouseError(
                    f"{self.path} cannot be opened: {reason}. Expected a file that whoever runs "
                    "this may read and write, in a folder to write to. Give that right, or set "
                    "WAREHOUSE to another place."
                ) from error
            if "newer version" in str(error):
                raise WarehouseError(
                    f"{self.path} was written by a newer DuckDB than {duckdb.__version__}, which "
                    "cannot read it. Install the packages of constraints.txt, and run again."
                ) from error
            if isinstance(error, duckdb.ConnectionException):
                raise WarehouseError(
                    f"{self.path} is still open in this process with other settings, so nothing "
                    f"was changed. Run again; the file is as it was. DuckDB says: {error}"
                ) from error
            raise damaged(self.path, type(error).__name__) from error
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{self.memory_limit}'")
        # Rows of a table have no order; keeping one costs memory and a thread.
        connection.execute("set preserve_insertion_order = false")
        connection.execute(SET_KEY, [key])
        return connection


def damaged(path: Path, why: str) -> DamagedWarehouse:
    """Return the error that says that the file is damaged, and how it is made anew."""
    return DamagedWarehouse(
        f"{path} is damaged: DuckDB cannot read it ({why}). Nothing was changed, and what is "
        "published stays. All of it can be made again from the landing files: make rebuild moves "
        "the file aside, lands everything anew and publishes it."
    )


def _why_closed(path: Path) -> str | None:
    """Return why the operating system does not let the file be used, if it does not."""
    try:
        if path.is_dir():
            return "it is a folder"
        with path.open("r+b" if path.exists() else "ab"):
            pass
    except OSError as error:
        return error.strerror
    return None if os.access(path.parent, os.W_OK) else "its folder cannot be written to"
