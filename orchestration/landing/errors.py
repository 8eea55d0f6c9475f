"""What can go wrong between a landing file and its raw table.

A ``Refusal`` concerns one file and ends as a row of ``raw.loads``; everything else stops the
load. What does not go here: a bad line, which is a row of ``raw.quarantine`` and no error.
"""

import errno
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow

from orchestration.warehouse.connection import WarehouseError

# What libraries raise at a content that they cannot make sense of. A fault of this program, a
# machine at its limits or somebody's wish to stop is none of it.
ABOUT_THE_CONTENT = (
    UnicodeError,
    EOFError,
    zlib.error,
    pyarrow.ArrowInvalid,
    pyarrow.ArrowKeyError,
    pyarrow.ArrowTypeError,
    pyarrow.ArrowIndexError,
    pyarrow.ArrowNotImplementedError,
    pyarrow.ArrowSerializationError,
    pyarrow.ArrowCapacityError,
)
# The machine has no room or no handles left: no other file would be read either.
ABOUT_THE_MACHINE = (errno.ENOSPC, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EDQUOT)
NOT_THE_FAULT_OF_A_FILE = (
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.InterruptException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
)
# What only a wrong statement brings about; over text files every statement is the loader's own.
FAULT_OF_A_STATEMENT = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.SyntaxException,
)
SIGNS_OF_A_FULL_DISK = ("no space left", "disk full", "max_temp_directory_size", "enospc")


class LandingError(RuntimeError):
    """The landing files cannot be loaded. The text says what, where, and what to do."""


class ContractError(LandingError):
    """The entry of a source table in the dbt sources YAML cannot be used."""


class MissingSource(LandingError):
    """A source without which nothing can be computed has never been loaded."""


class AsOfError(LandingError):
    """The requested day lies outside the loaded events."""


class Refusal(Exception):
    """One file cannot be read as a whole. The text is the reason an operator sees."""


def unreadable(error: OSError) -> str:
    """Say why the operating system does not let a file be read.

    Raises:
        OSError: the reason lies in the machine and not in the file.

    """
    if error.errno in ABOUT_THE_MACHINE:
        raise error
    return f"cannot be read: {error.strerror or 'damaged inside'}"


def refusal_of(error: Exception, name: str, line: int) -> Refusal:
    """Turn what happened while a file was read into the refusal of that file.

    The text tells nothing of the content, as it may be a person's, and neither does the error that
    comes of it, as events keep what an error followed from.

    Args:
        error: what happened.
        name: of the file.
        line: the last one that was read; 0 if none was.

    Raises:
        LandingError: it is a fault of the loader, or the machine is at its limits; the text names
            the file and the line.

    """
    after = f"after line {line}" if line else "at its beginning"
    if isinstance(error, Refusal):
        return error
    if isinstance(error, MemoryError) or getattr(error, "errno", None) in ABOUT_THE_MACHINE:
        raise LandingError(
            f"{name}: it could not be read {after}, as the machine has no room left: {error}. "
            "Nothing of it was kept; files loaded before it are complete. Free some memory or "
            "space and run again: the run continues where this one stopped."
        ) from error
    if isinstance(error, OSError):
        return Refusal(unreadable(error))
    if isinstance(error, ABOUT_THE_CONTENT):
        return Refusal(f"its content makes no sense {after} ({type(error).__name__})")
    raise LandingError(
        f"{name}: reading it failed {after} with {type(error).__name__}. Nothing of it was kept; "
        "files loaded before it are complete. This is a fault of the loader: please report it, "
        "and take the file out of the landing folder to go on without it."
    ) from None


def refusal_of_duckdb(error: duckdb.Error, names: Sequence[str], file_format: str) -> Refusal:
    """Turn an error of DuckDB over some files into the refusal of one of them.

    DuckDB's own text may show values, so it goes no further.

    Raises:
        duckdb.Error: no file is to blame.
        LandingError: it is a fault of the loader, or DuckDB cannot go on; the text names the files.

    """
    if isinstance(error, (duckdb.InterruptException, duckdb.TransactionException)):
        raise error
    if is_disk_full(error):
        raise error
    kind, files = type(error).__name__, ", ".join(names)
    if isinstance(error, duckdb.OutOfMemoryException):
        raise LandingError(
            f"DuckDB has not enough memory to load {files}. Nothing of it was kept; files loaded "
            "before are complete. Give the run more memory, or cut the files into smaller ones, "
            "and run again."
        ) from None
    if isinstance(error, NOT_THE_FAULT_OF_A_FILE):
        raise LandingError(
            f"DuckDB stopped with {kind} while it read {files}, and cannot go on. Nothing of it "
            "was kept; files loaded before are complete. Take out the file that was delivered "
            "last, or deliver it again, and run again."
        ) from None
    if isinstance(error, FAULT_OF_A_STATEMENT) and file_format != "parquet":
        raise LandingError(
            f"DuckDB refuses a statement over {files} ({kind}). Nothing of it was kept; files "
            "loaded before are complete. This is a fault of the loader: please report it, and "
            "take the file out of the landing folder to go on without it."
        ) from None
    return Refusal(
        f"DuckDB cannot read it: it is damaged inside, or of a kind that is not known ({kind}); "
        "deliver it again"
    )


def is_disk_full(error: BaseException) -> bool:
    """Tell whether DuckDB failed because there was no room left to write."""
    return any(sign in str(error).lower() for sign in SIGNS_OF_A_FULL_DISK)


@contextmanager
def room_to_write() -> Iterator[None]:
    """Turn DuckDB's errors about a full disk into one that says what to do.

    Raises:
        WarehouseError: the disk under the warehouse is full.

    """
    try:
        yield
    except duckdb.Error as error:
        if not is_disk_full(error):
            raise
        raise WarehouseError(
            "The disk under the warehouse is full, so the file being loaded was not loaded; "
            "files loaded before it are complete. Free some space and run again: the run "
            f"continues where this one stopped. DuckDB says: {error}"
        ) from error
