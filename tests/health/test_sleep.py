"""An account of which nothing is heard is measured once a week, and every law of the score holds.

Accounts drawn at random: silent for long or not, away and back, of another model or size on some
days; sources fall silent and speak again. Beside the model's choice of days stands one that looks
at every day by itself.
"""

import csv
import random
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.health.company import HORIZONS, SCORED_BY, TABLES, opened
from tests.health.compiled import PROJECT, REFROZEN_ON, build, is_incremental

pytestmark = pytest.mark.exhaustive

# Other references count from a day on which some have been asleep for long.
FIRST_DAY = REFROZEN_ON - timedelta(270)
DAYS = 330
SLEEPS_AFTER = 182
COMPONENTS = PROJECT / "models/marts/health/components"
SIGNS = {
    "fct_account_activity_daily": "activity_date",
    "int_errors_daily": "activity_date",
    "int_performance_daily": "activity_date",
    "fct_tickets": "created_date",
    "fct_open_tickets_daily": "activity_date",
    "fct_surveys": "response_date",
    "int_payments_overdue_daily": "activity_date",
}
# The account-days with their models, of which some are measured.
ASSIGNED = "int_account_days_assigned"
BUILT = ("int_scored_account_days", "int_measured_account_days", *SCORED_BY)
# What a measurement says is chance, on days of sleep as well: that it stands for a week must not
# rest on its not changing.
MEASURED = """
    insert into int_health_measurements_daily
    select account_id, score_date, component,
        hash(account_id, score_date, component) % 40 as numerator, 10 as denominator,
        10 as sample_size, numerator / 10.0 as metric_value, score_date as measured_on,
        silent.fresh_on, case when silent.fresh_on is null then 'ok' else 'stale' end as status
    from int_measured_account_days
    cross join (select distinct component from score_components where weight > 0) as components
    left join (
        select date_day, fresh_on from fct_source_freshness_daily where is_stale
    ) as silent on score_date = silent.date_day and component in ('core_breadth', 'usage_trend')
"""


def day(number):
    return FIRST_DAY + timedelta(number)


def drawn_company(drawn):
    """Return rows by table: account-days, signs of life and the freshness of a source."""
    tables = {*TABLES, *SIGNS, ASSIGNED, "int_subscription_items_dated"} - set(BUILT)
    rows = {table: [] for table in tables}
    for number in range(6):
        account, size, version = f"a{number}", "mid", "mature-1"
        away = range(0)
        if drawn.random() < 0.3:
            start = drawn.randrange(DAYS)
            away = range(start, start + drawn.choice([1, 40]))
        for when in range(DAYS):
            if drawn.random() < 0.004:
                version = drawn.choice(["mature-1", "renewal-1"])
            if drawn.random() < 0.002:
                size = drawn.choice(["mid", "SMB"])
            if when not in away:
                model = version.removesuffix("-1")
                rows[ASSIGNED].append(
                    (account, day(when), model, version, "mature", "mature", size, 400 + when)
                )
        for _ in range(drawn.choice([0, 0, 1, 2])):
            rows[drawn.choice(list(SIGNS))].append((account, day(drawn.randrange(DAYS))))
        if drawn.random() < 0.2:
            began = drawn.randrange(DAYS)
            ended = drawn.choice([day(began + 30), date.max])
            rows["int_subscription_items_dated"].append((account, day(began), ended))
    heard_on, is_silent = day(0), False
    for when in range(DAYS):
        if drawn.random() < (0.1 if is_silent else 0.01):
            is_silent = not is_silent
        heard_on = heard_on if is_silent else day(when)
        rows["fct_source_freshness_daily"].append(
            ("product_events", day(when), heard_on, is_silent)
        )
    return rows


def twin(rows):
    """Return the measured days of all accounts, each day judged by itself."""
    signs = {row[:2] for table in SIGNS for row in rows[table]}
    for account, *ends in rows["int_subscription_items_dated"]:
        signs |= {(account, end) for end in ends}
    silent = {row[1]: row[3] for row in rows["fct_source_freshness_daily"]}
    states = {row[:2]: (row[3], row[6]) for row in rows[ASSIGNED]}

    def is_switch(account, when):
        before = states.get((account, when - timedelta(1)))
        return before is not None and before != states.get((account, when), before)

    def is_measured(account, when):
        window = [(account, when - timedelta(back)) for back in range(SLEEPS_AFTER)]
        return (
            any(one not in states or one in signs for one in window)
            or when.weekday() == 0
            or when == REFROZEN_ON
            or silent[when] != silent.get(when - timedelta(1), silent[when])
            or any(is_switch(account, when - timedelta(back)) for back in (0, *HORIZONS))
        )

    return sorted(one for one in states if is_measured(*one))


def lay_down(connection, rows, before=date.max):
    for table, given_rows in rows.items():
        connection.execute(f"delete from {table}")
        kept = [row for row in given_rows if row[1] < before]
        if kept:
            columns = ", ".join(connection.table(table).columns[: len(kept[0])])
            values = ", ".join(f"({', '.join(map(written, row))})" for row in kept)
            connection.execute(f"insert into {table} ({columns}) values {values}")
    last_day = min(before, day(DAYS)) - timedelta(1)
    connection.execute("update stg_run__parameters set as_of_date = ?", [last_day])


def written(value):
    return f"'{value}'" if isinstance(value, str | date) else str(value)


def build_all(connection, rebuild_from=None):
    for model in BUILT:
        build(connection, model, rebuild_from if is_incremental(model) else None)
        if model == "int_measured_account_days":
            connection.execute("delete from int_health_measurements_daily")
            connection.execute(MEASURED)


@pytest.fixture(scope="module")
def connection():
    company = opened()
    for table, of_day in SIGNS.items():
        company.execute(
            f"create table {table} (account_id varchar, {of_day} date, "
            "is_active boolean default true)"
        )
    company.execute(
        f"create table {ASSIGNED} as "
        "select * exclude (components_date) from int_scored_account_days"
    )
    company.execute(
        "create table int_subscription_items_dated "
        "(account_id varchar, first_date date, end_date date)"
    )
    return company


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_who_sleeps_is_measured_on_mondays_and_whenever_the_score_could_change(connection, seed):
    rows = drawn_company(random.Random(seed))
    lay_down(connection, rows)
    build(connection, "int_scored_account_days")
    build(connection, "int_measured_account_days")
    found = connection.execute(
        "select account_id, score_date from int_measured_account_days order by all"
    ).fetchall()
    assert found == twin(rows)
    assert len(found) < len(rows[ASSIGNED])


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 2**32))
def test_every_day_has_the_score_of_the_day_that_explains_it(connection, seed):
    rows = drawn_company(random.Random(seed))
    lay_down(connection, rows)
    build_all(connection)
    days = connection.execute(
        "select count(*), count(*) filter (where components_date < score_date), "
        "max(score_date - components_date) from fct_account_health_daily"
    ).fetchone()
    assert days[0] == len(rows[ASSIGNED])
    assert days[1] > 0
    assert days[2] <= 6
    unexplained = connection.execute(
        "select health.account_id, health.score_date from fct_account_health_daily as health "
        "left join fct_account_health_components_daily as components "
        "on health.account_id = components.account_id "
        "and health.components_date = components.score_date "
        "group by health.account_id, health.score_date, health.base_score, "
        "health.model_version_id "
        "having abs(sum(points) - base_score) > 1e-9 or sum(points) is null "
        "or abs(sum(effective_weight) - 1) > 1e-9 "
        "or min(components.model_version_id) != health.model_version_id"
    ).fetchall()
    assert unexplained == []


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 2**32))
def test_the_causes_of_a_change_sum_to_it_on_days_of_sleep_too(connection, seed):
    lay_down(connection, drawn_company(random.Random(seed)))
    build_all(connection)
    compared = connection.execute(
        "select pairs.score_date, later.health_score - earlier.health_score, "
        "coalesce(sum(effect), 0) from int_explained_score_pairs as pairs "
        "inner join fct_account_health_daily as later using (account_id, score_date) "
        "inner join fct_account_health_daily as earlier on pairs.account_id = earlier.account_id "
        "and pairs.compared_date = earlier.score_date "
        "left join fct_account_health_changes as changes on pairs.account_id = changes.account_id "
        "and pairs.score_date = changes.score_date "
        "and pairs.horizon_days = changes.horizon_days "
        "group by pairs.account_id, pairs.score_date, pairs.horizon_days, "
        "later.health_score, earlier.health_score"
    ).fetchall()
    scored = connection.execute(
        "select count(*) from fct_account_health_daily as later "
        "inner join fct_account_health_daily as earlier on later.account_id = earlier.account_id "
        "and later.score_date - earlier.score_date in (7, 28, 90) "
        "and (extract(isodow from later.score_date) = 1 or later.score_date = ?) "
        "where later.health_score is not null and earlier.health_score is not null",
        [day(DAYS - 1)],
    ).fetchone()
    assert len(compared) == scored[0] > 300
    assert [row for row in compared if abs(row[1] - row[2]) > 1e-9] == []


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**32), st.integers(DAYS - 40, DAYS - 1))
def test_days_that_are_built_later_are_those_of_one_build_of_all(connection, seed, cut):
    rows = drawn_company(random.Random(seed))

    def built():
        return {
            model: connection.execute(f"select * from {model} order by all").fetchall()
            for model in BUILT
        }

    lay_down(connection, rows, before=day(cut))
    build_all(connection)
    lay_down(connection, rows)
    build_all(connection, rebuild_from=day(cut))
    in_two = built()
    build_all(connection)
    at_once = built()
    assert [model for model in BUILT if in_two[model] != at_once[model]] == []


def test_no_component_looks_back_further_than_an_account_must_be_silent_to_sleep():
    settled = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
    entries = yaml.safe_load((COMPONENTS / "_components.yml").read_text())["models"]
    windows = [entry["config"]["meta"]["covered_days"] for entry in entries]
    with (PROJECT / "seeds/score_components.csv").open() as lines:
        lives = [int(row["time_to_live_days"] or 0) for row in csv.DictReader(lines)]
    reached = [*windows, *lives, *settled["use_windows"]]
    assert settled["asleep_after_days"] == SLEEPS_AFTER >= max(reached)
    assert len(windows) > 15


def test_every_component_is_measured_on_the_same_days():
    asking_others = [
        path.stem
        for path in COMPONENTS.glob("component_*.sql")
        if "ref('int_measured_account_days')" not in path.read_text()
        or "ref('int_scored_account_days')" in path.read_text()
    ]
    assert asking_others == []
