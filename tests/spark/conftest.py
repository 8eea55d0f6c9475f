"""Two days of the daily job on both engines, which all comparisons share."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from orchestration.settings.environment import Settings
from tests.spark.company import AS_OF, kept_as_it_is, landed_twice, run_day

EVE = AS_OF - timedelta(days=1)


@dataclass(frozen=True)
class Engines:
    """A warehouse of each engine, with the same raw rows."""

    on_duckdb: Settings
    on_spark: Settings


@pytest.fixture(scope="session")
def landed(tmp_path_factory) -> Engines:
    return Engines(*landed_twice(tmp_path_factory.mktemp("engines")))


@pytest.fixture(scope="session")
def built_eve(landed, tmp_path_factory) -> Engines:
    """Run the day before, of which everything is built from nothing, and keep what it left."""
    folder = tmp_path_factory.mktemp("eve")
    return Engines(
        *(
            kept_as_it_is(run_day(one, EVE), folder / one.target)
            for one in (landed.on_duckdb, landed.on_spark)
        )
    )


@pytest.fixture(scope="session")
def built_later(landed, built_eve) -> Engines:
    """Run the day after it, of which the tables of days replace those that can differ."""
    return Engines(*(run_day(one, AS_OF) for one in (landed.on_duckdb, landed.on_spark)))
