"""The real slice: counts of its landing files and of its warehouse equal what its README says.

The slice is not in git. It is looked for where ``OULAD`` says, else in ``shared/data/oulad``
beside the repository; without it these tests are skipped. The warehouse takes minutes, so it is
built only where ``OULAD`` asks for it.
"""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.open_university.landing_files import land
from orchestration.warehouse.connection import Warehouse
from tests.conftest import run_job, settings_in
from tests.open_university.absent import absent_metrics, numbers_out_of_nothing

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


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    if not os.environ.get("OULAD"):
        pytest.skip("takes minutes; name the folder of the slice in the environment variable OULAD")
    folder = tmp_path_factory.mktemp("oulad-warehouse")
    land(SLICE, folder / "landing")
    settings = replace(settings_in(folder, folder / "landing"), as_of=date(2015, 5, 15))
    built = run_job(settings)
    assert built.exit_code == 0, "\n".join(built.lines)
    with Warehouse(settings.warehouse).reading() as connection:
        yield connection


def test_no_row_that_repeats_another_is_lost_on_the_way_to_the_warehouse(warehouse):
    assert one(
        warehouse,
        """
        select lines_read, rows_quarantined, duplicates, rejected, later_than_as_of, rows_kept
        from marts.fct_row_reconciliation
        where table_name = 'events'
        """,
    ) == (755_839, 0, 0, 0, 17_961, 737_878)
    # All but the 58 submissions that were carried over, which are no activity.
    assert one(warehouse, "select sum(event_count) from marts.fct_user_activity_daily") == (
        737_878 - 58,
    )


def test_clicks_after_unregistration_are_kept_and_count_for_no_customer(warehouse):
    # 36 of the 595 come after the day of the build.
    assert one(
        warehouse,
        """
        select count(*), count(*) filter (where is_in_population)
        from intermediate.int_events_identified as events
        join raw.product_events as landed
            on events.landed_file = landed._file and events.landed_line = landed._line
        join staging.stg_billing__subscriptions as subscriptions
            on events.account_id = subscriptions.account_id
            and starts_with(subscription_id, properties ->> '$.presentation_id')
        join marts.fct_user_activity_daily as user_days
            on events.account_id = user_days.account_id
            and events.user_id = user_days.user_id
            and events.activity_date = user_days.activity_date
        where events.event_name like 'vle_%' and events.occurred_at >= cancel_requested_at
        """,
    ) == (559, 0)
    # With those before registration and the submissions after it was over.
    assert one(
        warehouse,
        "select row_count from reports.rpt_data_warnings "
        "where finding like 'on a day without a subscription%'",
    ) == (714,)


def test_85_students_left_before_the_first_day_and_never_were_customers(warehouse):
    # One of them came to a later presentation.
    assert one(warehouse, "select count(*) from marts.fct_customer_lifetimes") == (3_237 - 84,)


def test_no_metric_of_an_absent_source_has_a_value_in_real_data(warehouse):
    assert len(absent_metrics(warehouse)) > 100
    assert numbers_out_of_nothing(warehouse) == []


def test_every_requested_cancellation_took_effect(warehouse):
    # Those of complete months; who left before the first day asked for nothing that was paid.
    assert one(
        warehouse,
        "select sum(decided_count), sum(saved_count) from intermediate.int_segment_saves_monthly "
        "where dimension = 'all'",
    ) == (311, 0)
