"""One warehouse for all tests: the smallest demonstration company, through the daily job.

The first test process to need it builds it, and it is kept for as long as the project is the same;
each process reads a copy of its own, and who wants to spoil something copies it first.
"""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from types import FunctionType, ModuleType

import duckdb
import pytest
from hypothesis import settings as examples

from data.demo.simulation import simulate
from orchestration.commands.run import run
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse
from tests.kept import kept

# How long an example takes depends on what else is at work, so no test asks it.
examples.register_profile("untimed", deadline=None)
examples.load_profile("untimed")

AS_OF = date(2026, 10, 31)
# What the company, and the warehouse with its report, follow from.
COMPANY = ["data/demo", "constraints.txt"]
WAREHOUSE = [*COMPANY, "dbt_project", "orchestration", "expectations", "profiles", "pyproject.toml"]


def pytest_configure(config: pytest.Config) -> None:
    """Read the dbt project before the test processes start: two at once would write over it."""
    if not hasattr(config, "workerinput"):
        prepare_manifest(settings_in(config.rootpath / "data", config.rootpath / "data/landing"))


# Who calls one of these builds a warehouse, whole or in part.
BUILDERS = {
    "tests.conftest.run_job",
    "tests.cases.built.build",
    "tests.any_order.builds.build",
    "tests.any_order.builds.run",
    "orchestration.dbt_runner.in_process.invoke",
}
# Who lands exports of vendors, a test for each thing that one may say; `make test` keeps the golden
# export of each.
LANDS_EXPORTS = "tests.adapters.exports."
# Who has taken in one of its functions draws pages.
DRAWS_PAGES = "tests.orchestration.report_tables."
# These can build and are not left out of `make test`: what they build is small, or a question to
# the shared warehouse.
BUILD_LITTLE = {
    "tests.orchestration.test_first_affected_days",
    "tests.orchestration.test_model",
    "tests.orchestration.test_run",
    "tests.test_unit_tests",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what builds, with the shared warehouse or one of its own, and what takes long."""
    for item in items:
        taken_in = functions_of(item.module)
        has_own = not BUILDERS.isdisjoint(taken_in)
        if "built" in item.fixturenames or has_own:
            item.add_marker("builds")
        lands_exports = any(name.startswith(LANDS_EXPORTS) for name in taken_in)
        if lands_exports or (has_own and item.module.__name__ not in BUILD_LITTLE):
            item.add_marker("exhaustive")
        writes_files = not {"tmp_path", "tmp_path_factory"}.isdisjoint(item.fixturenames)
        if writes_files or any(name.startswith(DRAWS_PAGES) for name in taken_in):
            item.add_marker("slow")


def functions_of(module: ModuleType) -> set[str]:
    """Return the functions that a module has, its own and those that it has taken in."""
    functions = [value for value in vars(module).values() if isinstance(value, FunctionType)]
    return {f"{one.__module__}.{one.__qualname__}" for one in functions}


@dataclass(frozen=True)
class Company:
    """What the demonstration company wrote: its files, and the truth about them."""

    landing: Path
    truth: Path


@dataclass(frozen=True)
class Built:
    """A warehouse after the run command: its exit code, and the lines it said."""

    settings: Settings
    exit_code: int
    lines: tuple[str, ...]


def settings_in(folder: Path, landing: Path) -> Settings:
    """Return settings that keep everything in one folder."""
    return Settings(
        landing=landing,
        warehouse=folder / "warehouse" / "warehouse.duckdb",
        reports=folder / "reports",
        published=folder / "published",
    )


def run_job(settings: Settings, job: str = "daily") -> Built:
    """Run a job as the run command does, and keep what it says."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        exit_code = run(settings, job)
    return Built(settings, exit_code, tuple(said.getvalue().splitlines()))


@pytest.fixture(scope="session")
def tiny_company() -> Company:
    def make(folder: Path) -> None:
        simulate("tiny", 7, AS_OF, folder / "landing", folder / "truth")

    folder = kept("company", COMPANY, make)
    return Company(folder / "landing", folder / "truth")


@pytest.fixture(scope="session")
def built(tiny_company, tmp_path_factory) -> Built:
    def make(folder: Path) -> None:
        built = run_job(settings_in(folder, tiny_company.landing))
        assert built.exit_code == 0, "\n".join(built.lines)
        (folder / "said").write_text("\n".join(built.lines))

    # DuckDB lets one process open a file for writing, and whoever reads opens it alike.
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(kept("built", WAREHOUSE, make), folder, symlinks=True, dirs_exist_ok=True)
    lines = tuple((folder / "said").read_text().splitlines())
    return Built(settings_in(folder, tiny_company.landing), 0, lines)


@pytest.fixture(scope="session")
def warehouse_reading(built) -> Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]:
    return Warehouse(built.settings.warehouse).reading


@pytest.fixture
def copied(built, tmp_path) -> Settings:
    """Return settings of a copy of the built warehouse and of its publication."""
    settings = settings_in(tmp_path, built.settings.landing)
    settings.warehouse.parent.mkdir()
    shutil.copy(built.settings.warehouse, settings.warehouse)
    shutil.copytree(built.settings.published, settings.published, symlinks=True)
    return settings
