"""The push command, ``python -m orchestration.commands.push``: tell customer systems the scores.

Without a token it is a dry run, which says what would be sent. What is not here: what is sent and
how, which ``crm`` knows.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator

from orchestration.alerting.push_health import note_pushes
from orchestration.commands.run import run_command
from orchestration.crm.breaker import RELEASES
from orchestration.crm.field_map import CrmError
from orchestration.crm.push import Pushed, push
from orchestration.execution.noop_check import remembered_results
from orchestration.settings.environment import Settings
from orchestration.warehouse.run_lock import begin_run, end_run


def main(arguments: list[str]) -> int:
    """Push; return 0, 1 where something that was due was not taken, and 2 for a wrong word."""
    parser = ArgumentParser(prog="make push", description="Tell customer systems the scores.")
    parser.add_argument(
        "--release",
        nargs="*",
        default=[],
        help=f"let a push pass what holds it: {', '.join(RELEASES)}",
    )
    releases = frozenset(
        name for text in parser.parse_args(arguments).release for name in text.split(",") if name
    )
    if unknown := releases - set(RELEASES):
        print(
            f"RELEASE={','.join(sorted(unknown))}: expected {', '.join(RELEASES)}.",
            file=sys.stderr,
        )
        return 2
    return run_command(
        lambda settings, _: push_and_say(settings, releases), "push", CrmError, reads_built=True
    )


def push_and_say(settings: Settings, releases: frozenset[str]) -> int:
    """Push and say what became of it; return the exit code."""
    begin_run(settings.warehouse)
    try:
        with remembered_results(settings):
            done = push(settings, settings.crm, releases)
        told = note_pushes(settings.warehouse, settings.reports, settings.channels, done)
    finally:
        end_run(settings.warehouse)
    for one in done:
        for line in lines(one):
            print(line)
    for text in told:
        print(text, file=sys.stderr)
    if not done:
        print("Nothing to do: seeds/crm_destinations.csv names no destination.")
    return int(any(is_bad(one) for one in done))


def lines(one: Pushed) -> Iterator[str]:
    """Say in some lines what became of a push."""
    numbers = ", ".join(f"{count:,} {status}" for status, count in one.counts.items())
    kind = "dry run, nothing was sent" if one.is_dry else "pushed"
    yield f"{one.destination}: {kind}: {numbers}"
    yield from (f"  {text}" for text in one.remarks)
    yield f"  {one.path}"


def is_bad(one: Pushed) -> bool:
    """Tell whether somebody has to look: something was refused or held, or cannot be sent."""
    if one.is_dry:
        return False
    return bool(one.held or one.counts["refused"] or one.counts["invalid"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
