"""One line for each step while it happens, in place of the frameworks' own logs.

It listens to Dagster's events as a logging handler and remembers what each step made. What is
not here: what is said at the end, which ``run`` says.
"""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass

import dagster as dg

from orchestration.assets.housekeeping import DONE_LAST
from orchestration.assets.raw import DAY_TAKEN
from orchestration.dbt_runner.build_state import BUILT_ANEW
from orchestration.process.interrupts import is_asked_to_stop

# By how the name of the step begins.
VERBS = {
    "landed": "landed",
    "gate": "checked",
    "freshness": "checked",
    "models": "built",
    "published": "published",
    "export": "exported",
    "report__": "wrote",
    "delivery__weekly_mail": "mailed",
    "outlook__models": "learned",
    "outlook__lifetime_value": "valued",
    "play": "compared",
    "delivery__alerts": "told",
    "delivery__crm_push": "pushed",
    "delivery__housekeeping": "tidied",
}


@dataclass
class StepCount:
    """What one step has made so far."""

    tables: int = 0
    files: int = 0
    rows: int = 0
    quarantined: int = 0
    checks: int = 0
    failed_checks: int = 0


class Progress(logging.Handler):
    """Says one line for each finished step, and each warning in its own words."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Listen, and say lines through ``say``."""
        super().__init__()
        self.say = say
        self.steps: dict[str | None, StepCount] = {}
        self.reports: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take in one event of Dagster, or one message of a step."""
        event = getattr(record, "dagster_event", None)
        if event is None:
            # Dagster's own remarks about steps it leaves out are errors; steps only warn.
            text = getattr(record, "dagster_meta", {}).get("orig_message", "")
            if record.levelno == logging.WARNING and text:
                self.say(f"  ! {text}")
            elif record.levelno == logging.INFO and BUILT_ANEW in text:
                self.say(f"  {text}")
            return
        count = self.steps.setdefault(event.step_key, StepCount())
        match event.event_type_value:
            case "STEP_START":
                if is_asked_to_stop():
                    # Nothing would start if the interrupt had not been swallowed.
                    signal.raise_signal(signal.SIGINT)
            case "ASSET_MATERIALIZATION":
                count_asset(count, event.materialization)
                self._note_report(event.materialization)
                self._say_news(event.materialization)
            case "ASSET_CHECK_EVALUATION":
                self._count_check(count, event.asset_check_evaluation_data)
            case "STEP_UP_FOR_RETRY":
                self.say("  ! The warehouse is in use; trying again in a few seconds.")
            case "STEP_SUCCESS":
                self.say(line(event.step_key, count, event.step_success_data.duration_ms))

    def _note_report(self, made: dg.AssetMaterialization) -> None:
        if made.asset_key.path[0] == "report" and "path" in made.metadata:
            self.reports.append(str(made.metadata["path"].value))

    def _say_news(self, made: dg.AssetMaterialization) -> None:
        for name in (DAY_TAKEN, DONE_LAST):
            if name in made.metadata:
                self.say("\n".join(f"  {text}" for text in made.metadata[name].value.splitlines()))

    def _count_check(self, count: StepCount, evaluation: dg.AssetCheckEvaluation) -> None:
        count.checks += 1
        if evaluation.passed:
            return
        count.failed_checks += 1
        name = ".".join(evaluation.asset_key.path)
        text = evaluation.description or f"{evaluation.check_name} failed"
        for finding in text.splitlines():
            self.say(f"  ! {name}: {finding}")


def count_asset(count: StepCount, made: dg.AssetMaterialization) -> None:
    """Add what was made to the count of its step."""
    facts = {name: entry.value for name, entry in made.metadata.items()}
    # The files' tables count what is new; the run's own tables beside them are no news.
    rows = facts.get("rows_loaded", facts.get("dagster/row_count"))
    if made.asset_key.path[0] == "raw" and "rows_loaded" not in facts:
        return
    count.tables += facts.get("tables", 1 if rows is not None else 0)
    count.rows += rows or 0
    count.quarantined += facts.get("rows_quarantined", 0)
    count.files += "path" in facts and "tables" not in facts


def line(step: str, count: StepCount, milliseconds: float) -> str:
    """Return the line of a finished step, such as ``built  63 tables  …``."""
    verb = next((verb for name, verb in VERBS.items() if step.startswith(name)), step)
    parts = [f"{verb:<9}"]
    if count.files:
        parts.append(f"{count.files:>5} files ")
    elif count.tables:
        parts.append(f"{count.tables:>5} tables")
    if count.rows or count.tables:
        parts.append(f"{count.rows:>11,} rows")
    if count.quarantined:
        parts.append(f"{count.quarantined:,} quarantined")
    if count.checks:
        parts.append(f"{count.checks:>5} checks")
    if count.failed_checks:
        parts.append(f"{count.failed_checks} with a finding")
    return "  ".join(parts) + f"  {milliseconds / 1000:.1f} s"
