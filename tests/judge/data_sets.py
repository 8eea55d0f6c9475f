"""The data sets by which the score is judged, and how each is landed and built."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.demo.simulation import simulate
from data.git_history.landing_files import land as land_git_history
from data.open_university.landing_files import land as land_open_university
from orchestration.settings.environment import Settings
from tests.cases.built import build
from tests.conftest import settings_in

# What the questions read; reports and metrics are not among it.
MODELS = (
    "int_health_predictors",
    "fct_account_outcomes",
    "fct_account_health_components_daily",
    "fct_account_activity_daily",
    "fct_account_features_weekly",
    "int_interventions_deduplicated",
)
# The last whole day of the demonstration company.
LAST_DAY = date(2026, 10, 31)
SEED = 7


@dataclass(frozen=True)
class DataSet:
    """One set of customers.

    Attributes:
        name: names its folder and, in ``--before``, its warehouse of an older build.
        title: what it is, in words.
        labels: the outcomes that are asked about.
        land: writes its landing files into a new folder.
        as_of: the last day that is built; that of the last event where empty.
        company: the size of the demonstration company; None for customers that nobody invented.

    """

    name: str
    title: str
    labels: tuple[str, ...]
    land: Callable[[Path], object]
    as_of: date | None = None
    company: str | None = None


def university(source: Path) -> DataSet:
    """Return the students of the Open University; ``source`` has the publisher's files."""
    return DataSet(
        source.resolve().name,
        "students of the Open University",
        ("left_later", "churn", "silence"),
        lambda landing: land_open_university(source, landing),
    )


def git_history(source: Path) -> DataSet:
    """Return the organisations of a usage log; ``source`` has usage.csv.gz."""
    return DataSet(
        source.resolve().name,
        "organisations behind the changes of a project",
        ("no_event_180d", "silence"),
        lambda landing: land_git_history(source, landing),
    )


def demonstration(size: str) -> DataSet:
    """Return the demonstration company of a size, of the seed that everybody gets."""
    return DataSet(
        size,
        "the demonstration company of this size, which is invented",
        ("churn",),
        lambda landing: simulate(size, SEED, LAST_DAY, landing, landing.parent / "truth"),
        LAST_DAY,
        size,
    )


def warehouse_of(
    data_set: DataSet, work: Path, say: Callable[[str], None], is_built: bool = False
) -> Settings:
    """Land and build a set in its folder, unless it is built; return where its warehouse is.

    A folder in which it was built before gets a later day of the same files, or all anew where
    the project has changed.
    """
    folder = work / data_set.name
    landing = folder / "landing"
    if not is_built:
        if not landing.exists():
            say(f"{data_set.name}: writing landing files into {landing}")
            folder.mkdir(parents=True, exist_ok=True)
            data_set.land(landing)
        say(f"{data_set.name}: building {', '.join(MODELS)} with all that they read")
        build(folder, landing.resolve(), MODELS, data_set.as_of)
        (folder / "commit").write_text(_commit())
    return settings_in(folder, landing)


def commit_of(data_set: DataSet, work: Path) -> str:
    """Return the commit of the project by which the warehouse of a set was built."""
    file = work / data_set.name / "commit"
    return file.read_text().strip() if file.is_file() else "not known"


def _commit() -> str:
    """Return the commit of the project, and whether files differ from it."""
    asked = ["git", "describe", "--always", "--dirty=, with changes", "--exclude", "*"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "not known"
    return done.stdout.strip()
