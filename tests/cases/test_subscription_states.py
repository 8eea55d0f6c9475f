"""A word and the times beside it make one subscription, in every combination of them."""

from datetime import date

import pytest

from tests.cases.billing_company import (
    AS_OF,
    CASES,
    Answer,
    combinations,
    expected,
    item,
    landing_rows,
    subscription,
)
from tests.cases.built import asking, build, relation, write_landing

MODELS = ("fct_subscriptions_daily", "fct_churns", "fct_cancel_requests", "int_customer_months")
EARLIER = date(2026, 8, 20)
# What is canceled without any day: by what else the export tells.
ENDLESS = {
    "renewal": ({"renewal_date": "2026-08-01"}, {}, date(2026, 8, 1)),
    "renewal_before_request": (
        {"renewal_date": "2026-08-01", "cancel_requested_at": date(2026, 8, 15)},
        {},
        date(2026, 9, 1),
    ),
    "quarter": ({"term_months": 3}, {}, date(2026, 9, 1)),
    "term_before_interval": ({"term_months": 3}, {"interval": "year"}, date(2026, 9, 1)),
    "two_months": ({}, {"interval_count": 2}, date(2026, 8, 1)),
    "cancel_at_before_start": ({"cancel_at": date(2026, 5, 1)}, {}, date(2026, 7, 1)),
    "year": ({}, {"interval": "year"}, None),
    # It lived until the load of 28 November first said otherwise.
    "week": ({}, {"interval": "week"}, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def landing(tmp_path_factory):
    subscriptions, items = combinations()
    for name, (said, priced, _) in ENDLESS.items():
        subscriptions.append(subscription(name, status="canceled", **said))
        items.append(item(name, **priced))
    return write_landing(tmp_path_factory.mktemp("landing"), landing_rows(subscriptions, items))


@pytest.fixture(scope="module")
def built(landing, tmp_path_factory):
    return build(tmp_path_factory.mktemp("at_once"), landing, MODELS, AS_OF)


@pytest.fixture(scope="module")
def answers(built):
    rows = asking(built)(f"""
        -- Days of an account end ninety days after its service.
        select
            state.account_id, case when day.account_id is null then 0 else mrr end,
            coalesce(is_customer, false), coalesce(is_trial, false), service_ended_date,
            request.account_id is not null, is_saved, contradiction is not null
        from intermediate.int_subscriptions_deduplicated as state
        left join marts.fct_subscriptions_daily as day
            on state.account_id = day.account_id and activity_date = date '{AS_OF}'
        left join marts.fct_churns as churn on state.account_id = churn.account_id
        left join marts.fct_cancel_requests as request on state.account_id = request.account_id
    """)
    return {row[0]: Answer(*row[1:5], row[6] if row[5] else "no request", row[7]) for row in rows}


def test_every_combination_of_a_status_and_times_has_its_revenue_customer_churn_and_request(
    answers,
):
    wrong = {
        case.name: (answers.get(case.name), expected(case))
        for case in CASES
        # The word that nobody knows is tested below: it is worth what nobody knows.
        if case.status != "zzz" and answers.get(case.name) != expected(case)
    }
    assert len(CASES) == 486
    assert wrong == {}


def test_a_subscription_of_an_unknown_word_is_no_customer_no_churn_and_no_request(answers):
    unknown = [answers[case.name] for case in CASES if case.status == "zzz"]
    assert len(unknown) == 54
    assert {answer.is_customer for answer in unknown} == {False}
    assert {answer.service_ended for answer in unknown} == {None}
    assert {answer.is_saved for answer in unknown} == {"no request"}
    assert not any(answer.mrr for answer in unknown)


@pytest.mark.parametrize("name", ENDLESS)
def test_what_is_canceled_without_a_day_ends_with_what_was_paid_for(name, answers):
    end = ENDLESS[name][2]
    assert answers[name].service_ended == end
    assert answers[name].is_customer == (end is None)
    assert answers[name].is_contradiction


def test_a_contradiction_names_both_columns_and_what_was_taken(built):
    said = asking(built)("""
        select distinct contradiction from intermediate.int_subscriptions_deduplicated
        where contradiction is not null
    """)
    assert all("status is " in text and ": it " in text for (text,) in said)
    assert len(said) >= 12


def test_built_day_by_day_the_states_are_those_of_a_build_at_once(built, landing, tmp_path):
    build(tmp_path, landing, MODELS, EARLIER)
    day_by_day = build(tmp_path, landing, MODELS, AS_OF)
    for model in MODELS:
        rows = f"select * from {relation(model)} order by all"
        assert asking(day_by_day)(rows) == asking(built)(rows), model
