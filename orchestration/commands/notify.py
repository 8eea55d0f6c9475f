"""The notify command, ``python -m orchestration.commands.notify``: send what is due and not sent.

The daily job does it by itself; this is for after a channel was mended. What is not here: what is
due, which the last run decided.
"""

import sys

from orchestration.alerting.notify import in_words, notify
from orchestration.commands.run import run_command
from orchestration.execution.noop_check import remembered_results
from orchestration.settings.environment import Settings
from orchestration.warehouse.deliverable import NotDeliverable, require_deliverable
from orchestration.warehouse.run_lock import begin_run, end_run


def main(arguments: list[str]) -> int:
    """Send; return 0, and 1 where something could not be sent."""
    if arguments:
        print("usage: make notify", file=sys.stderr)
        return 2
    return run_command(notify_and_say, "notify", LookupError, NotDeliverable, reads_built=True)


def notify_and_say(settings: Settings, _: str) -> int:
    """Send what is due and say what became of it; return the exit code."""
    begin_run(settings.warehouse)
    try:
        with remembered_results(settings):
            require_deliverable(settings, "What is due")
            told = notify(settings, settings.channels)
    finally:
        end_run(settings.warehouse)
    for line in (*in_words(told.counts), *told.remarks):
        print(line)
    if told.folder:
        print(f"Files in place of a channel that is not set: {told.folder}")
    return int(any(set(+counts) - {"sent", "skipped"} for counts in told.counts.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
