"""Steps that find no memory beside each other are built one by one, then what reads them."""

import dataclasses
import shutil

import duckdb
import pytest

from orchestration.dbt_runner.build import build_with_room
from orchestration.settings.environment import ROOT, Settings

pytestmark = pytest.mark.exhaustive

PROJECT = """
name: customer_health
version: "1.0"
config-version: 2
profile: customer_health
models: {+materialized: table}
"""
# Collects its rows at once, in a list that DuckDB cannot put on disk, and holds them while it
# counts on. One takes 150 MB in the end, two at a time more than 210 (measured, six times each).
HEAVY = """
select len(list(number) filter (where number < {rows})) as row_count, sum(hash(number)) as total
from range(60000000) as of_all (number)
"""
ROWS = 8_000_000
TESTED = """
models:
  - name: first
    columns: [{name: row_count, data_tests: [not_null, unique]}]
  - name: second
    columns: [{name: row_count, data_tests: [not_null, unique]}]
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "dbt_project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT)
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    return dataclasses.replace(
        Settings.from_environment({}),
        root=tmp_path, warehouse=tmp_path / "warehouse.duckdb", threads=2, memory_limit="185MB",
    )  # fmt: skip


def built(settings, *arguments, **models):
    for name, sql in models.items():
        (settings.dbt_project / "models" / f"{name}.sql").write_text(sql)
    said = []
    result, outcomes = build_with_room(
        settings,
        ["build", "--full-refresh", "--select", "*", *arguments],
        settings.root / "dbt",
        said.append,
    )
    names = [one.node.name for one in outcomes]
    assert len(names) == len(set(names))
    return result, {one.node.name: one.status for one in outcomes}, said


def test_what_finds_no_room_beside_another_is_built_alone_and_then_what_reads_it(project):
    heavy = HEAVY.format(rows=ROWS)
    reader = "select row_count from {{ ref('%s') }}"
    result, statuses, said = built(
        project, first=heavy, second=heavy,
        reads_first=reader % "first", reads_second=reader % "second",
    )  # fmt: skip
    assert len(said) == 1
    assert said[0].startswith("Out of memory at MEMORY_LIMIT=185MB: ")
    assert result.success
    assert statuses == dict.fromkeys(["first", "second", "reads_first", "reads_second"], "success")
    with duckdb.connect(str(project.warehouse)) as connection:
        assert connection.execute("select row_count from main.reads_first").fetchall() == [(ROWS,)]


def test_what_finds_no_room_alone_fails_and_so_does_what_reads_it(project):
    heavy = HEAVY.format(rows=ROWS * 5)
    result, statuses, said = built(
        project, first=heavy, reads_first="select row_count from {{ ref('first') }}"
    )
    assert (result.success, len(said)) == (False, 1)
    assert statuses == {"first": "error", "reads_first": "skipped"}


def test_where_anything_else_fails_nothing_is_asked_again(project):
    heavy = HEAVY.format(rows=ROWS * 5)
    result, statuses, said = built(project, first=heavy, second="select no_such_column")
    assert (result.success, said) == (False, [])
    assert statuses == {"first": "error", "second": "error"}


def test_what_was_left_out_stays_left_out_when_steps_are_asked_again(project):
    (project.dbt_project / "models" / "tested.yml").write_text(TESTED)
    heavy = HEAVY.format(rows=ROWS)
    result, statuses, said = built(
        project, "--exclude", "test_name:unique", first=heavy, second=heavy
    )
    assert (result.success, len(said)) == (True, 1)
    tests = dict.fromkeys(["not_null_first_row_count", "not_null_second_row_count"], "pass")
    assert statuses == {"first": "success", "second": "success", **tests}
