"""Settings: the only module that reads the environment.

A new setting is a field of ``Settings``, a line in ``from_environment`` and a line in
``.env.example``. What does not go here: weights, thresholds and catalogues, which are seeds.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting cannot be used. The text names it, its value and what was expected."""


@dataclass(frozen=True)
class Settings:
    """Where things are and which day is being built. Paths are absolute."""

    landing: Path
    warehouse: Path
    reports: Path
    published: Path
    as_of: date | None = None
    known_on: date | None = None
    pseudonym_key_file: Path | None = None
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
            SettingsError: ``AS_OF`` or ``KNOWN_ON`` is no ISO date, or a path cannot be what it
                should be.
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
