"""The real slice: counts of its landing files equal what its README says.

The slice is not in git. It is looked for where ``OULAD`` says, else in ``shared/data/oulad``
beside the repository; without it these tests are skipped.
"""

import os
from pathlib import Path

import duckdb
import pytest

from data.open_university.landing_files import land

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "oulad"
SLICE = Path(os.environ.get("OULAD") or BESIDE)

pytestmark = pytest.mark.skipif(
    not SLICE.is_dir(),
    reason=f"no OULAD slice in {SLICE}; name its folder in the environment variable OULAD",
)


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    landing = tmp_path_factory.mktemp("oulad") / "landing"
    land(SLICE, landing)
    with duckdb.connect() as connection:
        connection.execute(
            f"create table events as from read_json('{landing}/product/events/*', "
            "columns = {event_id: 'varchar', received_at: 'varchar', event_name: 'varchar', "
            "event_ts: 'timestamp', user_id: 'varchar', account_id: 'varchar', "
            "feature_id: 'varchar', properties: 'json'})"
        )
        for name in ("accounts", "users", "subscriptions", "feature_catalog", "event_catalog"):
            connection.execute(f"create table {name} as from '{landing}/*/{name}/*.csv'")
        yield connection


def one(landed: duckdb.DuckDBPyConnection, sql: str) -> tuple:
    return landed.execute(sql).fetchone()


def test_every_enrolment_is_a_subscription(landed):
    assert one(landed, "select count(*), count(distinct subscription_id) from subscriptions") == (
        3_282,
        3_282,
    )


def test_every_student_is_one_account_and_one_user(landed):
    assert one(landed, "select count(*), count(distinct account_id) from accounts") == (
        3_237,
        3_237,
    )
    assert one(landed, "select count(*) from users") == (3_237,)


def test_415_students_left_on_a_known_day_and_85_of_them_before_the_first(landed):
    assert one(
        landed,
        """
        select
            count(cancel_requested_at),
            count(*) filter (where cancel_requested_at = ended_at),
            count(*) filter (where cancel_requested_at is null and ended_at = renewal_date),
            count(*) filter (where cancel_requested_at < make_date(
                cast(subscription_id[5:8] as integer),
                case subscription_id[9] when 'B' then 2 else 10 end,
                1
            )),
            count(*) filter (where ended_at < started_at),
            count(*) filter (where ended_at = started_at)
        from subscriptions
        """,
    ) == (415, 415, 2_867, 85, 0, 3)


def test_every_row_of_clicks_and_every_submission_is_an_event(landed):
    assert one(
        landed,
        """
        select
            count(*) filter (where event_name like 'vle_%'),
            sum(cast(properties ->> '$.click_count' as bigint)),
            count(distinct user_id) filter (where event_name like 'vle_%'),
            count(*) filter (where event_name like 'assessment_%'),
            count(*) filter (where event_name = 'assessment_banked'
                and (properties ->> '$.is_banked') = 'true')
        from events
        """,
    ) == (737_471, 2_580_536, 3_061, 18_368, 58)


def test_58_489_rows_repeat_another_and_no_event_has_an_id(landed):
    assert one(
        landed,
        """
        select
            count(*) - (select count(*) from (select distinct * from events)),
            count(event_id),
            count(received_at),
            count(*) filter (where event_ts <> cast(event_ts as date))
        from events
        """,
    ) == (58_489, 0, 0, 0)


def test_595_rows_of_67_students_come_after_they_unregistered(landed):
    assert one(
        landed,
        """
        select count(*), count(distinct events.user_id)
        from events
        join subscriptions
            on subscriptions.account_id = events.account_id
            and starts_with(subscription_id, properties ->> '$.presentation_id')
        where event_name like 'vle_%' and event_ts >= cancel_requested_at
        """,
    ) == (595, 67)


def test_every_event_is_of_a_known_account_kind_and_feature(landed):
    assert one(
        landed,
        """
        select count(*) filter (
            where account_id not in (select account_id from accounts)
            or user_id not in (select user_id from users)
            or event_name not in (select event_name from event_catalog)
            or feature_id not in (select feature_id from feature_catalog)
        )
        from events
        """,
    ) == (0,)
