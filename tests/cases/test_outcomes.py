"""A term that ran out as agreed is no departure, and whoever goes silent is an outcome.

Every combination of a plan that renews or does not, an end before, at or after the end of the term,
a subscription that follows within the grace or none, and a term that is told as a day, in months
or not at all. One account each. Beside them customers whose contracts go on and who do not.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest

from tests.cases.billing_company import AS_OF, item, landing_rows, subscription
from tests.cases.built import asking, build, relation, write_landing

FIRST_DAY = date(2026, 1, 1)
TERM_END = date(2026, 7, 1)
ENDS = {"before": date(2026, 6, 1), "at": TERM_END, "after": date(2026, 7, 20)}
TERMS = {"as_a_day": {"renewal_date": "2026-07-01"}, "in_months": {"term_months": 6}, "untold": {}}
FOLLOWS_AFTER = timedelta(days=10)
# All ends lie in the window of 91 days of this Monday.
MONDAY = date(2026, 5, 4)
MODELS = (
    "fct_account_outcomes",
    "fct_contract_renewals",
    "int_customer_months",
    "fct_mrr_months",
    "fct_survival",
    "int_account_outcomes_monthly",
)


@dataclass(frozen=True)
class Case:
    """One subscription of six months, or of a term that nobody told."""

    renews: bool
    end: str
    is_followed: bool
    term: str

    @property
    def name(self) -> str:
        plan = "contract" if self.renews else "course"
        follows = "followed" if self.is_followed else "alone"
        return f"{plan}_{self.end}_{follows}_{self.term}"

    @property
    def is_completed(self) -> bool:
        """Nobody asked to leave or gave a reason, so what has no term ran out, too."""
        return not self.renews and (self.end != "before" or self.term == "untold")

    @property
    def has_ended(self) -> bool:
        return not self.is_followed

    @property
    def has_churned(self) -> bool:
        return self.has_ended and not self.is_completed

    @property
    def has_term_to_renew(self) -> bool:
        return self.renews and self.term == "in_months"


CASES = [Case(*values) for values in product((True, False), ENDS, (True, False), TERMS)]
ASKED_TO_LEAVE = "course_at_the_end_asked_to_leave"
ASKED_UNTOLD = "course_untold_asked_to_leave"
# Forty that were quiet for good settle in July that 28 days are long enough.
QUIET = {f"quiet_{number}": (date(2026, 2, 1), 7) for number in range(40)}
# Until when, and every how many days.
ACTIVE = QUIET | {
    "keeps_coming": (AS_OF, 3),
    "falls_silent": (date(2026, 7, 20), 7),
    "leaves_before_it_is_silent": (date(2026, 7, 20), 7),
    "was_half_silent": (date(2026, 6, 22), 7),
}
LEFT = date(2026, 8, 10)
SUMMER = date(2026, 7, 6)


def names(condition) -> set[str]:
    return {case.name for case in CASES if condition(case)}


@pytest.fixture(scope="module")
def landing(tmp_path_factory):
    subscriptions, items = [], []
    for case in CASES:
        end, plan = ENDS[case.end], "yearly" if case.renews else "course"
        subscriptions.append(
            subscription(case.name, status="canceled", started_at=FIRST_DAY, ended_at=end)
            | TERMS[case.term]
        )
        items.append(item(case.name, valid_from=FIRST_DAY, plan_id=plan))
        if case.is_followed:
            start, name = end + FOLLOWS_AFTER, f"{case.name}_next"
            subscriptions.append(subscription(name, case.name, started_at=start))
            items.append(item(name, valid_from=start, plan_id="monthly"))
    for name, said in ((ASKED_TO_LEAVE, {"term_months": 6}), (ASKED_UNTOLD, {})):
        subscriptions.append(
            subscription(name, status="canceled", started_at=FIRST_DAY, ended_at=TERM_END)
            | {"cancel_requested_at": date(2026, 5, 20)} | said
        )  # fmt: skip
        items.append(item(name, valid_from=FIRST_DAY, plan_id="course"))
    for name in ACTIVE:
        ended = {"status": "canceled", "ended_at": LEFT} if name.startswith("leaves") else {}
        subscriptions.append(subscription(name, started_at=FIRST_DAY, **ended))
        items.append(item(name, valid_from=FIRST_DAY))
    events = [
        {"event_id": f"{name} {day}", "event_name": "report_created", "user_id": "u1",
         "event_ts": f"{day}T10:00:00Z", "account_id": name}
        for name, (last, step) in ACTIVE.items()
        for day in (last - timedelta(days=step * back) for back in range(400))
        if day >= date(2025, 12, 15)
    ]  # fmt: skip
    plans = [{"plan_id": "course", "renews": False}, {"plan_id": "yearly"}]
    tables = {"product/events": events, "catalogue/plans": plans}
    rows = landing_rows(subscriptions, items, **tables)
    return write_landing(tmp_path_factory.mktemp("landing"), rows)


@pytest.fixture(scope="module")
def built(landing, tmp_path_factory):
    return build(tmp_path_factory.mktemp("at_once"), landing, MODELS, AS_OF)


@pytest.fixture(scope="module")
def ask(built):
    return asking(built)


def of_cases(ask, query: str) -> set[str]:
    known = {case.name for case in CASES}
    return {name for (name,) in ask(query) if name in known}


def test_only_a_course_that_lasted_its_term_is_completed_and_every_other_end_is_a_churn(ask):
    kinds = dict(ask("select account_id, end_kind from marts.fct_churns where is_final"))
    wanted = {
        case.name: "completed" if case.is_completed else "churned"
        for case in CASES
        if case.has_ended
    }
    assert {name: kind for name, kind in kinds.items() if name in wanted} == wanted
    assert not set(kinds) & names(lambda case: case.is_followed)
    dated = of_cases(ask, "select account_id from marts.fct_churns where churn_date is not null")
    assert dated == names(lambda case: case.has_churned)


def test_a_request_decides_only_where_no_term_is_told(ask):
    kinds = dict(ask("select account_id, end_kind from marts.fct_churns"))
    assert kinds[ASKED_TO_LEAVE] == "completed"
    assert kinds[ASKED_UNTOLD] == "churned"


@pytest.mark.parametrize(
    ("label", "condition"),
    [
        ("churn", lambda case: case.has_churned),
        ("revenue_loss", lambda case: case.has_churned),
        # What goes on beyond the grace after its term was renewed.
        (
            "non_renewal",
            lambda case: case.has_term_to_renew and case.has_ended and case.end != "after",
        ),
    ],
)
def test_what_ran_out_is_an_outcome_of_no_kind(ask, label, condition):
    rows = ask(
        "select account_id, is_event from marts.fct_account_outcomes "
        f"where snapshot_date = date '{MONDAY}' and label = '{label}' and horizon_days = 91"
    )
    known = {case.name for case in CASES}
    outcomes = {name: event for name, event in rows if name in known}
    asked = names(lambda case: case.has_term_to_renew or label != "non_renewal")
    assert set(outcomes) == asked
    assert {name for name, is_event in outcomes.items() if is_event} == names(condition)


def test_only_what_can_renew_has_a_renewal_date_and_a_renewal_rate(ask):
    due = of_cases(ask, "select account_id from marts.fct_contract_renewals where term_number = 1")
    assert due == names(lambda case: case.has_term_to_renew)
    dated = of_cases(
        ask,
        "select account_id from marts.fct_subscriptions_daily "
        f"where activity_date = date '{MONDAY}' and renewal_date is not null",
    )
    assert dated == due
    stages = of_cases(
        ask,
        "select account_id from intermediate.int_account_attributes_daily "
        f"where activity_date = date '{MONDAY}' and lifecycle_stage = 'renewal_window'",
    )
    assert stages == due


def test_months_tell_completed_apart_from_churned_and_the_ledger_names_what_ran_out(ask):
    for column, condition in (
        ("has_churned", lambda case: case.has_churned),
        ("has_completed", lambda case: case.has_ended and case.is_completed),
    ):
        rows = f"select account_id from intermediate.int_customer_months where {column}"
        assert of_cases(ask, rows) == names(condition), column
    moved = "select account_id from marts.fct_mrr_months where movement = 'churn'"
    assert of_cases(ask, moved) == names(lambda case: case.has_ended)
    completed = of_cases(ask, f"{moved} and is_completion")
    assert completed == names(lambda case: case.has_ended and case.is_completed)
    ((unbalanced,),) = ask(
        "select count(*) from marts.fct_mrr_months where opening + new + reactivation + expansion"
        " - contraction - churn + fx != closing"
    )
    assert unbalanced == 0


def test_survival_and_the_comparison_of_accounts_count_churns_only(ask):
    ((lost,),) = ask("select sum(churned_count) from marts.fct_survival where dimension = 'all'")
    # And the one without a term that asked to leave, and the one that was still active.
    assert lost == len(names(lambda case: case.has_churned)) + 2
    departed = of_cases(
        ask,
        "select distinct account_id from intermediate.int_account_outcomes_monthly "
        "where outcome = 'churn_42d' and outcome_value = 1",
    )
    assert departed == names(lambda case: case.has_churned)


def test_who_went_silent_is_an_outcome_of_whoever_was_active_not_long_before_and_did_not_leave(ask):
    settled = ask(
        "select threshold_days, status, silence_count from intermediate.int_silence_thresholds "
        f"where settled_on = date '{TERM_END}'"
    )
    # For the company, and for the one plan that all of them are on.
    assert settled == [(28, "settled", 40)] * 2
    outcomes = dict(
        ask(
            "select account_id, is_event from marts.fct_account_outcomes "
            f"where label = 'silence' and snapshot_date = date '{SUMMER}' and horizon_days = 42"
        )
    )
    assert outcomes == {"falls_silent": True, "keeps_coming": False}
    churns = dict(
        ask(
            "select account_id, is_event from marts.fct_account_outcomes "
            f"where label = 'churn' and snapshot_date = date '{SUMMER}' and horizon_days = 42"
        )
    )
    # None of them left, though, but one.
    assert {name for name in ACTIVE if churns[name]} == {"leaves_before_it_is_silent"}


def test_before_enough_silences_were_watched_nobody_is_asked_whether_they_went_silent(ask):
    ((first,),) = ask(
        "select min(snapshot_date) from marts.fct_account_outcomes where label = 'silence'"
    )
    assert first == SUMMER
    early = ask(
        "select status, threshold_days from intermediate.int_silence_thresholds "
        f"where settled_on < date '{TERM_END}'"
    )
    assert set(early) == {("too_few", None)}


def test_built_day_by_day_what_ran_out_is_what_it_is_at_once(built, landing, tmp_path):
    build(tmp_path, landing, MODELS, TERM_END + timedelta(days=5))
    day_by_day = build(tmp_path, landing, MODELS, AS_OF)
    for model in ("fct_churns", "fct_account_outcomes", "int_customer_months", "fct_mrr_months"):
        rows = f"select * from {relation(model)} order by all"
        assert asking(day_by_day)(rows) == asking(built)(rows), model
