"""What asks for a look at the weights of the score, each by itself; nothing where nothing does."""

import duckdb
import pytest

from orchestration.proposal.review import reasons_for_review

TABLES = """
create schema marts;
create schema reports;
create schema intermediate;
create table marts.fct_account_health_daily as select date '2026-10-31' as score_date;
create table intermediate.int_score_shifts (component text, stability_index double,
    compared_date date, is_shifted boolean);
create table reports.rpt_health_track_record (model_version_id text, is_leading boolean,
    surprise_rate double, surprise_rate_low double, horizon_days integer);
create table reports.rpt_component_track_record (component_label text, auc double, label text,
    horizon_days integer, direction text, nominal_weight double);
create schema seeds;
create table seeds.outlook_features (feature text, label text);
create table reports.rpt_outlook_drift (feature text, platform text, drift_index double,
    snapshot_date date, is_alarm boolean);
insert into seeds.outlook_features values ('error_session_share', 'Share of error sessions');
insert into reports.rpt_outlook_drift values
    ('error_session_share', 'ios', 0.05, date '2026-10-26', false),
    ('error_session_share', 'ios', 0.3, date '2026-05-04', true);
create table marts.dim_source_coverage (source text, first_date date, is_covered boolean,
    is_detail boolean);
insert into intermediate.int_score_shifts values ('usage', 0.02, date '2026-08-02', false);
insert into reports.rpt_health_track_record values ('all', true, 0.3, 0.2, 42);
insert into reports.rpt_component_track_record values ('usage', 0.7, 'churn', 42, 'as_expected', 1);
insert into marts.dim_source_coverage values ('product_events', date '2024-01-01', true, false);
"""
SHIFT = "insert into intermediate.int_score_shifts values ('nps', 0.31, date '2026-08-02', true)"
OLD_SHIFT = (
    "insert into intermediate.int_score_shifts values ('nps', 0.31, date '2026-05-02', true)"
)
SURPRISE = "update reports.rpt_health_track_record set surprise_rate = 0.5, surprise_rate_low = 0.4"
AGAINST = (
    "insert into reports.rpt_component_track_record values "
    "('CSAT', 0.4, 'churn', 42, 'against', {weight}), ('CSAT', 0.4, 'churn', 91, 'against', 0.1)"
)
DRIFT = (
    "insert into reports.rpt_outlook_drift values ('error_session_share', 'android', 0.21, "
    "date '2026-10-19', true), ('error_session_share', 'android', 0.2, date '2026-10-12', true)"
)
NEW = "insert into marts.dim_source_coverage values ('surveys', date '2026-10-01', true, false)"


def triggers(*statements):
    connection = duckdb.connect()
    connection.execute(TABLES)
    for statement in statements:
        connection.execute(statement)
    return list(reasons_for_review(connection))


def test_nothing_asks_where_nothing_changed():
    assert triggers() == []


@pytest.mark.parametrize(
    ("statement", "trigger", "words"),
    [
        (SHIFT, "shift", "nps"),
        (DRIFT, "drift", "Accounts on android are spread another way than before by share of"),
        (SURPRISE, "surprise", "50% of the customers"),
        (AGAINST.format(weight=0.1), "wrong_sign", "CSAT points the wrong way"),
        (NEW, "new_source", "surveys"),
    ],
)
def test_each_asks_by_itself_and_once(statement, trigger, words):
    (reason,) = triggers(statement)
    assert reason.trigger == trigger
    assert words in reason.words
    assert reason.is_alarm == (trigger == "wrong_sign")


def test_a_shift_that_is_over_asks_no_more():
    assert triggers(OLD_SHIFT) == []


def test_a_company_whose_sources_are_all_new_is_not_told_so():
    assert (
        triggers("update marts.dim_source_coverage set first_date = date '2026-09-01'", NEW) == []
    )
