"""Runs a job in this process, on record, so that the UI shows it like any other run.

What is not here: what is said about it, which is ``run``'s.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import dagster as dg

from orchestration.dagster_instance import forget_old_runs, opened_instance
from orchestration.definitions import build_definitions
from orchestration.execution.failures import reasons, was_interrupted
from orchestration.execution.progress import Progress
from orchestration.process.interrupts import is_asked_to_stop
from orchestration.settings.environment import Settings


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes:
        succeeded: whether every step did its work.
        reasons: why steps failed, one text each.
    """

    succeeded: bool
    reasons: Sequence[str]


def execute(settings: Settings, job: str, progress: Progress) -> Outcome:
    """Run a job to its end and tell how it ended.

    Raises:
        KeyboardInterrupt: somebody stopped it; the record of the run says so.

    """

    @dg.logger(description="Lines for people, and everything for the log of the run.")
    def listener(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.Logger("dagster.run", logging.DEBUG)
        logger.handlers = [progress, *logging.getLogger().handlers]
        return logger

    definitions = build_definitions(settings, {"listener": listener})
    with opened_instance(settings.dagster_home) as instance:
        try:
            result = definitions.resolve_job_def(job).execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={"loggers": {"listener": {}}},
            )
        except dg.DagsterExecutionInterruptedError as interrupted:
            raise KeyboardInterrupt from interrupted
        # Some libraries make an error of their own of an interrupt.
        if not result.success and (is_asked_to_stop() or was_interrupted(result.all_events)):
            raise KeyboardInterrupt
        forget_old_runs(instance, settings.runs_kept)
        return Outcome(result.success, reasons(result.all_events))
