"""Turns a usage log of a project into landing files: ``python -m data.git_history``.

The command line and nothing else; both folders are named by the caller, there is no default.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from data.git_history.landing_files import LandingError, land
from data.git_history.reading import SourceError


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the landing files and print what was written, one line a table."""
    parser = argparse.ArgumentParser(prog="python -m data.git_history")
    parser.add_argument("--source", type=Path, required=True, help="the folder of usage.csv.gz")
    parser.add_argument("--landing", type=Path, required=True, help="an empty or a new folder")
    folders = parser.parse_args(arguments)
    try:
        landed = land(folders.source, folders.landing)
    except (SourceError, LandingError) as error:
        print(error, file=sys.stderr)
        return 1
    for table, rows in landed.rows.items():
        print(f"{table:<28}{rows:>12,} rows")
    for text, count in landed.oddities.items():
        print(f"kept as it is: {count:,} {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
