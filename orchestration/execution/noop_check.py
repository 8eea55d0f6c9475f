"""Tells whether a run could change anything: same files, same code, same day, results in place.

Every table is a function of the raw rows, the project and the day, so a run with nothing new
would take minutes to write what is there. What is not here: what has landed, which the loader
decides by the content of the files.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from orchestration.dbt_runner.manifest import project_files, reporting_zone
from orchestration.landing.landed_state import digest, landing_state
from orchestration.process.files_below import files_below
from orchestration.publication.places import NAMES, current_of
from orchestration.settings.environment import ROOT, Settings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.state_files import read_state

CODE = ("orchestration", "expectations")


def causes_of(settings: Settings, job: str, moment: datetime | None = None) -> list[str | None]:
    """Return what the results of a run follow from; ask before it, as files may land in it.

    Args:
        settings: of the run.
        job: its name.
        moment: now, with its time zone.

    Raises:
        ProjectError: the reporting time zone of the project is none.
    """
    key = [settings.pseudonym_key_file] if settings.pseudonym_key_file else []
    return [
        job,
        str(settings.as_of),
        str(settings.known_on),
        # Tomorrow another day of the landed events is complete, and days end in that time zone.
        (moment or datetime.now(UTC)).astimezone(reporting_zone(settings)).date().isoformat(),
        landing_state(settings.landing),
        digest([*project_files(settings), *_code(), *key]),
    ]


def reports_of_last_run(settings: Settings, causes: Sequence[str | None]) -> list[str] | None:
    """Return the reports of the last run, if a run now would do the same; None otherwise."""
    last = read_state(_note(settings), ["causes", "results", "reports"])
    if last is None or not isinstance(last["reports"], list):
        return None
    in_place = last["results"] == _results(settings, last["reports"])
    return last["reports"] if in_place and last["causes"] == causes else None


def remember(settings: Settings, causes: Sequence[str | None], reports: Sequence[str]) -> None:
    """Note what a successful run followed from, and what it has made."""
    results = _results(settings, reports)
    last = {"causes": causes, "results": results, "reports": list(reports)}
    with write_atomically(_note(settings)) as note:
        note.write_text(json.dumps(last), encoding="utf-8")


@contextmanager
def remembered_results(settings: Settings) -> Iterator[None]:
    """Let something add to the results of the last run without making the next one do it anew."""
    last = read_state(_note(settings), ["causes", "results", "reports"])
    is_in_place = (
        last is not None
        and isinstance(last["reports"], list)
        and last["results"] == _results(settings, last["reports"])
    )
    yield
    if is_in_place:
        remember(settings, last["causes"], last["reports"])


def _note(settings: Settings) -> Path:
    return settings.warehouse.with_suffix(".last_run.json")


def _code() -> Iterator[Path]:
    for package in CODE:
        for folder, _, names in os.walk(ROOT / package):
            yield from (Path(folder) / name for name in names if not name.endswith(".pyc"))


def _results(settings: Settings, reports: Iterable[str]) -> str:
    # Every delivered file: those of the publication, and the reports with the exports beside them.
    folders = {current_of(settings.published), *(Path(report).parent for report in reports)}
    delivered = {path for folder in folders for path, _ in files_below(folder)}
    places = {settings.warehouse, *(settings.published / name for name in NAMES)}
    return digest(places | delivered | {Path(report) for report in reports})
