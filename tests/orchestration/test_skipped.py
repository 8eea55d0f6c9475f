"""A step that is no table and cannot be compiled is named, though dbt keeps no result of it."""

import pytest

from orchestration.dbt_runner.build import build_with_room
from orchestration.dbt_runner.skipped import why_it_stopped
from tests.orchestration.test_room_for_a_build import project  # noqa: F401

pytestmark = pytest.mark.exhaustive

STEP = """
{{{{ config(materialized='ephemeral') }}}}
{{%- if execute and {is_wrong} %}}
    {{{{ exceptions.raise_compiler_error('metric_x.sql has no entry in the YAML of its folder') }}}}
{{%- endif %}}
select 1 as row_count
"""
UNIT_TEST = """
models: [{name: summary}]
unit_tests:
  - name: summary_counts
    model: summary
    given: [{input: "ref('usage')", rows: [{row_count: 1}]}]
    expect: {rows: [{row_count: 1}]}
"""


def told(settings, is_wrong):
    models = settings.dbt_project / "models"
    (models / "step.sql").write_text(STEP.format(is_wrong=is_wrong))
    (models / "usage.sql").write_text("select * from {{ ref('step') }}")
    (models / "summary.sql").write_text("select * from {{ ref('usage') }}")
    (models / "tests.yml").write_text(UNIT_TEST)
    result, outcomes = build_with_room(
        settings, ["build", "--select", "*"], settings.root / "dbt", lambda text: None
    )
    return {one.status for one in outcomes}, why_it_stopped(settings, result, outcomes)


def test_the_message_of_the_compiler_is_said_once(project):  # noqa: F811
    statuses, (message,) = told(project, "true")
    assert statuses == {"skipped"}
    assert "metric_x.sql has no entry in the YAML of its folder" in message
    assert "step.sql" in message


def test_where_all_is_built_nothing_is_said(project):  # noqa: F811
    assert told(project, "false") == ({"success"}, [])
