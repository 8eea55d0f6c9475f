"""The command line of a package that turns somebody's public data into landing files.

What is here: the two folders that the caller names, and what is printed. What is not here: any
data set.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol


class Landed(Protocol):
    """What was written: rows by table, and how many rows are odd in which way."""

    rows: dict[str, int]
    oddities: dict[str, int]


def run_landing_command(
    package: str,
    source: str,
    land: Callable[[Path, Path], Landed],
    refusals: tuple[type[Exception], ...],
    arguments: Sequence[str] | None,
) -> int:
    """Write the landing files and print what was written, one line a table.

    Args:
        package: its name, as ``python -m`` takes it.
        source: what the folder of the source holds.
        land: writes landing files of the first folder into the second.
        refusals: what it raises where a folder cannot be used; their text is all that is printed.
        arguments: of the command line; those of this process where there are none.

    Returns:
        0, or 1 where a folder was refused.

    """
    parser = argparse.ArgumentParser(prog=f"python -m {package}")
    parser.add_argument("--source", type=Path, required=True, help=source)
    parser.add_argument("--landing", type=Path, required=True, help="an empty or a new folder")
    folders = parser.parse_args(arguments)
    try:
        landed = land(folders.source, folders.landing)
    except refusals as error:
        print(error, file=sys.stderr)
        return 1
    for table, rows in landed.rows.items():
        print(f"{table:<28}{rows:>12,} rows")
    for text, count in landed.oddities.items():
        print(f"kept as it is: {count:,} {text}")
    return 0
