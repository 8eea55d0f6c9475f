"""Turns a usage log of a project into landing files: ``python -m data.git_history``.

Both folders are named by the caller, there is no default.
"""

import sys
from collections.abc import Sequence

from data.git_history.landing_files import LandingError, land
from data.git_history.reading import SourceError
from data.landing_command import run_landing_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the landing files and print what was written, one line a table."""
    refusals = (SourceError, LandingError)
    return run_landing_command(
        "data.git_history", "the folder of usage.csv.gz", land, refusals, arguments
    )


if __name__ == "__main__":
    sys.exit(main())
