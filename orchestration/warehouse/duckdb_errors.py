"""What is said of an error of DuckDB that nobody nearer to it could say more about.

What is not here: what a damaged or held file is told by, which ``connection`` knows.
"""

import re
from traceback import extract_tb

import duckdb

from orchestration.settings.environment import ROOT
from orchestration.warehouse.untold_values import ABOUT_DATA

# Other errors of these two kinds are faults of a query, and no version of a table would mend them.
ABSENT = re.compile(
    r"^Catalog Error: (Table|View) with name "
    r"|^Binder Error: .*(not found in (FROM clause|table)|does not have a column"
    r"|Referenced table .* not found)"
)


def is_absent(error: duckdb.Error) -> bool:
    """Tell whether DuckDB failed because there is no such table or column."""
    return ABSENT.search(str(error)) is not None


def failed_in_duckdb(error: duckdb.Error) -> str:
    """Say in one line what DuckDB could not do, where it was asked, and what to do.

    It shows no value that was read from a file.
    """
    said = type(error).__name__
    if not isinstance(error, ABOUT_DATA):
        said += ": " + str(error).partition("\n")[0]
    if isinstance(error, duckdb.OutOfMemoryException) or "no space left" in said.lower():
        return (
            f"DuckDB needs more memory or disk than it may use ({said}). Set MEMORY_LIMIT higher, "
            "or free space on the disk of the warehouse, and run again."
        )
    return (
        f"DuckDB could not do what {_place(error)} asked of it ({said}). This is a fault of the "
        "project that no setting mends, and what was begun is undone: please report this line."
    )


def _place(error: duckdb.Error) -> str:
    """Return the innermost line of the project that the error came through."""
    lines = (
        f"{frame.filename.removeprefix(f'{ROOT}/')}:{frame.lineno}"
        for frame in reversed(extract_tb(error.__traceback__))
        if frame.filename.startswith(f"{ROOT}/orchestration/")
    )
    return next(lines, "a library")
