"""The freeze command, ``python -m orchestration.commands.freeze``: what is usual, drawn anew.

The first references come from the first matured quarter, later ones from the newest and beside
the older, which go on holding for their days. What is not here: the drawing, which ``freezing``
does.
"""

import sys
from collections.abc import Iterator

from orchestration.commands.run import run_command
from orchestration.freezing.files import place_of, write
from orchestration.freezing.proposal import FreezeError, propose, read_quarter, rescored
from orchestration.freezing.words import shadow_list, side_by_side, why_not
from orchestration.process.log_capture import captured_logs
from orchestration.settings.environment import Settings
from orchestration.warehouse.run_lock import begin_run, end_run


def main(arguments: list[str]) -> int:
    """Draw references and write them; return 0, or 1 where none could be drawn."""
    if arguments:
        print("usage: make freeze", file=sys.stderr)
        return 2
    return run_command(freeze_and_say, "freeze", FreezeError, reads_built=True)


def freeze_and_say(settings: Settings, _: str) -> int:
    """Draw references, write them and say which; return the exit code."""
    begin_run(settings.warehouse)
    try:
        with captured_logs(settings.logs, settings.runs_kept):
            said = list(freeze(settings))
    finally:
        end_run(settings.warehouse)
    for line in said:
        print(line, flush=True)
    return 0


def freeze(settings: Settings) -> Iterator[str]:
    """Draw references, say what they are and whom they move, and write them.

    Raises:
        FreezeError: no quarter has matured, references of the day are there already, or the
            landing folder cannot be written to.
        WarehouseError: another process holds the warehouse.

    """
    quarter = read_quarter(settings)
    if quarter["first_date"] is None:
        raise FreezeError(why_not(quarter))
    proposal = propose(settings, quarter)
    if (place := place_of(settings, proposal)).exists():
        raise FreezeError(
            f"{place} is there already, so nothing was drawn: people may have edited it. Take it "
            "away to draw the references of that day anew."
        )
    yield from side_by_side(proposal)
    yield from shadow_list(rescored(settings, proposal.references))
    try:
        written = write(settings, proposal)
    except OSError as error:
        raise FreezeError(
            f"The references cannot be written below {settings.landing}: {error}. Nothing changed."
        ) from error
    for path in written:
        yield f"Written: {path}"
    yield (
        f"Edit what you know better; the next run scores every day from {proposal.valid_from} on "
        "by it."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
