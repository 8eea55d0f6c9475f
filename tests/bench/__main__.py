"""The command: ``python -m tests.bench demo``.

The tiny size is built as well, as what it takes is nearly all fixed cost of the frameworks.
"""

import argparse
import signal
import sys
from pathlib import Path

from data.demo.sizes import SIZES
from tests.bench.measured import StepFailed
from tests.bench.printed import print_figures
from tests.bench.scratch import scratch_folder
from tests.bench.steps import measure

LONG = "bench"
REFUSAL = (
    "bench: the size 'bench' takes more than 20 minutes and tens of gigabytes of disk. "
    "Say so with --yes: make bench SIZE='bench --yes'"
)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("size", nargs="?", choices=SIZES, default="demo")
    parser.add_argument("--folder", type=Path, help="where to work; else the system's own")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep all; landing files are used again",
    )
    parser.add_argument("--yes", action="store_true", help="yes, the largest size")
    given = parser.parse_args(arguments)
    if given.size == LONG and not given.yes:
        print(REFUSAL, file=sys.stderr)
        return 2
    # Whatever stops it, what it made is taken away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with scratch_folder(given.folder, given.keep) as folder:
            print_figures(measure(given.size, folder))
            if given.keep:
                print(f"\nKept: {folder}")
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
