"""An account that does nothing gains no points by it, on any day, however long it lasts."""

import pytest

from tests.cases.built import asking, build, write_landing
from tests.health.silent_company import AS_OF, STEADY, silent_company

MODELS = ["fct_account_health_daily", "fct_account_health_components_daily"]
# Components that the account does not move by coming or staying away.
OTHERS = ("urgent_open_hours", "mrr_change", "payment_overdue_days", "nps", "csat", "reopen_rate")


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("silence")
    tables, last_days = silent_company(seed=13, count=60)
    landing = write_landing(folder / "landing", tables)
    ask = asking(build(folder, landing, MODELS, AS_OF))
    values = ", ".join(f"('{account}', date '{day}')" for account, day in last_days.items())
    return ask, f"(values {values}) as silences (account_id, last_day)"


def test_no_score_rises_from_one_silent_day_to_the_next(company):
    ask, silences = company
    rises = ask(
        f"""
        select account_id, later.score_date, earlier.base_score, later.base_score
        from {silences}
        inner join marts.fct_account_health_daily as later using (account_id)
        inner join marts.fct_account_health_daily as earlier using (account_id)
        where later.score_date = earlier.score_date + 1 and earlier.score_date >= last_day
            and earlier.model_version_id = later.model_version_id
            and earlier.health_score is not null
            and later.base_score > earlier.base_score + 1e-9
        order by all
        """
    )
    assert rises == []


def test_nothing_that_is_measured_of_a_silent_account_rises_or_stops_being_measured(company):
    ask, silences = company
    changes = ask(
        f"""
        select account_id, later.component, later.score_date,
            earlier.component_score, later.component_score
        from {silences}
        inner join marts.fct_account_health_components_daily as later using (account_id)
        inner join marts.fct_account_health_components_daily as earlier using (account_id)
        where later.score_date = earlier.score_date + 1 and earlier.score_date >= last_day
            and later.component = earlier.component
            and earlier.model_version_id = later.model_version_id
            and later.component not in {OTHERS}
            and coalesce(later.component_score, 0) > earlier.component_score + 1e-9
        order by all
        """
    )
    assert changes == []


def test_every_silent_account_keeps_a_score_as_long_as_it_is_a_customer(company):
    ask, silences = company
    without = ask(
        f"""
        select account_id, score_date, status
        from {silences}
        inner join marts.fct_account_health_daily using (account_id)
        where health_score is null and status != 'too_new' and score_date > date '2025-08-28'
        """
    )
    assert without == []


def test_a_long_silence_is_at_its_worst_and_stays_there(company):
    ask, silences = company
    worst = ask(
        f"""
        select component, max(component_score), count(*)
        from {silences}
        inner join marts.fct_account_health_components_daily using (account_id)
        where component in ('active_days', 'overdue_ratio', 'core_breadth')
            and score_date > last_day + 182 and is_available
        group by component having max(component_score) > 1 or count(*) = 0
        """
    )
    assert [row for row in worst if row[0] != "overdue_ratio"] == []
    # A customer who comes every six weeks is not at the worst after half a year, but after eight
    # times their usual gap.
    assert ask(
        "select max(component_score) < 100, min(component_score) = 1 "
        f"from {silences} inner join marts.fct_account_health_components_daily using (account_id) "
        "where component = 'overdue_ratio' and score_date > last_day + 182 and is_available"
    ) == [(True, True)]


def test_what_they_did_before_is_what_the_test_says(company):
    ask, silences = company
    assert ask(
        f"select count(*) from {silences} inner join "
        "(select account_id, max(activity_date) as last_active_date "
        "from marts.fct_account_activity_daily where is_active group by account_id) "
        "using (account_id) where last_active_date != last_day"
    ) == [(0,)]
    measured = ask(
        "select distinct component from marts.fct_account_health_components_daily "
        f"where is_available and account_id != '{STEADY}'"
    )
    assert {
        *("active_days", "active_user_ratio", "active_roles", "core_breadth", "overdue_ratio"),
        *("usage_trend", "onboarding_progress", "session_error_rate", "slow_request_share"),
        *("tickets_per_100_users", "mrr_change"),
    } <= {component for (component,) in measured}
