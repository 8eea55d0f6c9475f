"""Settings: the only module that reads the environment.

A new setting is a field of ``Settings``, a line in ``from_environment`` and a line in
``.env.example``. What does not go here: weights, thresholds and catalogues, which are seeds.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from orchestration.machine import cores, memory_bytes

ROOT = Path(__file__).resolve().parent.parent


# As DuckDB reads it: 2500MB, 8GB, 4GiB.
MEMORY = re.compile(r"[1-9]\d*(\.\d+)? ?([KMGT]i?B)", re.IGNORECASE)


def half_of_memory() -> str:
    """Return half of what the machine has, as DuckDB reads it."""
    return f"{memory_bytes() // 2_000_000}MB"


class SettingsError(ValueError):
    """A setting cannot be used. The text names it, its value and what was expected."""


@dataclass(frozen=True)
class Settings:
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
    root: Path = ROOT

    @property
    def dbt_project(self) -> Path:
        """Return the folder of the dbt project."""
        return self.root / "dbt_project"

    @property
    def profiles(self) -> Path:
        """Return the folder of the dbt profiles."""
        return self.root / "profiles"

    @property
    def dbt_target(self) -> Path:
        """Return the folder into which dbt compiles."""
        return self.dbt_project / "target"

    @property
    def manifest(self) -> Path:
        """Return the path of the dbt manifest, the catalogue of everything that is built."""
        return self.dbt_target / "manifest.json"

    @property
    def logs(self) -> Path:
        """Return the folder of the frameworks' own logs."""
        return self.warehouse.parent / "logs"

    @property
    def dagster_home(self) -> Path:
        """Return the folder in which Dagster keeps its runs."""
        return self.warehouse.parent / "dagster"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings from environment variables.

        Raises:
            SettingsError: ``AS_OF`` or ``KNOWN_ON`` is no ISO date, ``MEMORY_LIMIT`` or ``THREADS``
                no amount, or a path cannot be what it should be.
        """

        def path(name: str, default: str) -> Path:
            return Path(environment.get(name) or ROOT / default).expanduser().resolve()

        landing = path("LANDING", "data/landing")
        if landing.exists() and not landing.is_dir():
            raise SettingsError(
                f"LANDING: {landing} is a file; expected a folder of landing files."
            )
        key_file = environment.get("PSEUDONYM_KEY_FILE")
        return cls(
            landing=landing,
            warehouse=path("WAREHOUSE", "data/warehouse/warehouse.duckdb"),
            reports=path("REPORTS", "data/reports"),
            published=path("PUBLISHED", "data/published"),
            as_of=iso_date("AS_OF", environment.get("AS_OF")),
            known_on=iso_date("KNOWN_ON", environment.get("KNOWN_ON")),
            pseudonym_key_file=Path(key_file).expanduser().resolve() if key_file else None,
            memory_limit=amount_of_memory(environment.get("MEMORY_LIMIT")),
            threads=number_of_threads(environment.get("THREADS")),
        )


def iso_date(setting: str, text: str | None) -> date | None:
    """Read an ISO date such as 2026-10-31; an empty text is no date.

    Raises:
        SettingsError: the text is something else.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"{setting}: {text!r} is no date; expected an ISO date such as 2026-10-31."
        ) from None


def amount_of_memory(text: str | None) -> str:
    """Read an amount of memory such as 2500MB; an empty text is half of what the machine has.

    Raises:
        SettingsError: the text is something else.
    """
    if not text:
        return half_of_memory()
    if not MEMORY.fullmatch(text.strip()):
        raise SettingsError(
            f"MEMORY_LIMIT: {text!r} is no amount of memory; expected one such as 2500MB or 8GB."
        )
    return text.strip()


def number_of_threads(text: str | None) -> int:
    """Read a number of threads; an empty text is as many as there are cores.

    Raises:
        SettingsError: the text is no whole number above zero.
    """
    if not text:
        return cores()
    if not (text.strip().isdecimal() and int(text) > 0):
        raise SettingsError(f"THREADS: {text!r} is no number of threads; expected 1 or more.")
    return int(text)
