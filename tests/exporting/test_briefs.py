"""The brief of an account says what the tables say, as one line of JSON."""

import json
from datetime import date

import duckdb
import pytest
from jsonschema import Draft202012Validator

from orchestration.exporting.briefs import FOLDER, LINES, SCHEMA, write_briefs

DAY = date(2026, 10, 31)
HOSTILE = 'x"</script>\u2028\u202e=1\n' + "y" * 10_000


@pytest.fixture
def connection():
    opened = duckdb.connect()
    opened.execute(
        """
        create schema reports; create schema marts;
        create table reports.rpt_account_overview as
        select * from (values
            ('../a', $name, 'watch', 60.5::double, 80.5::double, -20.0::double,
                12.5::decimal(18, 2), date '2027-01-31', 'nan'::double),
            ('b', null, null, null, null, null, null, null, null)
        ) as rows (account_id, account_name, band, health_score, base_score, override_effect, mrr,
            renewal_date, confidence);
        create table reports.rpt_account_components as
        select * from (values
            ('../a', 'active_days', 'days with any use', 70.5, 9.5),
            ('../a', 'nps', 'NPS', 10.0, 10.0),
            ('../a', 'cap', 'asked to cancel', -20.0, 0.0)
        ) as rows (account_id, component, label, points, points_lost);
        create table reports.rpt_account_change_causes as
        select * from (values
            ('../a', 28, 'all', 'all', -3.0, -3.0), ('../a', 28, 'behaviour', 'nps', -3.0, -1.0),
            ('../a', 28, 'override', 'all', -3.0, -2.0), ('../a', 7, 'all', 'all', 0.0, 0.0)
        ) as rows (account_id, horizon_days, cause, component, change, effect);
        create table reports.rpt_overrides as
        select '../a' as account_id, 'cancellation_requested' as override_rule, -20.0 as effect;
    """.replace("$name", "'" + HOSTILE.replace("'", "''") + "'")
    )
    return opened


def written(connection, folder):
    assert write_briefs(connection, DAY, "run", folder) == 2
    place = folder / "2026-10-31" / FOLDER
    assert {path.name for path in place.iterdir()} == {LINES, SCHEMA}
    lines = (place / LINES).read_text("ascii").splitlines()
    return [json.loads(line) for line in lines], json.loads((place / SCHEMA).read_text())


def test_every_line_is_what_the_schema_says(connection, tmp_path):
    found, schema = written(connection, tmp_path)
    Draft202012Validator.check_schema(schema)
    for brief in found:
        Draft202012Validator(schema).validate(brief)
        assert brief["schema_version"] == schema["properties"]["schema_version"]["const"]


def test_points_sum_to_the_score_and_causes_to_the_change(connection, tmp_path):
    first = written(connection, tmp_path)[0][0]
    assert sum(part["points"] for part in first["components"]) == first["health"]["health_score"]
    assert [change["horizon_days"] for change in first["changes"]] == [7, 28]
    for change in first["changes"]:
        assert sum(cause["effect"] for cause in change["causes"]) == change["change"]
    assert first["reasons"] == ["NPS", "days with any use"]
    assert [cap["override_rule"] for cap in first["caps"]] == ["cancellation_requested"]


def test_what_is_missing_is_null_and_never_zero(connection, tmp_path):
    first, second = written(connection, tmp_path)[0]
    assert first["health"]["confidence"] is None
    assert set(second["health"].values()) == {None}
    assert second["business"]["mrr"] is None
    # Nobody has published any.
    assert first["recommended_actions"] is None


def test_a_hostile_name_is_a_text_in_one_line(connection, tmp_path):
    first = written(connection, tmp_path)[0][0]
    assert first["account"]["account_name"] == HOSTILE


def test_actions_of_the_day_are_in_the_brief_of_their_account(connection, tmp_path):
    connection.execute(
        "create table marts.fct_recommended_actions as select * from (values "
        "('b', date '2026-10-31', 'call_them', 'csm_1'), ('b', date '2026-10-26', 'wait', 'csm_1')"
        ") as rows (account_id, action_date, play, owner)"
    )
    first, second = written(connection, tmp_path)[0]
    assert first["recommended_actions"] == []
    assert [(a["play"], a["owner"]) for a in second["recommended_actions"]] == [
        ("call_them", "csm_1")
    ]


def test_the_same_tables_give_the_same_bytes(connection, tmp_path):
    written(connection, tmp_path / "a")
    connection.execute("create table other as from reports.rpt_account_components order by points")
    connection.execute("create or replace table reports.rpt_account_components as from other")
    written(connection, tmp_path / "b")
    for name in (LINES, SCHEMA):
        one, two = (tmp_path / x / "2026-10-31" / FOLDER / name for x in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()
