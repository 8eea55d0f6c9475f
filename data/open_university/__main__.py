"""Turns the Open University's files into landing files: ``python -m data.open_university``.

Both folders are named by the caller, there is no default.
"""

import sys
from collections.abc import Sequence

from data.landing_command import run_landing_command
from data.open_university.landing_files import LandingError, land
from data.open_university.published_files import SourceError


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the landing files and print what was written, one line a table."""
    refusals = (SourceError, LandingError)
    return run_landing_command(
        "data.open_university", "the publisher's files", land, refusals, arguments
    )


if __name__ == "__main__":
    sys.exit(main())
