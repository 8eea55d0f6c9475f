"""Settings: the only module that reads the environment, and the file ``.env`` beside the README.

A new setting is a field of ``Settings``, a name in ``NAMES``, a line in ``from_environment`` and
one in ``.env.example``. What does not go here: weights, thresholds and catalogues, which are
seeds.
"""

import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import parse_stream

from orchestration.settings.channels import (
    CHANNEL_NAMES,
    ChannelSettings,
    channel_settings,
)
from orchestration.settings.crm import CRM_NAMES, CrmSettings, crm_settings
from orchestration.settings.machine import cores
from orchestration.settings.parts import DbtPaths
from orchestration.settings.values import (
    SettingsError,
    Stated,
    amount_of_memory,
    choice,
    cluster_address,
    half_of_memory,
    iso_date,
    whole_number,
)

ROOT = Path(__file__).resolve().parents[2]
ENV_FILE = ROOT / ".env"
NAMES = (
    *("LANDING", "WAREHOUSE", "REPORTS", "PUBLISHED", "AS_OF", "KNOWN_ON"),
    *("PSEUDONYM_KEY_FILE", "MEMORY_LIMIT", "THREADS", "TARGET", "SPARK_MASTER", "RUNS_KEPT"),
    *("LANDING_QUIET_SECONDS", "UNPACK_RATIO", "KEEP_QUARANTINE_DAYS", "KEEP_REPORTS_DAYS"),
    *("KEEP_RAW_DAYS", "KEEP_PUBLICATIONS_HOURS"),
    *CRM_NAMES,
    *CHANNEL_NAMES,
)
RUNS_KEPT = 90
# DuckDB in the process of the run, or Apache Spark.
TARGETS = ("dev", "spark")
# Somebody who writes a file is done with its last line sooner; every run can wait for so long.
QUIET_SECONDS = 3
UNPACK_RATIO = 200
# Whoever has asked where the publication lies is done with it by then.
KEEP_PUBLICATIONS_HOURS = 1


@dataclass(frozen=True)
class Settings(DbtPaths):
    """Where things are, which day is being built, and what it may use. Paths are absolute.

    Attributes:
        landing: folder of the files that arrive.
        warehouse: the working file.
        reports: folder of the reports.
        published: folder of the publication.
        as_of: the day to build; None for the last full one.
        known_on: last day whose loads are used; None for all.
        pseudonym_key_file: file with the key of the pseudonyms.
        memory_limit: memory that DuckDB uses before it writes to the disk beside the warehouse.
        threads: number of cores that a build uses.
        target: the engine that builds the models, by its name in the dbt profile.
        spark_master: address of the Spark cluster that builds; nothing for this process.
        runs_kept: number of finished runs of which Dagster's record and the logs are kept.
        quiet_seconds: a landing file whose last line has no end is read once nobody has written to
            it for so long.
        unpack_ratio: how many times its size a packed landing file may unpack to.
        keep_quarantine_days: days after which texts of refused lines are cleared; None for never.
        keep_reports_days: days after which editions of the report are cleared; None for never.
        keep_publications_hours: hours for which a publication stays after it was replaced.
        crm: the customer systems that are told the scores.
        channels: how people are told of alerts.
        root: folder of the project.
    """

    landing: Path
    warehouse: Path
    reports: Path
    published: Path
    as_of: date | None = None
    known_on: date | None = None
    pseudonym_key_file: Path | None = None
    memory_limit: str = field(default_factory=half_of_memory)
    threads: int = field(default_factory=cores)
    target: str = TARGETS[0]
    spark_master: str = ""
    runs_kept: int = RUNS_KEPT
    quiet_seconds: int = QUIET_SECONDS
    unpack_ratio: int = UNPACK_RATIO
    keep_quarantine_days: int | None = None
    keep_reports_days: int | None = None
    keep_publications_hours: int = KEEP_PUBLICATIONS_HOURS
    crm: CrmSettings = field(default_factory=CrmSettings)
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    root: Path = ROOT

    @property
    def dagster_home(self) -> Path:
        """Return the folder in which Dagster keeps its runs."""
        return self.warehouse.parent / "dagster"

    @property
    def on_duckdb(self) -> "Settings":
        """Return the same for what asks the working file, whichever engine has built it."""
        return replace(self, target=TARGETS[0])

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, env_file: Path | None = None
    ) -> "Settings":
        """Read the settings from environment variables, and from ``.env`` what they leave out.

        A variable that is set to nothing is said, too: it asks for what holds when nothing is.

        Args:
            environment: in place of this process's own and of ``.env``.
            env_file: to be read besides such an environment.

        Raises:
            SettingsError: a line of the file cannot be read or names no setting, ``AS_OF`` or
                ``KNOWN_ON`` is no ISO date, ``MEMORY_LIMIT``, ``THREADS`` or ``RUNS_KEPT`` no
                amount, or a path cannot be what it should be.
        """
        if environment is None:
            environment, env_file = os.environ, ENV_FILE
        stated = what_is_stated(environment, env_file)

        def path(name: str, default: str) -> Path:
            said = stated[name]
            folder, text = (said.folder, said.text) if said.text else (ROOT, default)
            return (folder / Path(text).expanduser()).resolve()

        landing = path("LANDING", "data/landing")
        if landing.exists() and not landing.is_dir():
            raise SettingsError(
                f"{stated['LANDING'].name}: {landing} is a file; expected a folder of landing "
                "files."
            )
        if stated["KEEP_RAW_DAYS"].text:
            raise SettingsError(
                f"{stated['KEEP_RAW_DAYS'].name}: raw rows cannot be cleared by age; expected "
                "nothing. Every table is made of them anew when the project or the key changes, "
                "and what was seen first (the first day of a user, of an account) stands in the "
                "oldest. Persons leave them by make erase."
            )
        has_key = stated["PSEUDONYM_KEY_FILE"].text
        return cls(
            landing=landing,
            warehouse=path("WAREHOUSE", "data/warehouse/warehouse.duckdb"),
            reports=path("REPORTS", "data/reports"),
            published=path("PUBLISHED", "data/published"),
            as_of=iso_date(stated["AS_OF"]),
            known_on=iso_date(stated["KNOWN_ON"]),
            pseudonym_key_file=path("PSEUDONYM_KEY_FILE", "") if has_key else None,
            memory_limit=amount_of_memory(stated["MEMORY_LIMIT"]),
            threads=whole_number(stated["THREADS"], "number of threads", cores()),
            target=choice(stated["TARGET"], TARGETS),
            spark_master=cluster_address(stated["SPARK_MASTER"]),
            runs_kept=whole_number(stated["RUNS_KEPT"], "number of runs", RUNS_KEPT),
            quiet_seconds=whole_number(
                stated["LANDING_QUIET_SECONDS"], "number of seconds", QUIET_SECONDS
            ),
            keep_quarantine_days=whole_number(
                stated["KEEP_QUARANTINE_DAYS"], "number of days", None
            ),
            keep_reports_days=whole_number(stated["KEEP_REPORTS_DAYS"], "number of days", None),
            keep_publications_hours=whole_number(
                stated["KEEP_PUBLICATIONS_HOURS"], "number of hours", KEEP_PUBLICATIONS_HOURS
            ),
            unpack_ratio=whole_number(stated["UNPACK_RATIO"], "ratio", UNPACK_RATIO),
            crm=crm_settings(stated),
            channels=channel_settings(stated),
        )


def what_is_stated(environment: Mapping[str, str], env_file: Path | None) -> dict[str, Stated]:
    """Return what is said of every setting; the environment goes before the file.

    Raises:
        SettingsError: a line of the file cannot be read, or is near the name of a setting.
    """
    here = Path.cwd()
    stated = {name: Stated("", name, here) for name in NAMES}
    if env_file is not None and env_file.exists():
        stated |= _stated_in(env_file)
    return stated | {n: Stated(environment[n], n, here) for n in NAMES if n in environment}


def _stated_in(env_file: Path) -> dict[str, Stated]:
    stated = {}
    try:
        text = env_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{env_file}: cannot be read ({error.__class__.__name__}); expected a text file in "
            "UTF-8 with lines such as WAREHOUSE=data/warehouse/warehouse.duckdb."
        ) from None
    # The parser of python-dotenv: what is quoted, escaped or a comment is so as everywhere else.
    for binding in parse_stream(io.StringIO(text)):
        # A statement begins with the blank lines before it.
        blank = len(binding.original.string) - len(binding.original.string.lstrip())
        line = binding.original.line + binding.original.string[:blank].count("\n")
        place = f"{env_file}, line {line}"
        # The text is not shown, as it may be a secret.
        if binding.error or (binding.key and binding.value is None):
            raise SettingsError(
                f"{place}: this is no setting; expected NAME=value, or # and a comment."
            )
        if binding.key in NAMES:
            stated[binding.key] = Stated(binding.value, f"{place}: {binding.key}", env_file.parent)
        elif near := get_close_matches((binding.key or "").upper(), NAMES, n=1, cutoff=0.8):
            raise SettingsError(
                f"{place}: {binding.key} is no setting; did you mean {near[0]}? .env.example "
                "has them all."
            )
    return stated


if __name__ == "__main__":
    # For the Makefile, which asks where files land before it invents any. It is told nothing where
    # there is a warehouse or a key, as then an empty folder is one that is lost or not mounted.
    try:
        stated = Settings.from_environment()
        is_new = not stated.warehouse.exists() and stated.pseudonym_key_file is None
        print(stated.landing if is_new else "")
    except SettingsError as error:
        sys.exit(str(error))
