"""A rule that cannot be asked is named with what is wrong, and the others go on."""

import csv
from pathlib import Path

import duckdb
import pytest

from tests.alerting.machine import RULE, Machine
from tests.running_sums.compiled import compiled

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "dbt_project/seeds"
GOOD = {
    **{name: RULE[name] for name in RULE if name not in ("problem", "direction_sign")},
    "metric": "overdue_days",
    "dimension": None,
    "comparison": "at_least",
    "owner": "csm",
    "runbook": "Ask",
    "author": "us",
    "known_after_days": 0,
}


def problem(**changed):
    connection = duckdb.connect()
    connection.execute(
        "create table alert_measures as select 'overdue_days' as measure, 'days' as unit, "
        "'late' as label; create table dim_metrics as select 'nps_90d' as metric, "
        "'points' as unit, 'NPS' as label; create table alert_routes as select 'team' as route"
    )
    rule = {**GOOD, **changed}
    connection.execute(
        "create table alert_rules as select "
        + ", ".join(
            f"${name}::{kind(name)} as {name}" for name in rule
        ),
        rule,
    )  # fmt: skip
    connection.execute(f"create table found as {compiled('dim_alert_rules', is_tail=False)}")
    return connection.execute("select problem from found").fetchone()[0]


def kind(name):
    if name in ("warning", "critical", "recover"):
        return "double"
    if name.startswith("valid"):
        return "date"
    return "integer" if name.endswith(("_days", "breaches", "oks")) else "varchar"


def test_a_good_rule_has_no_problem():
    assert problem() is None
    assert problem(grain="portfolio", metric="nps_90d") is None
    assert problem(grain="source", metric="is_stale") is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"metric": "no_such"}, "no measure of accounts"),
        ({"metric": "nps_90d"}, "no measure of accounts"),
        ({"grain": "portfolio"}, "no metric has this name"),
        ({"grain": "segment", "metric": "nps_90d"}, "names their dimension"),
        ({"grain": "planet"}, "the grain is none of"),
        ({"grain": None}, "the grain is none of"),
        ({"grain": "source"}, "only is_stale"),
        ({"comparison": "above"}, "neither at_least nor at_most"),
        ({"warning": None}, "warning and recover"),
        ({"recover": None}, "warning and recover"),
        ({"recover": 10.0}, "good side"),
        ({"comparison": "at_most"}, "good side"),
        ({"critical": 9.0}, "worse than warning"),
        ({"min_breaches": 0}, "1 or more"),
        ({"min_oks": None}, "1 or more"),
        ({"route": "nowhere"}, "no channel has this route"),
        ({"owner": " "}, "no owner"),
    ],
)
def test_a_bad_rule_says_what_is_wrong(changed, said):
    assert said in problem(**changed)


def rows(seed):
    with (SEEDS / f"{seed}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_measure_of_the_seed_is_measured():
    text = (SEEDS.parent / "models/intermediate/alerts/int_alert_account_values.sql").read_text()
    measured = {row["measure"] for row in rows("alert_measures")}
    assert {name for name in measured if f"when '{name}'" not in text} == set()


def test_every_default_rule_has_a_route_and_every_inhibition_a_rule_or_topic_that_is_there():
    rules = {row["rule"]: row for row in rows("alert_rules")}
    routes = {row["route"] for row in rows("alert_routes")}
    assert {row["route"] for row in rules.values()} <= routes
    topics = {row["topic"] for row in rules.values()}
    for row in rows("alert_inhibitions"):
        assert row["target_rule"] in {*rules, ""}
        assert row["target_topic"] in {*topics, ""}
        if row["kind"] == "rule":
            assert row["source"] in rules


def test_no_rule_about_the_score_is_asked_of_whom_has_given_notice():
    # Asking to cancel holds the score down by itself, so such an alert would say what is known.
    kept = {row["target_topic"] for row in rows("alert_inhibitions") if row["source"] == "leaving"}
    about_score = [
        row for row in rows("alert_rules") if row["metric"] in {"band_order", "health_score"}
    ]
    assert about_score
    assert {row["topic"] for row in about_score} <= kept
    # The notice itself is told.
    (of_the_notice,) = [row for row in rows("alert_rules") if row["metric"] == "is_cancelling"]
    assert of_the_notice["topic"] not in kept


def account_values(metric, health):
    """Return what a rule about accounts asks of, by day, where a query tells the scores.

    Returns:
        observed_value and is_past of each day in order, twenty days from 1 June 2026.
    """
    connection = duckdb.connect()
    connection.execute(
        f"create table dim_alert_rules as select 'r' as rule, '{metric}' as metric, "
        "'account' as grain, null as problem, date '2020-01-01' as valid_from, "
        "date '9999-12-31' as valid_to"
    )
    connection.execute(f"""
        create table fct_account_daily as
        select 'a' as account_id, date '2026-06-01' + day::integer as activity_date,
            0 as days_since_last_activity, 0 as active_days_28d, 70 - day as days_until_renewal,
            0 as overdue_days, 0 as session_count_28d, 0 as error_session_count_28d,
            0 as downtime_minutes_28d, 0 as open_ticket_count, 0 as ticket_count_28d,
            0 as nps_90d, true as is_in_population
        from range(20) as days (day);
        create table fct_subscriptions_daily as
        select account_id, activity_date, activity_date >= date '2026-06-05' as is_cancelling,
            activity_date != date '2026-06-03' as is_customer, date '2026-06-11' as opt_out_date
        from fct_account_daily
        union all select 'first_to_ask', date '2026-06-02', true, true, null;
        create table fct_account_health_daily as
        select account_id, activity_date as score_date, true as is_band_settled, 1 as confidence,
            null as override_rule, {health}
        from fct_account_daily;
        create table fct_account_outages as
        select account_id, activity_date from fct_account_daily where false
    """)
    bands = compiled("int_alert_bands_daily", is_tail=False)
    connection.execute(f"create view int_alert_bands_daily as {bands}")
    query = compiled("int_alert_account_values", is_tail=False)
    return connection.execute(
        f"select observed_value, is_past from ({query}) order by alert_date"
    ).fetchall()


def test_the_day_until_which_a_renewal_can_be_cancelled_is_counted_to_and_then_over():
    values = account_values(
        "days_until_opt_out",
        "1 as band_order, 50 as health_score, date '2026-06-01' as scale_since",
    )
    assert values[0] == (10, False)
    assert values[10] == (0, False)
    assert values[11] == (-1, True)


def test_who_asked_to_cancel_is_told_from_the_first_notice_on_and_who_is_no_customer_is_not_asked():
    health = "1 as band_order, 50 as health_score, date '2026-06-01' as scale_since"
    values = [value for value, _ in account_values("is_cancelling", health)]
    assert values == [None, 0, None, 0, *[1] * 16]


@pytest.mark.parametrize(
    ("bands", "scores", "asked"),
    [
        # Ten days on one scale, ten on another: nothing but the scale is different.
        ([2] * 10 + [1] * 10, [60] * 10 + [30] * 10, [2] * 20),
        # Who was at risk on the old scale is at risk.
        ([1] * 20, [30] * 20, [1] * 20),
        # On the new scale it was better, and then fell.
        ([2] * 10 + [1, 1, 2, 2, 1], [60] * 10 + [39, 39, 43, 43, 37], [2] * 14 + [1]),
        # On the new scale it fell far, within the worst band.
        ([2] * 10 + [1] * 4, [60] * 10 + [30, 29, 16, 15], [2] * 13 + [1]),
        # The new scale takes it higher, and it falls from there.
        ([1] * 10 + [2, 2, 1], [30] * 10 + [50, 50, 35], [1] * 10 + [2, 2, 1]),
    ],
)
def test_an_alert_on_the_band_goes_by_what_the_customer_did_and_not_by_another_model(
    bands, scores, asked
):
    def by_day(values):
        told = [*values, *[values[-1]] * (20 - len(values))]
        return f"[{', '.join(map(str, told))}][day_number]"

    health = (
        f"{by_day(bands)} as band_order, {by_day(scores)} as health_score, case when day_number "
        "> 10 then date '2026-06-11' else date '2026-06-01' end as scale_since"
    ).replace("day_number", "(1 + (activity_date - date '2026-06-01'))")
    values = [value for value, _ in account_values("band_order", health)]
    assert values == [*asked, *[asked[-1]] * (20 - len(asked))]


def test_what_was_about_a_day_that_is_over_is_closed_and_does_not_recover():
    machine = Machine([{"direction_sign": -1, "warning": 30.0, "critical": 14.0, "recover": 60.0}])
    machine.observe([40, 30, 29, -1, -2, 365])
    machine.connection.execute("update all_observations set ends_by = 'past' "
                               "where observed_value < 0")  # fmt: skip
    machine.build()
    assert machine.states() == ["ok", "warning", "warning", "closed", "ok"]
    assert machine.ask(
        "select event, decision_reason from fct_alert_events order by event_date"
    ) == [
        ("opened", None),
        ("closed", "past"),
    ]
