"""What SQL says a customer is worth is what the models say, and where it says nothing it says why.

A company of its own: 160 customers who began on one day and leave as a shifted beta-geometric has
it, new ones, customers of every kind that has no value, and 140 who order without a contract.
"""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from orchestration.lifetime_value import order_frequency, order_size, shifted_beta_geometric
from orchestration.lifetime_value.fitting import fit_lifetime_value, needs_first_fit, needs_fit
from orchestration.lifetime_value.order_frequency import Histories
from orchestration.lifetime_value.shifted_beta_geometric import Renewals
from tests.cases.billing_company import AS_OF, item, landing_rows, subscription
from tests.cases.built import asking, build, run_dbt, write_landing

BEGAN = date(2025, 5, 10)
FIRST_ORDERS = date(2025, 6, 1)
CUSTOMERS, MONTHS = 160, 17
MODELS = ["fct_account_lifetime_value", "rpt_lifetime_value", "int_lifetime_value_renewals"]
SURVIVORS = np.round(
    CUSTOMERS * np.concatenate([[1], shifted_beta_geometric.survival(1.0, 8.0, MONTHS)])
).astype(int)


def month_later(months):
    year, month = divmod(BEGAN.month - 1 + months, 12)
    return BEGAN.replace(year=BEGAN.year + year, month=month + 1)


def contracts():
    """Return subscriptions and items: those who leave, who stay, who are new, and the odd ones."""
    subscriptions, items = [], []

    def add(name, starts, price=10000, currency="EUR", **values):
        subscriptions.append(subscription(name, started_at=starts, **values))
        ends = values.get("ended_at")
        items.append(
            item(name, valid_from=starts, valid_to=ends, unit_amount_minor=price, currency=currency)
        )

    for number in range(CUSTOMERS):
        month = next((m for m in range(1, MONTHS + 1) if SURVIVORS[m] <= number), None)
        ended = month_later(month) if month else None
        add(
            f"began_{number:03}",
            BEGAN,
            status="canceled" if ended else "active",
            ended_at=ended,
            term_months=1,
        )
    for number in range(5):
        add(f"new_{number}", date(2026, 10, 5), price=20000, term_months=1)
    asked = date(2026, 10, 20)
    add("asked", BEGAN, cancel_requested_at=asked, cancel_at=date(2026, 11, 10), term_months=1)
    add("yearly", BEGAN, term_months=12)
    add("dear", date(2026, 9, 1), term_months=1, currency="XTS")
    add("older", date(2024, 1, 10), term_months=1)
    subscriptions.append(subscription("both_2", "both", started_at=BEGAN, term_months=12))
    items.append(item("both_2", valid_from=BEGAN))
    add("both", BEGAN, term_months=1)
    return subscriptions, items


def orders():
    """Return orders of 140 customers, drawn with a seed."""
    generator = np.random.default_rng(3)
    rows = []
    for number in range(140):
        rate, chance = generator.gamma(1.2, 1 / 8), generator.beta(0.9, 2.5)
        size = 2000 + generator.gamma(3, 1000)
        day = FIRST_ORDERS + timedelta(days=int(generator.integers(0, 200)))
        while day <= AS_OF:
            rows.append(
                {
                    "transaction_id": f"o{len(rows)}",
                    "account_id": f"shop_{number:03}",
                    "ts": f"{day}T12:00:00Z",
                    "amount_minor": int(size * generator.uniform(0.5, 1.5)),
                    "currency": "EUR",
                    "status": "paid",
                }
            )
            if generator.uniform() < chance:
                break
            day += timedelta(days=1 + int(generator.exponential(7 / rate)))
    return rows


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lifetime_value")
    subscriptions, items = contracts()
    sold = orders()
    accounts = {row["account_id"] for row in [*subscriptions, *sold]}
    rows = landing_rows(
        subscriptions,
        items,
        **{
            "billing/transactions": sold,
            "crm/accounts": [
                {"account_id": name, "account_type": "customer", "created_at": BEGAN}
                for name in sorted(accounts)
            ],
            "product/events": [
                {
                    "event_id": str(day),
                    "event_name": "report_created",
                    "user_id": "u1",
                    "event_ts": f"{day}T10:00:00Z",
                    "account_id": "began_000",
                }
                for day in (BEGAN, AS_OF)
            ],
        },
    )
    settings = build(folder, write_landing(folder / "landing", rows), MODELS, AS_OF)
    ask = asking(settings)
    before = Counter(
        status for (status,) in ask("select status from marts.fct_account_lifetime_value")
    )
    assert needs_first_fit(settings)
    fits = fit_lifetime_value(settings)
    assert not needs_fit(settings)
    made_of_it = "source:customer_health.run.lifetime_value_parameters+"
    run_dbt(settings, ["--select", *(f"{made_of_it},+{model}" for model in MODELS)])
    return settings, before, fits


@pytest.fixture
def ask(company):
    return asking(company[0])


def test_before_anything_is_fitted_every_row_says_so(company):
    _, before, _ = company
    assert before["ok"] == 0
    assert before["not_fitted"] > 150


def test_the_renewals_that_came_up_are_those_of_the_customers_who_began(ask):
    rows = ask(
        "select at_risk_count, left_count from intermediate.int_lifetime_value_renewals "
        "where dimension = 'cohort' and segment = '2025' and term_months = 1 "
        "order by renewal_number"
    )
    # With the one who has asked to leave and is still there.
    assert [at_risk for at_risk, _ in rows] == [int(n) + 1 for n in SURVIVORS[:-1]]
    assert [left for _, left in rows] == [int(n) for n in SURVIVORS[:-1] - SURVIVORS[1:]]


def test_a_contract_is_worth_its_price_times_the_renewals_of_the_closed_form_cut_off(ask):
    rows = ask(
        "select renewal_number, at_risk_count, left_count "
        "from intermediate.int_lifetime_value_renewals where dimension = 'all' and term_months = 1 "
        "order by 1"
    )
    at_risk, left = np.zeros(rows[-1][0]), np.zeros(rows[-1][0])
    for number, customers, leavers in rows:
        at_risk[number - 1], left[number - 1] = customers, leavers
    fitted = shifted_beta_geometric.fit(Renewals(at_risk, left))
    alive = np.concatenate(
        [[1.0], shifted_beta_geometric.survival(fitted.alpha, fitted.beta, 2 * MONTHS)]
    )
    rate = 1.1 ** (1 / 12)
    for account, price, renewed, renewal in (
        ("began_000", 100, MONTHS, date(2026, 11, 10)),
        ("new_0", 200, 0, date(2026, 11, 5)),
    ):
        ahead = alive[renewed + 1 : renewed + MONTHS + 1] / alive[renewed]
        months = (ahead * rate ** -np.arange(MONTHS)).sum()
        months *= 1.1 ** (-(renewal - AS_OF).days / 365.25)
        ((value, low, high, count, ahead_of),) = ask(
            "select expected_value, value_low, value_high, renewed_count, months_ahead "
            f"from marts.fct_account_lifetime_value where account_id = '{account}'"
        )
        assert float(value) == pytest.approx(price * months, abs=0.02)
        assert low < value < high
        assert (count, ahead_of) == (renewed, MONTHS)


def test_every_customer_without_a_value_says_why(ask):
    found = dict(
        ask(
            "select account_id, status from marts.fct_account_lifetime_value "
            "where method = 'contractual' and status != 'ok'"
        )
    )
    assert found == {
        "asked": "asked_to_cancel",
        "yearly": "too_few_renewals",
        "dear": "price_not_known",
        "older": "older_than_observed",
        "both": "several_terms",
    }
    reasons = ask("select account_id, reason from marts.fct_account_lifetime_value")
    assert "5 are needed" in dict(reasons)["yearly"]
    left = [f"began_{CUSTOMERS - 1:03}"]
    assert not set(left) & {account for account, _ in reasons}


def test_whoever_orders_without_a_contract_is_worth_what_the_models_say(ask):
    parameters = {
        method: row
        for method, *row in ask(
            "select method, r, alpha, a, b, p, q, gamma from raw.lifetime_value_parameters "
            "where draw = 0 and method != 'shifted_beta_geometric'"
        )
    }
    frequency = np.array(parameters["mbg_nbd"][:4])
    size = np.array(parameters["gamma_gamma"][4:])
    rows = ask(
        "select repeat_count, last_order_weeks, watched_weeks, coalesce(mean_repeat_value, 0), "
        "expected_value, chance_of_being_there, months_ahead, value_low, value_high "
        "from intermediate.int_order_histories "
        "inner join marts.fct_account_lifetime_value using (account_id) order by account_id"
    )
    assert len(rows) == 140
    x, last, watched, means, value, there, months, low, high = np.array(rows, dtype=float).T
    weeks = months[0] * 365.25 / 84
    assert weeks == pytest.approx(watched.max())
    of = Histories(x, last, watched)
    chance = order_frequency.chance_of_being_there(frequency, of)
    assert there == pytest.approx(chance, abs=1e-9)
    expected = order_frequency.expected_orders(frequency, of, weeks)
    expected = expected * order_size.expected_value(size, x, means) * 1.1 ** (-weeks * 7 / 730.5)
    assert value == pytest.approx(expected, abs=0.01)
    assert (low < value).all()
    assert (value < high).all()


def test_a_customer_of_a_year_is_worth_more_months_than_a_new_one(ask):
    (row,) = ask(
        "select contract_customer_count, valued_customer_count, expected_months_new, "
        "expected_months_after_year, months_gained, months_gained_low, months_gained_high "
        "from reports.rpt_lifetime_value where dimension = 'all' and term_months = 1"
    )
    customers, valued, new, later, gained, low, high = row
    assert customers - valued == 3
    assert later - new == pytest.approx(gained)
    assert 0 < low < gained < high


def test_the_same_rows_are_fitted_to_the_same_parameters(company, ask):
    query = "from raw.lifetime_value_parameters order by all"
    first = ask(query)
    fit_lifetime_value(company[0])
    assert ask(query) == first
