"""What the steps of a run are given: the warehouse, dbt, where files land, where results go.

Each is a part of the settings, and the functions below take it as such. Steps that open the
working file take turns at it. What is not here: where the values come from, which ``settings``
reads, and how a run keeps other runs out, which is ``run_lock``'s.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg

from orchestration.settings.environment import Settings
from orchestration.settings.parts import DbtPaths
from orchestration.warehouse.connection import LockedWarehouse, WarehouseError
from orchestration.warehouse.run_lock import AnotherRun, begin_run, end_run

# Steps that open the file take turns: dagster.yaml limits every pool to one.
POOL = "duckdb_writer"

# Somebody who opened the wrong file by hand is often done in seconds. No other error passes by
# being tried again: a model that fails, fails twice.
TRIES_AGAIN = 2
SECONDS_BETWEEN = 3


class WarehouseResource(dg.ConfigurableResource):
    """The working file, and how it is opened."""

    file: str
    memory_limit: str
    key_file: str | None

    @property
    def warehouse(self) -> Path:
        """Return the path of the file."""
        return Path(self.file)

    @property
    def pseudonym_key_file(self) -> Path | None:
        """Return the path of the key of the pseudonyms; None where there is none."""
        return Path(self.key_file) if self.key_file else None

    @contextmanager
    def locked(self, is_kept: bool = True) -> Iterator[None]:
        """Do something with the file; have the step tried again when somebody else has it.

        Args:
            is_kept: the file stays this process's until it ends, as one run at a time works on it;
                otherwise others have it again afterwards, unless it was this process's before.
        """
        try:
            is_new = begin_run(self.warehouse)
            try:
                yield
            finally:
                if is_new and not is_kept:
                    end_run(self.warehouse)
        except WarehouseError as error:
            if not isinstance(error, AnotherRun | LockedWarehouse):
                raise
            raise dg.RetryRequested(TRIES_AGAIN, SECONDS_BETWEEN) from error


class DbtResource(DbtPaths, WarehouseResource):
    """The dbt project, and what it is run with."""

    project: str
    threads: int
    target: str
    spark_master: str

    @property
    def root(self) -> Path:
        """Return the folder of the project."""
        return Path(self.project)


class LandingResource(dg.ConfigurableResource):
    """The folder of the files that arrive, and which day is built from them."""

    folder: str
    day: str | None
    known_until: str | None
    quiet_seconds: int
    unpack_ratio: int

    @property
    def landing(self) -> Path:
        """Return the folder of the files."""
        return Path(self.folder)

    @property
    def as_of(self) -> date | None:
        """Return the day to build; None for the last full one."""
        return date.fromisoformat(self.day) if self.day else None

    @property
    def known_on(self) -> date | None:
        """Return the last day whose loads are used; None for all."""
        return date.fromisoformat(self.known_until) if self.known_until else None


class PublicationResource(DbtPaths, WarehouseResource):
    """Where results go: the publication, and the reports that are made of it."""

    project: str
    publication_folder: str
    report_folder: str
    keep_publications_hours: int

    @property
    def root(self) -> Path:
        """Return the folder of the project."""
        return Path(self.project)

    @property
    def published(self) -> Path:
        """Return the folder of the publication."""
        return Path(self.publication_folder)

    @property
    def reports(self) -> Path:
        """Return the folder of the reports."""
        return Path(self.report_folder)


def resources(settings: Settings) -> dict[str, dg.ConfigurableResource]:
    """Make the resources of one set of settings."""
    file = {
        "file": str(settings.warehouse),
        "memory_limit": settings.memory_limit,
        "key_file": settings.pseudonym_key_file and str(settings.pseudonym_key_file),
    }
    project = str(settings.root)
    return {
        "warehouse": WarehouseResource(**file),
        "dbt": DbtResource(
            **file,
            project=project,
            threads=settings.threads,
            target=settings.target,
            spark_master=settings.spark_master,
        ),
        "landing": LandingResource(
            folder=str(settings.landing),
            day=settings.as_of and str(settings.as_of),
            known_until=settings.known_on and str(settings.known_on),
            quiet_seconds=settings.quiet_seconds,
            unpack_ratio=settings.unpack_ratio,
        ),
        "publication": PublicationResource(
            **file,
            project=project,
            publication_folder=str(settings.published),
            report_folder=str(settings.reports),
            keep_publications_hours=settings.keep_publications_hours,
        ),
    }
