"""A new company learns within its first run, and what is made of the book waits for it."""

from fnmatch import fnmatch

import pytest

from orchestration.assets.models import FITS
from orchestration.landing.tables import ensure_books
from orchestration.outlook.book import write_models
from orchestration.outlook.models import Model
from orchestration.outlook.run import needs_first_training
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in
from tests.conventions.manifest import manifest
from tests.outlook.planted import FIRST


def sources_of(chosen):
    """Return the sources that a choice of dbt's begins with, by package, source and table."""
    names = chosen.removeprefix("source:").removesuffix("+").split(".")
    for node in manifest()["sources"].values():
        whole = [node["package_name"], node["source_name"], node["name"]]
        if any(
            fnmatch(".".join(part), ".".join(names))
            for part in (whole, whole[1:], [node["source_name"]])
        ):
            yield node


@pytest.mark.parametrize("fit", FITS, ids=lambda fit: fit.made_of_it)
def test_what_is_made_of_a_fit_is_found(fit):
    found = list(sources_of(fit.made_of_it))
    assert found
    assert any(manifest()["child_map"][node["unique_id"]] for node in found)


def test_a_company_learns_once_by_itself_and_a_past_day_anew(tmp_path):
    settings = settings_in(tmp_path, tmp_path / "landing")
    with Warehouse(settings.warehouse).writing() as connection:
        ensure_books(connection)
        connection.execute("create table raw.run_parameters as select ? as as_of_date", [FIRST])
    assert needs_first_training(settings)
    with Warehouse(settings.warehouse).writing() as connection:
        refused = Model("churn-42-x", "churn", 42, "no_outcomes", "Nothing has matured.")
        write_models(connection, [refused], FIRST, "weekly-1", "unknown")
    assert not needs_first_training(settings)
    with Warehouse(settings.warehouse).writing() as connection:
        connection.execute("update raw.run_parameters set as_of_date = as_of_date - 1")
    assert needs_first_training(settings)
