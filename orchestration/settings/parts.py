"""Parts of the settings: who needs no more of them asks for no more.

``Settings`` is all of them at once, and each of Dagster's resources is one. What is not here:
where a value comes from, which ``environment`` knows.
"""

from datetime import date
from pathlib import Path
from typing import Protocol


class DbtPaths:
    """Where dbt finds and leaves what it needs, for whatever has a ``root`` and a ``warehouse``."""

    @property
    def dbt_project(self) -> Path:
        """Return the folder of the dbt project."""
        return self.root / "dbt_project"

    @property
    def profiles(self) -> Path:
        """Return the folder of the dbt profile, to which a link in the project leads dbt."""
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


class WarehouseSettings(Protocol):
    """The working file, and how it is opened.

    Attributes:
        warehouse: the working file.
        memory_limit: memory that DuckDB uses before it writes to the disk beside it.
        pseudonym_key_file: file with the key of the pseudonyms; None where there is none.
    """

    warehouse: Path
    memory_limit: str
    pseudonym_key_file: Path | None


class DbtSettings(WarehouseSettings, Protocol):
    """What dbt is run with, and what a build follows from: ``DbtPaths`` of these.

    Attributes:
        root: folder of the project.
        threads: number of cores that a build uses.
        target: the engine that builds, by its name in the dbt profile.
        spark_master: address of the Spark cluster that builds; nothing for this process.
    """

    root: Path
    threads: int
    target: str
    spark_master: str
    dbt_project: Path
    profiles: Path
    dbt_target: Path
    manifest: Path
    logs: Path


class LandingSettings(Protocol):
    """Where files arrive, which of them are read, and which day is built from them.

    Attributes:
        landing: folder of the files.
        as_of: the day to build; None for the last full one.
        known_on: last day whose loads are used; None for all.
        quiet_seconds: for how long nobody has written to a file that is read unfinished.
        unpack_ratio: how many times its size a packed file may unpack to.
    """

    landing: Path
    as_of: date | None
    known_on: date | None
    quiet_seconds: int
    unpack_ratio: int


class PublicationSettings(WarehouseSettings, Protocol):
    """Where results go, and what they are made of.

    Attributes:
        published: folder of the publication.
        reports: folder of the reports.
        dbt_project: folder of the dbt project.
        keep_publications_hours: hours for which a publication stays after it was replaced.
    """

    published: Path
    reports: Path
    dbt_project: Path
    keep_publications_hours: int
