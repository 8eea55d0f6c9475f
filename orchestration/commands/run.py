"""The run command: ``python -m orchestration.commands.run daily`` or ``report``.

It runs a job in this process, says one line for each step, and ends with the first facts of
the report. ``report`` is the weekly job: what the daily one does, and the weekly editions.
What is not here: what belongs to a job, which ``jobs`` says.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

import duckdb

from orchestration.dbt_runner.manifest import is_current
from orchestration.dbt_runner.project_error import ProjectError
from orchestration.execution.noop_check import causes_of, remember, reports_of_last_run
from orchestration.landing.errors import LandingError
from orchestration.process.interrupts import remember_interrupts
from orchestration.process.log_capture import captured_logs
from orchestration.publication.places import published_listing
from orchestration.publication.summary import summary
from orchestration.settings.environment import Settings, SettingsError
from orchestration.warehouse.connection import WarehouseError
from orchestration.warehouse.disk_space import explained
from orchestration.warehouse.duckdb_errors import failed_in_duckdb, is_absent
from orchestration.warehouse.run_lock import begin_run, end_run

JOBS = {"daily": "daily", "report": "weekly", "weekly": "weekly"}
# Whoever runs the command can do something about these; everything else is a fault.
KNOWN = (SettingsError, WarehouseError, LandingError, ProjectError)
STOPPED = 130
STOPPED_AT = "Stopped. What was begun is undone; run again to go on."


def main(arguments: list[str]) -> int:
    """Run a job; return 0 when everything was delivered, and 1 when something was not."""
    if len(arguments) != 1 or arguments[0] not in JOBS:
        print("usage: python -m orchestration.commands.run {daily|report}", file=sys.stderr)
        return 2
    return run_command(run, JOBS[arguments[0]])


def run_command(
    do: Callable[[Settings, str], int],
    job: str,
    *known: type[Exception],
    stopped: str = STOPPED_AT,
    reads_built: bool = False,
) -> int:
    """Do something with the settings of the environment; say in one line what it could not do.

    Args:
        do: is given the settings and the name; returns the exit code.
        job: its name.
        known: errors besides the usual ones whose texts are written for whoever runs it.
        stopped: what is said where somebody stops it.
        reads_built: it reads tables that an earlier run has built, which may be of another version.
    """
    remember_interrupts()
    try:
        return do(Settings.from_environment(), job)
    except (*KNOWN, *known) as error:
        print(error, file=sys.stderr)
        return 1
    except duckdb.Error as error:
        if reads_built and is_absent(error):
            said = str(error).splitlines()[0]
            text = f"What is built is of another version of the project ({said}). Run make run."
        else:
            text = failed_in_duckdb(error)
        print(text, file=sys.stderr)
        return 1
    except OSError as error:
        print(explained(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(stopped, file=sys.stderr)
        return STOPPED


def run(settings: Settings, job: str) -> int:
    """Run a job with some settings; return the exit code.

    Raises:
        WarehouseError: another run is at work.
        ProjectError: dbt cannot read its project.
        KeyboardInterrupt: somebody stopped it.

    """
    started = time.perf_counter()
    say = partial(print, file=sys.stdout, flush=True)
    say(f"{job} run: {settings.landing} -> {settings.warehouse}")
    causes = causes_of(settings, job)
    if (reports := reports_of_last_run(settings, causes)) is not None:
        say("Nothing is new since the last run: the same files, code and day. All is in place.")
        for text in _delivered(settings, reports):
            say(text)
        return 0
    before = _published_run(settings)
    with captured_logs(settings.logs, settings.runs_kept) as log:
        begin_run(settings.warehouse)
        try:
            succeeded, reports, ending = _run(settings, job, say, before)
        except (LandingError, ProjectError) as error:
            _note_run(settings, job, False, [str(error)])
            raise
        finally:
            end_run(settings.warehouse)
    _note_run(settings, job, succeeded, ending if not succeeded else [])
    if succeeded:
        remember(settings, causes, reports)
    for text in ending:
        print(text, file=sys.stdout if succeeded else sys.stderr, flush=True)
    say(f"{time.perf_counter() - started:.0f} s in all; logs: {log}")
    return 0 if succeeded else 1


def _note_run(settings: Settings, job: str, succeeded: bool, reasons: Sequence[str]) -> None:
    from orchestration.alerting.run_health import note_run

    for text in note_run(settings, job, succeeded, [text for text in reasons if text]):
        print(text, file=sys.stderr, flush=True)


def _run(
    settings: Settings, job: str, say: Callable[[str], None], before: str | None
) -> tuple[bool, list[str], list[str]]:
    if not is_current(settings):
        say("reading the dbt project, as it is new or has changed")
    # Dagster and dbt take seconds to import, so nobody should wait for them in silence.
    from orchestration.execution.progress import Progress
    from orchestration.in_process_run import execute

    progress = Progress(say)
    outcome = execute(settings, job, progress)
    if outcome.succeeded:
        return True, progress.reports, _delivered(settings, progress.reports)
    return False, [], ["", *outcome.reasons, _what_stays(settings, before)]


def _delivered(settings: Settings, reports: Sequence[str]) -> list[str]:
    return ["", *summary(settings), *(f"Report: {path}" for path in reports)]


def _published_run(settings: Settings) -> str | None:
    listing = published_listing(settings)
    return listing["run_id"] if listing else None


def _what_stays(settings: Settings, before: str | None) -> str:
    nothing, now = "Nothing was published", _published_run(settings)
    if now is not None and now != before:
        return (
            f"What this run published before that is in {settings.published}; what failed is not."
        )
    if now is not None:
        return f"{nothing}; the last good publication stays in {settings.published}."
    return f"{nothing}."


def leave(code: int) -> None:
    """End the process with this code; after a stop at once, as all that was open is closed.

    Python remembers an interrupt that hit a string being executed, which libraries do to make
    classes, and kills itself by SIGINT at its end even though the interrupt was caught. And what
    was interrupted may still have threads, which an orderly end would pull the ground from.
    """
    if code == STOPPED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
