"""On Spark a later build replaces the days that can have changed, also those that lose all rows."""

from datetime import date

import pytest

from orchestration.spark.session import folder_of
from tests.spark.days import FIRST, builder_of_days, days, project_of_days

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")


@pytest.fixture(scope="module", params=["", "partition_by=[]"], ids=["folders", "one_file"])
def project(tmp_path_factory, request):
    return project_of_days(tmp_path_factory.mktemp("days"), request.param)


@pytest.fixture
def files(project):
    """Files of a day where days are folders, else of the table."""

    def written(day="*"):
        kept = folder_of(project) / "tables" / "marts.db" / "amounts"
        return len(list(kept.glob(f"day={day}/*.parquet")) or list(kept.glob("*.parquet")))

    return written


@pytest.fixture(scope="module")
def building(project):
    return builder_of_days(project, "1g")


def test_the_working_file_takes_in_what_was_built(building):
    found = building(FIRST)
    assert len(found) == 4
    amount, quarter, pseudonym, moment, day = found[0]
    assert (amount, quarter, day) == (1, 0.25, date(2026, 3, 1))
    assert len(pseudonym) == 16
    assert str(moment).startswith("2026-03-01 12:00:00")


def test_days_from_the_first_that_can_have_changed_are_replaced_and_the_others_stay(building):
    assert days(building(FIRST)) == FIRST
    later = [("2026-03-01", 100), ("2026-03-02", 20), ("2026-03-03", 4), ("2026-03-04", 5)]
    # The first of March lies before what this build may touch.
    assert days(building(later, date(2026, 3, 2))) == [("2026-03-01", 1), *later[1:]]


def test_days_that_lose_all_their_rows_are_gone(building):
    assert days(building(FIRST)) == FIRST
    kept = [FIRST[0], FIRST[3]]
    assert days(building(kept, date(2026, 3, 2))) == kept
    assert days(building(FIRST[:1], date(2026, 3, 2))) == FIRST[:1]


def test_two_tasks_with_rows_of_a_day_write_one_file_of_it(building, files):
    from pyspark.sql import SparkSession

    building(FIRST)
    assert files("2026-03-02") == 2
    adaptive = SparkSession.active().conf
    adaptive.set("spark.sql.adaptive.enabled", "true")
    try:
        assert days(building(FIRST)) == FIRST
        assert files("2026-03-02") == 1
        assert days(building(FIRST, date(2026, 3, 2))) == FIRST
        assert files("2026-03-02") == 1
    finally:
        adaptive.set("spark.sql.adaptive.enabled", "false")
