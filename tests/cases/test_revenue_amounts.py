"""What an account pays a month is what somebody told; what nobody told is not known, never zero."""

import json
from datetime import date
from decimal import Decimal

import pytest

from orchestration.dbt_runner.in_process import invoke
from tests.cases.billing_company import AS_OF, item, landing_rows, subscription
from tests.cases.built import asking, build, relation, write_landing

MODELS = (
    "fct_subscriptions_daily",
    "int_customer_months",
    "fct_mrr_months",
    "fct_contracts_due",
    "fct_account_payments_daily",
    "rpt_excluded_revenue",
)
GATES = (
    "assert_mrr_ledger_agrees_with_subscription_days",
    "assert_mrr_movements_close_each_account",
    "assert_revenue_at_month_ends_is_that_of_the_day",
)
EARLIER = date(2026, 9, 29)
LATE = date(2026, 10, 15)
ITEMS = {
    "plain": {},
    "free": {"unit_amount_minor": 0},
    "free_in_no_currency": {"unit_amount_minor": 0, "currency": None},
    "no_price": {"unit_amount_minor": None},
    "no_currency": {"currency": None},
    "no_rate": {"currency": "CHF"},
    "small_letters": {"currency": "eur"},
    "rupiah": {"currency": "IDR", "interval": "year", "unit_amount_minor": 1_200_000_000},
    "yen": {"currency": "jpy", "unit_amount_minor": 5000},
    "dinar": {"currency": "KWD", "unit_amount_minor": 10_000},
    "unidad": {"currency": "CLF", "unit_amount_minor": 20_000},
    "late_item": {"valid_from": LATE},
    "item_ended": {"valid_to": LATE},
    "percent_in_file_of_percents": {"discount_pct": 0.5},
    "twenty_percent": {"discount_pct": 20},
    "all_off": {"discount_pct": 100},
    "beyond_all": {"discount_pct": 150},
    "below_none": {"discount_pct": -5},
    "month_of_none": {"interval_count": 0},
    "month_of_aeons": {"interval_count": 2_000_000_000},
    # What no sum could hold stops nothing: the first is refused, the others are not known.
    "beyond_any": {"unit_amount_minor": 9 * 10**18},
    "yen_beyond_any": {"currency": "jpy", "unit_amount_minor": 9 * 10**13},
    "daily_beyond_any": {"interval": "day", "unit_amount_minor": 9 * 10**13},
}
SHARES = {
    "fifth": {"discount_pct": 0.2},
    "whole": {"discount_pct": 1},
    "nothing_off": {"discount_pct": 0},
}
RIGHT = {
    "plain": "100.00", "free": "0.00", "free_in_no_currency": "0.00", "no_price": None,
    "no_currency": None, "no_rate": None, "small_letters": "100.00", "rupiah": "56.00",
    "yen": "30.00", "dinar": "30.00", "unidad": "70.00", "late_item": "100.00",
    "item_ended": None, "percent_in_file_of_percents": "99.50", "twenty_percent": "80.00",
    "all_off": "0.00", "beyond_all": None, "below_none": None, "month_of_none": None,
    "month_of_aeons": None, "beyond_any": None, "yen_beyond_any": None, "daily_beyond_any": None,
    "fifth": "80.00", "whole": "0.00", "nothing_off": "100.00", "no_item": None,
    "one_of_two_without_item": None, "two_contracts": "10000.00",
}  # fmt: skip
RATES = {"IDR": 0.000056, "jpy": 0.006, "KWD": 3.0, "CLF": 35.0}
PAYMENTS = {
    "paid": ["failed", "paid"],
    "void": ["failed", "void"],
    "pending": ["failed", "pending"],
    "unheard": ["failed", "zzz"],
    "disputed": ["disputed"],
    "failed_twice": ["failed", "failed"],
}


def company():
    """Return an account per item, two with two subscriptions, and one per history of payments."""
    names = [*ITEMS, *SHARES, *PAYMENTS, "no_item"]
    subscriptions = [subscription(name) for name in names]
    items = [item(name, **told) for name, told in ITEMS.items()]
    items += [item(name) for name in PAYMENTS]
    for account in ("one_of_two_without_item", "two_contracts"):
        subscriptions += [
            subscription(f"{account}_1", account, term_months=6),
            subscription(f"{account}_2", account, term_months=1),
        ]
        items.append(item(f"{account}_1"))
    items.append(item("two_contracts_2", unit_amount_minor=990_000))
    return landing_rows(
        subscriptions,
        items,
        **{
            "billing/fx_rates": [
                {"date": "2026-05-01", "from": currency, "to": "EUR", "rate": rate}
                for currency, rate in RATES.items()
            ],
            "billing/payments": [
                {"payment_id": f"{name}{number}", "account_id": name, "invoice_id": name,
                 "due_at": date(2026, 9, 1), "attempted_at": date(2026, 9, 1 + 2 * number),
                 "status": status, "amount_minor": 10000, "currency": "EUR"}
                for name, history in PAYMENTS.items()
                for number, status in enumerate(history)
            ],
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def landing(tmp_path_factory):
    landing = write_landing(tmp_path_factory.mktemp("landing"), company())
    shares = landing_rows([subscription("x")], [item(n, **told) for n, told in SHARES.items()])
    lines = [json.dumps(row) + "\n" for row in shares["billing/subscription_items"]]
    (landing / "billing/subscription_items/shares.jsonl").write_text("".join(lines))
    return landing


@pytest.fixture(scope="module")
def built(landing, tmp_path_factory):
    return build(tmp_path_factory.mktemp("at_once"), landing, MODELS, AS_OF)


def test_revenue_is_what_was_told_and_not_known_where_nothing_was(built):
    rows = asking(built)(
        f"select account_id, mrr from marts.fct_subscriptions_daily where activity_date = '{AS_OF}'"
    )
    paid = {account: mrr for account, mrr in rows if account not in PAYMENTS}
    assert paid == {name: Decimal(mrr) if mrr else None for name, mrr in RIGHT.items()}


def test_the_ledger_and_the_months_of_customers_say_the_same_to_the_cent(built, tmp_path):
    result = invoke(built, ["test", "--select", *GATES], tmp_path, lambda _: None)
    assert [outcome.status for outcome in result.result] == ["pass"] * len(GATES)
    closings = asking(built)(f"""
        select account_id, months.closing_mrr, ledger.closing, ledger.status
        from intermediate.int_customer_months as months
        inner join marts.fct_mrr_months as ledger using (account_id, month_end)
        where month_end = '{AS_OF}'
    """)
    said = {row[0]: row[1:] for row in closings if row[0] in RIGHT}
    assert len(said) == len(RIGHT)
    for name, (months, ledger, status) in said.items():
        right = Decimal(RIGHT[name]) if RIGHT[name] else None
        assert (months, ledger) == (right, right), name
        # The month in which an item came late has no known opening.
        assert (status == "ok") == (right is not None and name != "late_item"), name


def test_a_day_before_the_first_item_and_after_the_last_is_worth_what_nobody_knows(built):
    days = asking(built)("""
        select account_id, mrr is null, min(activity_date), max(activity_date)
        from marts.fct_subscriptions_daily
        where account_id in ('late_item', 'item_ended')
        group by all order by 1, 3
    """)
    start, before = date(2026, 6, 1), date(2026, 10, 14)
    assert days == [
        ("item_ended", False, start, before),
        ("item_ended", True, LATE, AS_OF),
        ("late_item", True, start, before),
        ("late_item", False, LATE, AS_OF),
    ]


def test_a_contract_that_renews_is_worth_itself_and_not_its_account(built):
    due = asking(built)("select subscription_id, mrr from marts.fct_contracts_due order by 1")
    assert due == [("one_of_two_without_item_1", Decimal(100)), ("two_contracts_1", Decimal(100))]


def test_what_is_void_or_unknown_is_not_overdue_and_what_is_pending_is(built):
    owed = asking(built)(f"""
        select account_id, overdue_days, attempt_count_90d, failed_attempt_count_90d
        from marts.fct_account_payments_daily
        where activity_date = '{AS_OF}'
    """)
    assert {row[0]: row[1:] for row in owed if row[0] in PAYMENTS} == {
        "paid": (0, 2, 1),
        "void": (0, 1, 1),
        "pending": (60, 1, 1),
        "unheard": (0, 1, 1),
        "disputed": (0, 1, 0),
        "failed_twice": (60, 2, 2),
    }


def test_a_discount_that_is_read_otherwise_than_it_stands_is_told(built):
    told = asking(built)("""
        select subscription_item_id from intermediate.int_subscription_items_deduplicated
        where contradiction is not null order by 1
    """)
    months = [("month_of_aeons",), ("month_of_none",)]
    assert told == [("below_none",), ("beyond_all",), ("fifth",), *months, ("whole",)]


def test_built_day_by_day_revenue_is_that_of_a_build_at_once(built, landing, tmp_path):
    build(tmp_path, landing, MODELS, EARLIER)
    day_by_day = build(tmp_path, landing, MODELS, AS_OF)
    for model in MODELS:
        rows = f"select * from {relation(model)} order by all"
        assert asking(day_by_day)(rows) == asking(built)(rows), model
