"""Writes what was answered: catalogues in the landing folder, variables, mappings in their place.

A file that is there is never written over. What is not here: the questions.
"""

import csv
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from orchestration.adapters.mapping import MAPPING, recognition_of
from orchestration.adapters.our_contract import landing_tables
from orchestration.doctor.answers import Answers
from orchestration.doctor.drafts import DRAFTED
from orchestration.warehouse.atomic_write import write_atomically

VARIABLES = ("reporting_time_zone", "reporting_currency", "paused_subscriptions_pay")
KINDS = ("is_activity", "is_core", "is_login", "is_error", "is_system")
NAME = "init.csv"


def write_catalogues(landing: Path, answers: Answers, events: Mapping[str, int]) -> Iterator[str]:
    """Write the event catalogue and the marks of one's own people; say what was written."""
    if answers.core_events:
        rows = [[name, "", *_kinds(name, answers)] for name in events]
        yield _write(landing, "event_catalog", ["event_name", "feature_id", *KINDS], rows)
    else:
        yield "No event catalogue was written: every event of a person goes on as a core action."
    if answers.own_domains:
        marks = [["email_domain", domain, "our own people"] for domain in answers.own_domains]
        yield _write(landing, "internal_marks", ["mark_kind", "mark", "reason"], marks)


def write_variables(project: Path, answers: Answers) -> Iterator[str]:
    """Set the variables of the dbt project that were answered; say what was set."""
    path = project / "dbt_project.yml"
    text = path.read_text(encoding="utf-8")
    for name in VARIABLES:
        if (value := getattr(answers, name)) is None:
            continue
        said = str(value).lower() if isinstance(value, bool) else value
        former = re.search(rf"(?m)^  {name}: (.*)$", text)
        if former and former.group(1) != said:
            text = text[: former.start(1)] + said + text[former.end(1) :]
            yield f"{path}: {name} is {said} and was {former.group(1)}."
    with write_atomically(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
        # It is the project's, and as open as it was.
        shutil.copymode(path, unfinished)


def place_mappings(landing: Path, drafts: Path) -> Iterator[str]:
    """Copy the mappings that the doctor drafted beside the files that they map."""
    for path in sorted(drafts.glob(f"*/{MAPPING}")):
        goal = landing / path.parent.name / MAPPING
        if not goal.parent.is_dir() or goal.exists():
            continue
        recognition = recognition_of(landing, path.parent.name, landing_tables(), path)
        if DRAFTED in path.read_text(encoding="utf-8"):
            yield (
                f"Not put in place: {path}, as it is a draft. Correct it and take away the line "
                f"that begins with {DRAFTED!r}."
            )
        elif recognition.problem:
            yield f"Not put in place: {path}, as {recognition.problem}. Correct it."
        else:
            with write_atomically(goal) as unfinished:
                shutil.copyfile(path, unfinished)
            yield f"Put in place: {goal}, from {path}."


def _kinds(name: str, answers: Answers) -> list[str]:
    is_error, is_system = name in answers.error_events, name in answers.system_events
    values = (
        not is_error and not is_system,
        name in answers.core_events,
        name in answers.login_events,
        is_error,
        is_system,
    )
    return [str(value).lower() for value in values]


def _write(landing: Path, table: str, header: list[str], rows: list[list[str]]) -> str:
    folder = landing / "catalogue" / table
    if any(folder.glob("*")):
        return f"Left as it is: {folder} has files of yours already."
    with (
        write_atomically(folder / NAME) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return f"Written: {folder / NAME}, {len(rows)} lines. Edit it as you like."
