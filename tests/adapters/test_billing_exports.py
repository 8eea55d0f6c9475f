"""What Stripe's exports say of prices, seats and payments, where money is easily lost or made."""

import csv
import json
import shutil
from datetime import UTC, datetime
from itertools import combinations

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from orchestration.adapters.definition import FOLDER
from orchestration.adapters.golden import landed
from orchestration.adapters.macros import macros
from tests.adapters import exports
from tests.adapters.exports import put

TABLES = [table for table in exports.TABLES if table.system in ("billing", "crm")]
UNREAD = "is no whole number: kept as text in _extra"


def at(day):
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def items_of(landing):
    """Return the landed states of items in their order of time."""
    rows = landed(landing, TABLES)[0].get("billing/subscription_items", [])
    return sorted(rows, key=lambda row: (row["subscription_item_id"], row["valid_from"]))


def worth(row):
    """Return what a state brings a period, in minor units, as the models count it."""
    full = row["unit_amount_minor"] * row["quantity"]
    return full * (1 - row.get("discount_pct", 0) / 100) - row.get("discount_amount_minor", 0)


def price(amount=1900, currency="eur", **more):
    recurring = {"interval": "month", "interval_count": 1, "usage_type": "licensed"}
    return {
        "id": f"price_{amount}", "product": "prod", "unit_amount": amount, "currency": currency,
        "recurring": recurring,
    } | more  # fmt: skip


METERED = price(5, recurring={"interval": "month", "interval_count": 1, "usage_type": "metered"})


def item(key="si", quantity=1, **more):
    return {"id": key, "quantity": quantity, "created": at("2026-01-01"), "price": price()} | more


def subscription(*items, **more):
    return {
        "id": "sub", "customer": "cus", "status": "active", "start_date": at("2026-01-01"),
        "created": at("2026-01-01"), "current_period_start": at("2026-03-01"),
        "current_period_end": at("2026-04-01"), "items": {"data": [*items], "has_more": False},
    } | more  # fmt: skip


def line(key="il", start="2026-01-01", end="2026-02-01", **more):
    return {
        "id": key, "invoice_id": "in", "subscription": "sub", "subscription_item": "si",
        "price": price(), "quantity": 1, "amount": 1900, "currency": "eur", "proration": False,
        "period": {"start": at(start), "end": at(end)},
    } | more  # fmt: skip


def put_airbyte(landing, subscriptions=(), lines=()):
    if subscriptions:
        put(landing, "stripe/subscriptions.jsonl", subscriptions)
    if lines:
        put(landing, "stripe/invoice_line_items.jsonl", lines)


def put_csv(landing, name, rows):
    columns = [*dict.fromkeys(key for row in rows for key in row)]
    path = landing / f"stripe/{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


# ---- currencies ----


def test_decimals_of_a_currency_are_those_that_the_models_count_with():
    seed = FOLDER.parents[1] / "dbt_project" / "seeds" / "currency_minor_digits.csv"
    with duckdb.connect() as connection:
        connection.execute(macros())
        differ = connection.execute(
            "select currency from read_csv($seed) where decimals_of(currency) <> minor_digits",
            {"seed": str(seed)},
        ).fetchall()
        others = connection.execute(
            "select decimals_of(code) from unnest(['EUR', 'MGA', 'HUF', 'TWD']) as t(code)"
        ).fetchall()
    assert differ == []
    assert others == [(2,)] * 4


MINOR = [("isk", 50000, 500), ("ugx", 50000, 500), ("mga", 500, 50000), ("jpy", 500, 500)]


@pytest.mark.parametrize(("currency", "said", "minor"), [*MINOR, ("kwd", 5120, 5120)])
def test_stripe_counts_some_currencies_in_other_units_than_their_own(
    tmp_path, currency, said, minor
):
    one = subscription(item(price=price(said, currency)))
    put_airbyte(
        tmp_path, [one], [line(amount=said, price=price(said, currency), currency=currency)]
    )
    put(
        tmp_path,
        "stripe/charges.jsonl",
        [{
            "id": "ch", "customer": "cus", "amount": said, "amount_refunded": said,
            "currency": currency, "status": "succeeded", "created": at("2026-01-01"),
        }],
    )  # fmt: skip
    rows, _ = landed(tmp_path, TABLES)
    [state] = rows["billing/subscription_items"]
    assert state["unit_amount_minor"] == minor
    [payment] = rows["billing/payments"]
    assert (payment["amount_minor"], payment["status"]) == (minor, "refunded")


# ---- former states and items that are gone ----


def test_a_former_state_of_a_subscription_does_not_follow_what_was_invoiced_since(tmp_path):
    put_airbyte(tmp_path, [], [
        line("il_1", quantity=10, amount=19000),
        line("il_2", "2026-02-01", "2026-03-01", quantity=12, amount=22800),
    ])  # fmt: skip
    states = [subscription(item(quantity=10)), subscription(item(quantity=12))]
    for number, state in enumerate(states):
        put(tmp_path, f"stripe/subscriptions/2026_0{number + 1}_01.jsonl", [state])
    told = [(row["valid_from"], row["quantity"]) for row in items_of(tmp_path)]
    assert told == [("2026-01-01 00:00:00", 10), ("2026-02-01 00:00:00", 12)]


LINES_OF_TWO = [
    line("il_1"),
    line("il_2", subscription_item="si_gone"),
    line("il_3", "2026-02-01", "2026-03-01"),
    line("il_4", "2026-02-01", "2026-03-01", subscription_item="si_gone"),
]
CREDIT = line(
    "il_5", "2026-02-10", "2026-03-01", subscription_item="si_gone", amount=-1200, proration=True
)


@pytest.mark.parametrize(
    ("lines", "until"),
    [
        (LINES_OF_TWO, "2026-03-01 00:00:00"),
        ([*LINES_OF_TWO, CREDIT], "2026-02-10 00:00:00"),
        ([CREDIT, *reversed(LINES_OF_TWO)], "2026-02-10 00:00:00"),
    ],
)
def test_an_item_that_its_subscription_no_longer_has_ends_with_what_was_paid_for_it(
    tmp_path, lines, until
):
    put_airbyte(tmp_path, [subscription(item())], lines)
    kept, gone = items_of(tmp_path)
    assert (kept["subscription_item_id"], kept.get("valid_to")) == ("si", None)
    assert (gone["valid_from"], gone["valid_to"]) == ("2026-01-01 00:00:00", until)


def test_an_item_that_a_former_state_had_ends_with_its_period_where_no_invoice_is_told(tmp_path):
    former = subscription(
        item(), item("si_gone"),
        current_period_start=at("2026-01-01"), current_period_end=at("2026-02-01"),
    )  # fmt: skip
    put_airbyte(tmp_path, [former, subscription(item())])
    kept, gone = items_of(tmp_path)
    assert kept.get("valid_to") is None
    assert gone["valid_to"] == "2026-02-01 00:00:00"


def test_an_item_that_fivetran_tells_deleted_was_paid_for_until_then(tmp_path):
    put_fivetran(
        tmp_path,
        subscription_item=[
            ITEM, ITEM | {"id": "si_gone", "_fivetran_deleted": "true"},
            ITEM | {"id": "si_never", "_fivetran_deleted": "true"},
        ],
        invoice_line_item=[
            LINE, LINE | {"id": "il_2", "subscription_item_id": "si_gone"},
        ],
    )  # fmt: skip
    kept, gone = [row for row in items_of(tmp_path) if row["subscription_item_id"] != "si_never"]
    assert kept.get("valid_to") is None
    assert "_is_deleted" not in gone
    assert gone["valid_to"] == "2026-02-01 00:00:00"


# ---- prices ----


def test_the_lines_of_the_tiers_of_a_price_are_one_price(tmp_path):
    tiered = price(None, billing_scheme="tiered", tiers_mode="graduated")
    tiers = [
        line("il_1", price=tiered, quantity=10, amount=5000),
        line("il_2", price=tiered, quantity=5, amount=2000),
        line("il_3", price=tiered, quantity=0, amount=1000),
    ]
    put_airbyte(tmp_path, [subscription(item(quantity=15, price=tiered))], [*tiers, tiers[0]])
    [state] = items_of(tmp_path)
    assert state["quantity"] == 15
    assert worth(state) == 8000


def test_a_present_price_that_is_not_told_takes_back_no_price_that_was_invoiced(tmp_path):
    tiered = price(None, billing_scheme="tiered")
    now = [subscription(item(quantity=5, price=tiered))]
    put_airbyte(tmp_path, now, [line(price=tiered, quantity=5, amount=4000)])
    [state] = items_of(tmp_path)
    assert (state["unit_amount_minor"], state["quantity"]) == (800, 5)


FRACTIONS = [("0.5", 100000, 50000), ("0.4", 3, 1), ("833.3333", 12, 10000), ("1900", 3, 5700)]


@pytest.mark.parametrize(("said", "quantity", "full"), FRACTIONS)
def test_a_price_of_fractions_of_a_cent_is_worth_what_it_is_billed_at(
    tmp_path, said, quantity, full
):
    fraction = price(None, unit_amount_decimal=said)
    put_airbyte(tmp_path, [subscription(item(quantity=quantity, price=fraction))])
    [state] = items_of(tmp_path)
    assert (state["quantity"], worth(state)) == (quantity, full)


@pytest.mark.parametrize("said", [price(), price(None, billing_scheme="tiered")])
def test_an_item_of_no_seats_costs_nothing_from_the_invoice_on_that_says_so(tmp_path, said):
    none = [
        line("il_2", "2026-02-01", "2026-03-01", quantity=0, amount=0, price=said),
        line("il_3", "2026-03-01", "2026-04-01", quantity=0, amount=0, price=said),
    ]
    now = subscription(item(quantity=0, price=said), current_period_start=at("2026-05-01"))
    put_airbyte(tmp_path, [now], [line(quantity=5, amount=9500, price=said), *none])
    told = [(row["valid_from"], row["quantity"], worth(row)) for row in items_of(tmp_path)]
    assert told == [("2026-01-01 00:00:00", 5, 9500), ("2026-02-01 00:00:00", 0, 0)]


def test_an_invoice_line_is_worth_its_amount_where_it_does_not_divide_by_its_seats(tmp_path):
    put_airbyte(tmp_path, [], [line(quantity=12, amount=10000)])
    [state] = items_of(tmp_path)
    assert (state["quantity"], worth(state)) == (12, 10000)


def test_a_price_for_several_of_a_quantity_is_no_price_of_one(tmp_path):
    packed = price(5000, transform_quantity={"divide_by": 10, "round": "up"})
    put_airbyte(tmp_path, [subscription(item(quantity=100, price=packed))])
    rows, warned, _ = exports.load(tmp_path)
    [state] = rows["billing/subscription_items"]
    assert "unit_amount_minor" not in state
    assert ("unit_amount_minor", UNREAD, 1) in warned


def test_what_was_metered_is_no_seat_and_no_recurring_price(tmp_path):
    metered = item("si_use", price=METERED)
    del metered["quantity"]
    use = line(
        "il_2", price=METERED, subscription_item="si_use", quantity=1200, amount=6000,
    )  # fmt: skip
    put_airbyte(tmp_path, [subscription(item(), metered, quantity=1)], [line(), use])
    [state] = items_of(tmp_path)
    assert (state["subscription_item_id"], worth(state)) == ("si", 1900)


def test_of_two_invoices_of_one_period_the_later_one_holds_in_whatever_order(tmp_path):
    first = line("il_1", invoice_id="in_1", invoice_created=at("2026-01-01"))
    second = line(
        "il_2", invoice_id="in_2", invoice_created=at("2026-01-02"), quantity=7, amount=13300
    )
    put_airbyte(tmp_path, [], [second, first])
    [state] = items_of(tmp_path)
    assert state["quantity"] == 7


# ---- discounts ----


def discounted(*items, coupon, **more):
    return subscription(*items, discount={"id": "di", "coupon": coupon} | more)


TWO_ITEMS = [item("si_1", 2), item("si_2", 1, price=price(1000))]


def test_an_amount_off_a_subscription_is_taken_off_once_and_not_off_each_item(tmp_path):
    put_airbyte(tmp_path, [discounted(*TWO_ITEMS, coupon={"amount_off": 1001})])
    states = items_of(tmp_path)
    assert [state["discount_amount_minor"] for state in states] == [792, 209]
    assert sum(worth(state) for state in states) == 3800 + 1000 - 1001


@pytest.mark.parametrize(
    ("coupon", "until", "off"),
    [
        ({"percent_off": 50, "duration": "once"}, None, None),
        ({"percent_off": 50, "duration": "forever"}, None, 50),
        ({"percent_off": 50, "duration": "repeating"}, at("2026-06-01"), 50),
        ({"percent_off": 50, "duration": "repeating"}, at("2026-02-01"), None),
    ],
)
def test_a_discount_counts_while_it_recurs(tmp_path, coupon, until, off):
    put_airbyte(tmp_path, [discounted(item(), coupon=coupon, end=until)])
    [state] = items_of(tmp_path)
    assert state.get("discount_pct") == off


def test_several_discounts_are_taken_off_one_after_the_other(tmp_path):
    both = [
        {"id": "di_1", "coupon": {"percent_off": 10}},
        {"id": "di_2", "coupon": {"percent_off": 20}},
    ]
    put_airbyte(tmp_path, [subscription(item(quantity=10), discounts=both)])
    [state] = items_of(tmp_path)
    assert worth(state) == pytest.approx(19000 * 0.9 * 0.8)


def test_a_discount_that_one_item_has_is_not_that_of_the_others(tmp_path):
    own = item("si_1", discounts=[{"id": "di", "coupon": {"percent_off": 50}}])
    put_airbyte(tmp_path, [subscription(own, item("si_2"))])
    assert [state.get("discount_pct") for state in items_of(tmp_path)] == [50, None]


@pytest.mark.parametrize(
    "said",
    [
        {"discounts": ["di_1"]},
        {"discount": "{'id': 'di', 'coupon': {'percent_off': 10}}"},
        {"discounts": ["di", "di_2"], "discount": {"id": "di", "coupon": {"percent_off": 10}}},
        {"discounts": [{"id": "di", "source": {"coupon": "co", "type": "coupon"}}]},
        {"discounts": [
            {"id": "di", "coupon": {"percent_off": 10}}, {"id": "di_2", "coupon": {"amount_off": 5}}
        ]},
        {"items": {"data": [item(discounts=["di_9"])]}},
    ],
)  # fmt: skip
def test_a_price_whose_discount_is_not_told_is_not_known(tmp_path, said):
    put_airbyte(tmp_path, [subscription(item()) | said])
    rows, warned, _ = exports.load(tmp_path)
    [state] = rows["billing/subscription_items"]
    assert "unit_amount_minor" not in state
    assert state["quantity"] == 1
    assert ("unit_amount_minor", UNREAD, 1) in warned


def test_the_discount_of_the_older_column_is_that_of_the_list(tmp_path):
    put_airbyte(tmp_path, [discounted(item(), coupon={"percent_off": 25}) | {"discounts": ["di"]}])
    [state] = items_of(tmp_path)
    assert worth(state) == 1425


def test_a_discount_of_a_customer_is_that_of_a_subscription_that_has_none(tmp_path):
    customer = {"id": "cus", "email": "a@b.example", "delinquent": False}
    own = discounted(item("si_own"), coupon={"percent_off": 50}) | {"id": "sub_own"}
    put_airbyte(tmp_path, [subscription(item()), own])
    put(
        tmp_path,
        "stripe/customers.jsonl",
        [customer | {"discount": {"id": "di_c", "coupon": {"percent_off": 20}}}],
    )
    assert [state["discount_pct"] for state in items_of(tmp_path)] == [20, 50]


def test_what_was_taken_off_an_invoice_line_is_no_revenue(tmp_path):
    off = [{"amount": 1900, "discount": "di_1"}, {"amount": 100, "discount": "di_2"}]
    now = [discounted(item(quantity=10), coupon={"percent_off": 10})]
    put_airbyte(tmp_path, now, [line(quantity=10, amount=19000, discount_amounts=off)])
    past, present = items_of(tmp_path)
    assert (worth(past), worth(present)) == (17000, 17100)


# ---- tax that a price includes ----

TAXES = [
    ({}, 12000),
    ({"tax_amounts": [{"amount": 2000, "inclusive": True}]}, 10000),
    ({"tax_amounts": [{"amount": 2400, "inclusive": False}]}, 12000),
    ({"tax_amounts": [], "taxes": [{"amount": 2000, "tax_behavior": "inclusive"}]}, 10000),
    ({"taxes": [{"amount": 1500, "tax_behavior": "inclusive"}] * 2}, 9000),
    (
        {
            "tax_amounts": [{"amount": 1000, "inclusive": True}],
            "discount_amounts": [{"amount": 6000, "discount": "di"}],
        },
        5000,
    ),
]


@pytest.mark.parametrize(("said", "net"), TAXES)
def test_tax_that_an_invoice_line_includes_is_no_revenue(tmp_path, said, net):
    told = line(price=price(1200), quantity=10, amount=12000, **said)
    put_airbyte(tmp_path, [], [told])
    [state] = items_of(tmp_path)
    assert (state["quantity"], worth(state)) == (10, net)


def test_a_present_price_includes_the_tax_that_the_last_invoice_said(tmp_path):
    told = line(amount=1900, tax_amounts=[{"amount": 317, "inclusive": True}])
    put_airbyte(tmp_path, [subscription(item(quantity=2))], [told])
    past, present = items_of(tmp_path)
    assert (worth(past), worth(present)) == (1583, 3166)


def test_a_present_price_with_the_tax_of_the_last_invoice_is_no_other_price(tmp_path):
    told = line(amount=1900, tax_amounts=[{"amount": 317, "inclusive": True}])
    put_airbyte(tmp_path, [subscription(item())], [told])
    [state] = items_of(tmp_path)
    assert worth(state) == 1583


def test_the_rest_of_a_period_is_charged_with_its_tax(tmp_path):
    rest = line(
        "il_2", "2026-01-16", "2026-02-01", quantity=3, amount=2850, proration=True,
        tax_amounts=[{"amount": 475, "inclusive": True}],
    )  # fmt: skip
    put_airbyte(tmp_path, [], [rest])
    [state] = items_of(tmp_path)
    assert worth(state) == 4750


@pytest.mark.parametrize("column", ["tax_amounts", "taxes", "discount_amounts"])
def test_what_cannot_be_read_beside_an_invoice_line_leaves_its_price_unknown(tmp_path, column):
    put_airbyte(tmp_path, [], [line(**{column: "[{'amount': 317, 'inclusive': True}]"})])
    rows, warned, _ = exports.load(tmp_path)
    [state] = rows["billing/subscription_items"]
    assert "unit_amount_minor" not in state
    assert ("unit_amount_minor", UNREAD, 1) in warned


# ---- Fivetran ----

SUBSCRIPTION = {
    "id": "sub", "customer_id": "cus", "status": "active", "start_date": "2026-01-01T00:00:00Z",
    "current_period_start": "2026-03-01T00:00:00Z", "current_period_end": "2026-04-01T00:00:00Z",
}  # fmt: skip
ITEM = {"id": "si", "subscription_id": "sub", "plan_id": "p", "quantity": 10,
        "created": "2026-01-01T00:00:00Z"}  # fmt: skip
PRICE = {
    "id": "p", "unit_amount": 1900, "currency": "eur", "recurring_interval": "month",
    "recurring_interval_count": 1, "product_id": "prod",
}  # fmt: skip
LINE = {
    "id": "il", "invoice_id": "in", "subscription_id": "sub", "subscription_item_id": "si",
    "price_id": "p", "quantity": 10, "amount": 19000, "currency": "eur", "proration": "false",
    "period_start": "2026-01-01T00:00:00Z", "period_end": "2026-02-01T00:00:00Z",
}  # fmt: skip
DISCOUNT = {"id": "di", "subscription_id": "sub", "coupon_id": "co", "end": "",
            "start": "2026-01-01T00:00:00Z"}  # fmt: skip
COUPON = {"id": "co", "percent_off": 10, "amount_off": "", "duration": "forever"}


def put_fivetran(landing, **tables):
    rows = {"subscription": [SUBSCRIPTION], "subscription_item": [ITEM], "price": [PRICE]} | tables
    for name, said in rows.items():
        put_csv(landing, name, said)


@pytest.mark.parametrize(
    ("discounts", "coupons", "off"),
    [
        ([DISCOUNT], [COUPON], 10),
        ([DISCOUNT], [COUPON | {"duration": "once"}], None),
        ([DISCOUNT | {"end": "2026-06-01T00:00:00Z"}], [COUPON], 10),
        ([DISCOUNT | {"end": "2026-02-01T00:00:00Z"}], [COUPON], None),
        (
            [
                DISCOUNT | {"end": "2026-03-15T00:00:00Z"},
                DISCOUNT | {"id": "di_2", "start": "2026-03-15T00:00:00Z"},
            ],
            [COUPON],
            10,
        ),
        ([DISCOUNT] * 2, [COUPON] * 2, 10),
        (
            [DISCOUNT, DISCOUNT | {"id": "di_2", "coupon_id": "co_2"}],
            [COUPON, COUPON | {"id": "co_2", "percent_off": 20}],
            28,
        ),
    ],
)
def test_a_present_item_of_fivetran_has_the_discounts_that_recur(tmp_path, discounts, coupons, off):
    put_fivetran(tmp_path, subscription_discount=discounts, coupon=coupons)
    [state] = items_of(tmp_path)
    assert state.get("discount_pct") == (off and pytest.approx(off))


def test_a_discount_of_fivetran_without_its_coupon_leaves_the_price_unknown(tmp_path):
    put_fivetran(tmp_path, subscription_discount=[DISCOUNT], invoice_line_item=[LINE])
    rows, warned, _ = exports.load(tmp_path)
    [state] = rows["billing/subscription_items"]
    assert "unit_amount_minor" not in state
    assert ("unit_amount_minor", UNREAD, 1) in warned


def test_fivetran_tells_discounts_in_one_table_of_all_kinds_too(tmp_path):
    told = DISCOUNT | {"type": "SUBSCRIPTION", "type_id": "sub"}
    other = told | {"id": "di_2", "type": "INVOICE", "type_id": "in", "coupon_id": "co_2"}
    coupons = [COUPON, COUPON | {"id": "co_2", "percent_off": 50}]
    put_fivetran(tmp_path, discount=[told, other], coupon=coupons)
    [state] = items_of(tmp_path)
    assert state["discount_pct"] == 10


def test_a_subscription_of_fivetran_whose_items_alone_tell_the_period_is_read(tmp_path):
    moved = ("current_period_start", "current_period_end")
    put_fivetran(
        tmp_path,
        subscription=[{name: said for name, said in SUBSCRIPTION.items() if name not in moved}],
        subscription_item=[ITEM | {name: SUBSCRIPTION[name] for name in moved}],
    )
    rows, _, _ = exports.load(tmp_path)
    [subscription] = rows["billing/subscriptions"]
    assert str(subscription["renewal_date"]) == "2026-04-01"


def test_a_discount_that_names_a_subscription_is_no_discount_of_the_whole_customer(tmp_path):
    wrong = DISCOUNT | {"type": "CUSTOMER", "type_id": "cus"}
    put_fivetran(
        tmp_path,
        subscription=[SUBSCRIPTION, SUBSCRIPTION | {"id": "sub_2"}],
        subscription_item=[ITEM, ITEM | {"id": "si_2", "subscription_id": "sub_2"}],
        discount=[wrong, wrong | {"type": "SUBSCRIPTION", "type_id": "sub"}],
        coupon=[COUPON],
    )
    told = {row["subscription_item_id"]: row.get("discount_pct") for row in items_of(tmp_path)}
    assert told == {"si": 10, "si_2": None}


def test_an_amount_off_is_shared_by_the_lines_of_an_invoice_of_fivetran(tmp_path):
    put_fivetran(
        tmp_path,
        subscription_discount=[DISCOUNT],
        coupon=[COUPON | {"percent_off": "", "amount_off": 1000}],
        invoice_line_item=[LINE, LINE | {"id": "il_2", "subscription_item_id": "si_2"}],
        subscription_item=[ITEM, ITEM | {"id": "si_2"}],
    )
    assert [worth(state) for state in items_of(tmp_path)] == [18500, 18500]


WITHOUT_TAX = [("", 19000), ("1597", 15970), ("1900", 19000), ("1899.6", 19000)]


@pytest.mark.parametrize(("said", "net"), WITHOUT_TAX)
def test_a_line_of_fivetran_tells_the_price_of_one_without_tax_in_whole_cents(tmp_path, said, net):
    put_fivetran(tmp_path, invoice_line_item=[LINE | {"unit_amount_excluding_tax": said}])
    [state] = items_of(tmp_path)
    assert worth(state) == net


def test_a_table_of_fivetran_that_is_exported_again_tells_each_row_once(tmp_path):
    again = {
        "subscription": [SUBSCRIPTION, SUBSCRIPTION | {"status": "past_due"}],
        "price": [PRICE, PRICE], "subscription_item": [ITEM, ITEM | {"quantity": 11}],
        "charge": [{
            "id": "ch", "customer_id": "cus", "invoice_id": "in", "amount": 100, "currency": "eur",
            "status": "succeeded", "created": "2026-01-02T00:00:00Z",
        }],
        "invoice": [
            {"id": "in", "customer_id": "cus", "due_date": "2026-01-05T00:00:00Z"},
            {"id": "in", "customer_id": "cus", "due_date": "2026-01-09T00:00:00Z"},
        ],
    }  # fmt: skip
    put_fivetran(tmp_path, **again)
    rows, _ = landed(tmp_path, TABLES)
    [payment] = rows["billing/payments"]
    assert payment["due_at"] == "2026-01-09 00:00:00"
    [state] = rows["billing/subscription_items"]
    assert state["quantity"] == 11


def test_what_fivetran_tells_metered_is_no_seat_and_no_recurring_price(tmp_path):
    put_fivetran(
        tmp_path,
        price=[PRICE, PRICE | {"id": "use", "recurring_usage_type": "metered"}],
        subscription_item=[ITEM, ITEM | {"id": "si_use", "plan_id": "use", "quantity": ""}],
        invoice_line_item=[LINE, LINE | {
            "id": "il_2", "subscription_item_id": "si_use", "price_id": "use", "quantity": 900,
        }],
    )  # fmt: skip
    [state] = items_of(tmp_path)
    assert (state["subscription_item_id"], worth(state)) == ("si", 19000)


# ---- what cannot be read is said ----


def test_items_that_are_no_json_are_said_and_not_left_out(tmp_path):
    put_csv(tmp_path, "subscriptions", [subscription(item())])
    put_csv(tmp_path, "invoice_line_items", [line()])
    rows, _, quarantine = exports.load(tmp_path)
    assert rows["billing/subscription_items"] == []
    assert sorted(reason for reason, _ in quarantine) == [
        "items is no text of JSON",
        'required column valid_from is not a timestamp: "{}"',
    ]


@pytest.mark.parametrize(
    ("items", "says", "landed_items"),
    [
        ({"data": [item()], "has_more": True}, "has_more", 1),
        ([item()], "no list called data", 0),
        ({"data": []}, None, 0),
        (None, None, 0),
    ],
)
def test_items_that_the_export_does_not_bring_are_said(tmp_path, items, says, landed_items):
    put_airbyte(tmp_path, [subscription(items=items)])
    rows, _, quarantine = exports.load(tmp_path)
    assert len(rows["billing/subscription_items"]) == landed_items
    assert [says in reason for reason, _ in quarantine] == ([True] if says else [])


def test_metadata_that_is_no_json_names_no_account_in_silence(tmp_path):
    customer = {"id": "cus", "email": "a@b.example", "delinquent": "False"}
    put_csv(tmp_path, "customers", [customer | {"metadata": {"account_id": "A-1"}}])
    rows, warned, quarantine = exports.load(tmp_path)
    assert [row.get("account_id") for row in rows["crm/account_keys"]] in ([], [None])
    assert quarantine or any(column == "account_id" for column, *_ in warned)


# ---- customers ----


def test_the_past_of_a_customer_that_was_deleted_stays_that_of_its_account(tmp_path):
    told = {
        "id": "cus", "email": "a@b.example", "delinquent": False, "metadata": {"account_id": "A-1"}
    }  # fmt: skip
    gone = {"id": "cus", "email": None, "delinquent": None, "is_deleted": True}
    put(tmp_path, "stripe/customers.jsonl", [told, gone])
    [key] = landed(tmp_path, TABLES)[0]["crm/account_keys"]
    assert (key["account_id"], key["domain"]) == ("A-1", "b.example")
    assert "_is_deleted" not in key


# ---- subscriptions ----

TRIAL = {"trial_start": at("2026-01-01"), "trial_end": at("2026-01-15")}
STATES = [
    ({"status": "paused"} | TRIAL, ("unpaid", "2026-01-15 00:00:00")),
    ({"status": "paused", "ended_at": at("2026-01-14")} | TRIAL, ("unpaid", "2026-01-14 00:00:00")),
    ({"pause_collection": {"behavior": "void"}} | TRIAL, ("paused", None)),
    ({"status": "past_due"} | TRIAL, ("past_due", None)),
]


@pytest.mark.parametrize(("said", "told"), STATES)
def test_a_trial_that_ended_without_a_card_brings_nothing_and_a_pause_is_another_thing(
    tmp_path, said, told
):
    put_airbyte(tmp_path, [subscription(item()) | said])
    [row] = landed(tmp_path, TABLES)[0]["billing/subscriptions"]
    assert (row["status"], row.get("ended_at")) == told


def test_a_subscription_of_airbyte_whose_items_alone_tell_the_billing_period_is_read(tmp_path):
    period = {"current_period_start": at("2026-03-01"), "current_period_end": at("2026-04-01")}
    told = {name: said for name, said in subscription(item(**period)).items() if name not in period}
    put_airbyte(tmp_path, [told])
    rows = landed(tmp_path, TABLES)[0]
    assert [row["renewal_date"] for row in rows["billing/subscriptions"]] == ["2026-04-01"]
    assert [worth(state) for state in rows["billing/subscription_items"]] == [1900]


# What a connector marks as deleted once Stripe says customer.subscription.deleted has only ended.
ENDED = {"status": "canceled", "canceled_at": at("2026-02-20"), "ended_at": at("2026-03-01")}


def test_a_subscription_of_airbyte_that_was_canceled_has_ended_and_was_there(tmp_path):
    told = subscription(item(quantity=10))
    put(tmp_path, "stripe/subscriptions/2026_01_01.jsonl", [told])
    put(tmp_path, "stripe/subscriptions/2026_03_01.jsonl", [told | ENDED | {"is_deleted": True}])
    rows = landed(tmp_path, TABLES)[0]
    last = rows["billing/subscriptions"][-1]
    assert (last["status"], last["ended_at"]) == ("canceled", "2026-03-01 00:00:00")
    assert "_is_deleted" not in last
    [state] = rows["billing/subscription_items"]
    assert (state["quantity"], state["valid_to"]) == (10, "2026-03-01 00:00:00")
    assert "_is_deleted" not in state


@pytest.mark.parametrize("kind", ["jsonl", "wrapped", "csv", "parquet", "Snowflake"])
def test_a_table_that_was_written_in_another_order_than_it_was_read_tells_its_newest_state(
    tmp_path, kind
):
    # Airbyte appends; a warehouse that unloads such a table keeps to no order.
    active = subscription(item(quantity=10))
    other = subscription(item("so"), id="other")
    told = [
        (active | ENDED, "2026-03-01T10:00:00.5Z"),
        (other, "2026-03-01T10:00:00Z"),
        (active, "2026-01-01T10:00:00Z"),
        (other, "2026-03-01T10:00:01Z"),
    ]
    put_extracted(tmp_path, kind, told)
    said = []
    rows, quarantine = landed(tmp_path, TABLES, said.append)
    latest = {row["subscription_id"]: row for row in rows["billing/subscriptions"]}
    assert (latest["sub"]["status"], latest["other"]["status"]) == ("canceled", "active")
    states = [row for row in rows["billing/subscription_items"] if row["subscription_id"] == "sub"]
    assert [row["valid_to"] for row in states] == ["2026-03-01 00:00:00"]
    assert quarantine == []
    assert [text for text in said if "below a newer one" in text] == [
        "Left out: of stripe/subscriptions 1 line below a newer one of the same id (by "
        "_airbyte_extracted_at): the table was written in another order."
    ]


def put_extracted(landing, kind, told):
    name = "stripe/subscriptions"
    if kind == "wrapped":
        put(landing, f"{name}.jsonl", [
            {"_airbyte_raw_id": str(n), "_airbyte_emitted_at": time, "_airbyte_data": row}
            for n, (row, time) in enumerate(told)
        ])  # fmt: skip
        return
    rows = [row | {"_airbyte_extracted_at": time} for row, time in told]
    if kind == "jsonl":
        put(landing, f"{name}.jsonl", rows)
        return
    texts = [
        {key: json.dumps(value) if isinstance(value, dict | list) else value
         for key, value in row.items()}
        for row in rows
    ]  # fmt: skip
    if kind == "csv":
        put_csv(landing, "subscriptions", texts)
        return
    if kind == "Snowflake":
        texts = [{key.upper(): value for key, value in row.items()} for row in texts]
    times = [name for name in texts[0] if "EXTRACTED" in name.upper()]
    frame = pyarrow.Table.from_pylist(texts)
    stamps = pyarrow.array([datetime.fromisoformat(time) for _, time in told])
    frame = frame.set_column(frame.column_names.index(times[0]), times[0], stamps)
    (landing / "stripe").mkdir()
    parquet.write_table(frame, landing / f"{name}.parquet")


def test_a_subscription_of_fivetran_that_was_canceled_has_ended_and_was_there(tmp_path):
    times = dict.fromkeys(("canceled_at", "ended_at"), "2026-03-01T00:00:00Z")
    told = SUBSCRIPTION | times | {"status": "canceled", "_fivetran_deleted": True}
    put_fivetran(tmp_path, subscription=[told], subscription_item=[ITEM])
    rows = landed(tmp_path, TABLES)[0]
    [row] = rows["billing/subscriptions"]
    assert (row["status"], row["ended_at"]) == ("canceled", "2026-03-01 00:00:00")
    assert "_is_deleted" not in row


# ---- payments ----

CHARGES = [
    ({}, "paid"),
    ({"captured": True}, "paid"),
    ({"captured": False}, "pending"),
    ({"captured": False, "amount_refunded": 1900}, "void"),
    ({"refunded": True}, "refunded"),
    ({"amount_refunded": 900, "refunded": False}, "paid"),
    ({"status": "failed", "captured": False}, "failed"),
]


def test_a_charge_that_was_only_authorised_is_not_paid(tmp_path):
    charge = {
        "customer": "cus", "amount": 1900, "currency": "eur", "status": "succeeded",
        "created": at("2026-01-01"),
    }  # fmt: skip
    rows = [charge | more | {"id": str(place)} for place, (more, _) in enumerate(CHARGES)]
    put(tmp_path, "stripe/charges.jsonl", rows)
    told = landed(tmp_path, TABLES)[0]["billing/payments"]
    assert [row["status"] for row in told] == [status for _, status in CHARGES]


INVOICE = {
    "id": "in", "customer": "cus", "status": "paid", "due_date": at("2026-01-15"),
    "created": at("2026-01-01"), "amount_due": 1900, "amount_paid": 1900, "currency": "eur",
    "attempted": False, "attempt_count": 0, "status_transitions": {"paid_at": at("2026-01-20")},
}  # fmt: skip
OUTSIDE = {"amount_paid": 0, "amount_remaining": 1900, "paid_out_of_band": True}
VOIDED = {"status": "void", "amount_paid": 0, "status_transitions": {"voided_at": at("2026-03-01")}}
CHARGE = {
    "customer": "cus", "amount": 1900, "amount_refunded": 0, "currency": "eur", "invoice": "in",
    "created": at("2026-01-02"),
}  # fmt: skip
ASKED = ("in:asked", "pending", 1900)
ASKED_OF = (*ASKED, "in")
UNCHARGED = [
    ({}, [], [ASKED, ("in", "paid", 1900)]),
    (OUTSIDE, [], [ASKED, ("in", "paid", 1900)]),
    (OUTSIDE, ["failed"], [("ch_0", "failed", 1900), ASKED, ("in", "paid", 1900)]),
    ({}, ["failed", "succeeded"], [("ch_0", "failed", 1900), ("ch_1", "paid", 1900)]),
    (VOIDED, ["failed"], [("ch_0", "failed", 1900), ASKED, ("in", "void", 1900)]),
    ({"status": "open"}, [], [ASKED]),
    ({"status": "open", "attempted": True}, [], [ASKED, ("in", "failed", 1900)]),
    ({"status": "open"}, ["failed"], [("ch_0", "failed", 1900)]),
    ({"status": "draft"}, [], []),
    ({"amount_due": 0, "amount_paid": 0}, [], [("in", "void", 0)]),
]


@pytest.mark.parametrize(("said", "outcomes", "told"), UNCHARGED)
def test_an_invoice_tells_the_payment_that_no_charge_tells(tmp_path, said, outcomes, told):
    charges = [
        CHARGE | {"id": f"ch_{place}", "status": outcome} for place, outcome in enumerate(outcomes)
    ]
    other = CHARGE | {"id": "ch", "customer": "other", "invoice": "in_1", "status": "succeeded"}
    put(tmp_path, "stripe/charges.jsonl", [*charges, other])
    put(tmp_path, "stripe/invoices.jsonl", [INVOICE | {"status": "open"}, INVOICE | said])
    rows = landed(tmp_path, TABLES)[0]["billing/payments"]
    own = [row for row in rows if row["account_id"] == "cus"]
    found = [(row["payment_id"], row["status"], row["amount_minor"]) for row in own]
    assert sorted(found) == sorted(told)


@pytest.mark.parametrize(("back", "kept"), [(0, 1900), (900, 1000), (1900, 1900), (None, 1900)])
def test_a_payment_of_which_a_part_was_given_back_is_smaller_and_not_undone(tmp_path, back, kept):
    charge = CHARGE | {"id": "ch", "status": "succeeded", "amount_refunded": back}
    put(tmp_path, "stripe/charges.jsonl", [charge])
    [payment] = landed(tmp_path, TABLES)[0]["billing/payments"]
    told = (payment["status"], payment["amount_minor"])
    assert told == ("refunded" if back == 1900 else "paid", kept)


REST = {"amount": 1200, "created": at("2026-01-05")}
IN_PARTS = [
    # Asked for still, however much of it was paid.
    ({"status": "open", "attempted": True}, [{}], [("ch_0", "paid", 700, None), ASKED_OF]),
    # The charge with which it was paid settles it, and no other.
    ({}, [{}, REST], [("ch_0", "paid", 700, None), ("ch_1", "paid", 1200, "in")]),
    # The rest was paid outside of Stripe.
    ({}, [{}], [("ch_0", "paid", 700, None), ASKED_OF, ("in", "paid", 1200, "in")]),
    (
        {"status": "uncollectible"}, [{}],
        [("ch_0", "paid", 700, None), ASKED_OF, ("in", "failed", 1200, "in")],
    ),
    (
        {"status": "open", "attempted": True}, [{}, REST | {"status": "failed"}],
        [("ch_0", "paid", 700, None), ("ch_1", "failed", 1200, "in"), ASKED_OF],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "charges", "told"), IN_PARTS)
def test_a_charge_of_a_part_does_not_settle_its_invoice(tmp_path, said, charges, told):
    first = CHARGE | {"status": "succeeded", "amount": 700}
    lines = [first | more | {"id": f"ch_{place}"} for place, more in enumerate(charges)]
    # What changes is exported again, and is no second payment.
    put(tmp_path, "stripe/charges.jsonl", [*lines, *lines])
    put(tmp_path, "stripe/invoices.jsonl", [INVOICE | said])
    rows = landed(tmp_path, TABLES)[0]["billing/payments"]
    found = {
        (row["payment_id"], row["status"], row["amount_minor"], row.get("invoice_id"))
        for row in rows
    }
    assert found == {*told}


def test_an_invoice_that_was_paid_late_was_asked_for_before(tmp_path):
    late = INVOICE | {"status_transitions": {"paid_at": at("2026-03-01")}}
    put(tmp_path, "stripe/charges.jsonl", [CHARGE | {"id": "ch", "customer": "x", "status": "a"}])
    put(tmp_path, "stripe/invoices.jsonl", [late | {"id": "in_late"}])
    rows = landed(tmp_path, TABLES)[0]["billing/payments"]
    times = {row["payment_id"]: row["attempted_at"] for row in rows}
    assert times["in_late:asked"] == "2026-01-01 00:00:00"
    assert times["in_late"] == "2026-03-01 00:00:00"


def test_a_charge_that_names_no_invoice_may_be_that_of_one_of_its_amount(tmp_path):
    unnamed = CHARGE | {"id": "ch", "status": "succeeded", "invoice": None}
    other = INVOICE | {"id": "in_other", "amount_due": 500, "amount_paid": 500}
    put(tmp_path, "stripe/charges.jsonl", [unnamed])
    put(tmp_path, "stripe/invoices.jsonl", [INVOICE, other])
    rows = landed(tmp_path, TABLES)[0]["billing/payments"]
    assert {row["payment_id"] for row in rows} == {"ch", "in_other", "in_other:asked"}


def test_an_invoice_of_fivetran_that_was_paid_by_transfer_is_paid(tmp_path):
    told = {
        "id": "in", "customer_id": "cus", "status": "paid", "due_date": "2026-01-15T00:00:00Z",
        "created": "2026-01-01T00:00:00Z", "amount_due": 1900, "amount_paid": 1900,
        "currency": "eur", "status_transitions_paid_at": "2026-01-20T00:00:00Z",
    }  # fmt: skip
    put_fivetran(tmp_path, invoice=[told])
    payment, _ = landed(tmp_path, TABLES)[0]["billing/payments"]
    assert (payment["status"], payment["attempted_at"]) == ("paid", "2026-01-20 00:00:00")


def test_an_invoice_of_dlt_that_asks_for_nothing_is_no_payment(tmp_path):
    nothing = {
        "id": "in", "customer": "cus", "status": "paid", "created": "2026-01-01T00:00:00Z",
        "amount_due": 0, "amount_paid": 0, "currency": "eur", "_dlt_id": "i1",
    }  # fmt: skip
    put_dlt(tmp_path, invoice=[nothing])
    [payment] = landed(tmp_path, TABLES)[0]["billing/payments"]
    assert payment["status"] == "void"


DISPUTES = {
    "": "paid",
    "Won": "paid",
    "warning_closed": "paid",
    "Warning closed": "paid",
    "needs_response": "disputed",
    "lost": "disputed",
}


@pytest.mark.parametrize("said", DISPUTES)
def test_money_that_was_kept_after_a_dispute_is_paid(tmp_path, said):
    charge = {
        "id": "ch", "Customer ID": "cus", "Amount": "19.00", "Amount Refunded": "0.00",
        "Currency": "eur", "Status": "Paid", "Created date (UTC)": "2026-01-01 00:00",
        "Dispute Status": said,
    }  # fmt: skip
    put_csv(tmp_path, "unified_payments", [charge])
    [payment] = exports.load(tmp_path)[0]["billing/payments"]
    assert payment["status"] == DISPUTES[said]


FOUGHT = [
    (["won"], "paid"),
    (["needs_response", "won"], "paid"),
    (["warning_closed"], "paid"),
    (["lost"], "disputed"),
    (["under_review"], "disputed"),
    ([], "disputed"),
]


@pytest.mark.parametrize(("said", "status"), FOUGHT)
def test_the_money_of_a_dispute_that_was_won_stayed(tmp_path, said, status):
    # Stripe goes on calling such a charge disputed; each change of a dispute is a line.
    charge = CHARGE | {"id": "ch", "status": "succeeded", "disputed": True}
    put(tmp_path, "a/stripe/charges.jsonl", [charge])
    fights = [{"id": "dp", "charge": "ch", "status": word, "reason": "fraudulent"} for word in said]
    if fights:
        put(tmp_path, "a/stripe/disputes.jsonl", fights)
    [payment] = landed(tmp_path / "a", TABLES)[0]["billing/payments"]
    assert payment["status"] == status
    put_fivetran(
        tmp_path / "f",
        charge=[{
            "id": "ch", "customer_id": "cus", "amount": 1900, "currency": "eur",
            "status": "succeeded", "created": "2026-01-02T00:00:00Z", "disputed": True,
        }],
        **({"dispute": [{"id": "dp", "charge_id": "ch", "status": w, "reason": "x"} for w in said]}
           if said else {}),
    )  # fmt: skip
    [payment] = landed(tmp_path / "f", TABLES)[0]["billing/payments"]
    assert payment["status"] == status


CENTS_OR_UNITS = [
    ({"amount": "1900", "currency": "eur"}, None),
    ({"amount": "19.00", "currency": "eur"}, 1900),
    ({"amount": "1900", "currency": "jpy"}, 1900),
    ({"amount": "1900", "currency": "eur", "Created date (UTC)": "2026-01-01 00:00"}, 190000),
]


@pytest.mark.parametrize(("said", "minor"), CENTS_OR_UNITS)
def test_a_table_of_cents_is_not_taken_for_the_units_of_the_dashboard(tmp_path, said, minor):
    charge = {
        "id": "ch", "customer_id": "cus", "amount_refunded": "0", "status": "succeeded",
        "created": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    put_csv(tmp_path, "charges", [charge | said])
    rows, _, quarantine = exports.load(tmp_path)
    assert [row["amount_minor"] for row in rows["billing/payments"]] == ([minor] if minor else [])
    assert len(quarantine) == (minor is None)


# ---- the dashboard's CSV ----

LISTED = {
    "id": "sub", "Customer ID": "cus", "Status": "active", "Plan": "pro", "Quantity": 2,
    "Currency": "eur", "Interval": "month", "Amount": "49.00", "Coupon": "",
    "Start Date (UTC)": "2026-01-01 00:00", "Current Period Start (UTC)": "2026-04-01 00:00",
    "Current Period End (UTC)": "2026-05-01 00:00",
}  # fmt: skip
PERIODS = [
    ({}, None),
    ({"Current Period End (UTC)": "2026-07-01 00:00"}, 3),
    ({"Current Period End (UTC)": "2026-07-01 00:00", "Status": "trialing"}, None),
    ({"Current Period End (UTC)": "2026-04-12 00:00"}, None),
    ({"Current Period End (UTC)": "2028-04-01 00:00", "Interval": "year"}, 2),
    ({"Current Period End (UTC)": "2026-04-15 00:00", "Interval": "week"}, 2),
    ({"Interval": "day"}, 30),
]


def test_a_period_of_several_intervals_is_told_by_its_days(tmp_path):
    rows = [LISTED | more | {"id": f"sub_{place}"} for place, (more, _) in enumerate(PERIODS)]
    put_csv(tmp_path, "subscriptions", rows)
    told = [row.get("interval_count") for row in items_of(tmp_path)]
    assert told == [count for _, count in PERIODS]


def test_a_price_of_the_dashboard_less_a_coupon_is_not_known(tmp_path):
    put_csv(tmp_path, "subscriptions", [LISTED | {"Coupon": "LAUNCH50"}])
    rows, warned, _ = exports.load(tmp_path)
    [state] = rows["billing/subscription_items"]
    assert (state["plan_id"], state["quantity"]) == ("pro", 2)
    assert "unit_amount_minor" not in state
    assert ("unit_amount_minor", UNREAD, 1) in warned


# ---- dlt ----


def put_dlt(landing, **tables):
    subscription = {
        "id": "sub", "customer": "cus", "status": "active", "start_date": "2026-01-01T00:00:00Z",
        "_dlt_id": "d1",
    }  # fmt: skip
    for name, rows in ({"subscription": [subscription]} | tables).items():
        put(landing, f"stripe/{name}.jsonl", rows)


DLT_ITEM = {
    "id": "si", "_dlt_parent_id": "d1", "_dlt_list_idx": 0, "quantity": 10,
    "created": "2026-01-01T00:00:00Z", "price__id": "p", "price__product": "prod",
    "price__unit_amount": 1900, "price__currency": "eur", "price__recurring__interval": "month",
    "current_period_start": "2026-03-01T00:00:00Z", "current_period_end": "2026-04-01T00:00:00Z",
}  # fmt: skip


def test_lines_of_the_newer_api_are_read_as_dlt_writes_them(tmp_path):
    told = {
        "id": "il", "_dlt_parent_id": "i1", "period__start": "2026-01-01T00:00:00Z",
        "period__end": "2026-02-01T00:00:00Z", "quantity": 8, "amount": 15200, "currency": "eur",
        "parent__subscription_item_details__subscription": "sub",
        "parent__subscription_item_details__subscription_item": "si",
        "parent__subscription_item_details__proration": False,
        "pricing__price_details__price": "p", "pricing__price_details__product": "prod",
        "pricing__unit_amount_decimal": "1900",
    }  # fmt: skip
    put_dlt(tmp_path, subscription__items__data=[DLT_ITEM], invoice__lines__data=[told])
    past, present = items_of(tmp_path)
    assert (past["quantity"], worth(past), past["interval"]) == (8, 15200, "month")
    assert present["quantity"] == 10


@pytest.mark.parametrize(
    "tax",
    [
        {"invoice__lines__data__tax_amounts": {"amount": 2000, "inclusive": True}},
        {"invoice__lines__data__taxes": {"amount": 2000, "tax_behavior": "inclusive"}},
    ],
)
def test_tax_that_a_line_of_dlt_includes_is_no_revenue(tmp_path, tax):
    told = {
        "id": "il", "_dlt_id": "l1", "_dlt_parent_id": "i1", "subscription": "sub",
        "subscription_item": "si", "period__start": "2026-01-01T00:00:00Z",
        "period__end": "2026-02-01T00:00:00Z", "quantity": 10, "amount": 19000, "currency": "eur",
        "price__product": "prod", "price__unit_amount": 1900, "proration": False,
    }  # fmt: skip
    rows = {
        name: [said | {"_dlt_parent_id": "l1", "_dlt_list_idx": 0}] for name, said in tax.items()
    }
    put_dlt(tmp_path, subscription__items__data=[DLT_ITEM], invoice__lines__data=[told], **rows)
    assert [worth(state) for state in items_of(tmp_path)] == [17000]


def test_a_former_state_that_dlt_appended_does_not_hold(tmp_path):
    states = [
        {"id": "sub", "customer": "cus", "status": "active", "_dlt_id": key,
         "start_date": "2026-01-01T00:00:00Z"}
        for key in ("d1", "d2")
    ]  # fmt: skip
    items = [
        DLT_ITEM,
        DLT_ITEM | {"id": "si_gone"},
        DLT_ITEM | {"_dlt_parent_id": "d2", "quantity": 12},
    ]
    put_dlt(tmp_path, subscription=states, subscription__items__data=items)
    kept, gone = items_of(tmp_path)
    assert (kept["quantity"], kept.get("valid_to")) == (12, None)
    assert gone["valid_to"] == "2026-04-01 00:00:00"


def test_the_list_of_discounts_of_dlt_is_read_or_said(tmp_path):
    listed = [{"_dlt_parent_id": "d1", "_dlt_list_idx": 0, "value": "di_1"}]
    put_dlt(
        tmp_path, subscription__items__data=[DLT_ITEM], subscription__discounts=listed
    )  # fmt: skip
    rows, warned, _ = exports.load(tmp_path)
    [state] = rows["billing/subscription_items"]
    assert "unit_amount_minor" not in state
    assert ("unit_amount_minor", UNREAD, 1) in warned


LISTED_BY_DLT = [
    ({"value": "di_1"}, [None, 1900]),
    ({"id": "di_1", "coupon__percent_off": 50, "coupon__duration": "forever"}, [950, 1900]),
    ({"id": "di_1", "coupon__percent_off": 50, "coupon__duration": "once"}, [1900, 1900]),
]


@pytest.mark.parametrize(("said", "prices"), LISTED_BY_DLT)
def test_a_discount_of_one_item_of_dlt_is_that_of_no_other(tmp_path, said, prices):
    items = [
        DLT_ITEM | {"id": f"si_{place}", "quantity": 1, "_dlt_id": f"i{place}"}
        for place in range(2)
    ]
    listed = [{"_dlt_parent_id": "i0", "_dlt_list_idx": 0} | said]
    put_dlt(
        tmp_path, subscription__items__data=items, subscription__items__data__discounts=listed
    )  # fmt: skip
    told = [worth(row) if "unit_amount_minor" in row else None for row in items_of(tmp_path)]
    assert told == prices


@pytest.mark.parametrize(
    ("own", "off"), [({}, 20), ({"discount__id": "di", "discount__coupon__percent_off": 50}, 50)]
)
def test_a_discount_of_a_customer_of_dlt_is_that_of_a_subscription_that_has_none(
    tmp_path, own, off
):
    customer = {
        "id": "cus", "email": "a@b.example", "_dlt_id": "c1", "discount__id": "di_c",
        "discount__coupon__percent_off": 20,
    }  # fmt: skip
    one = {
        "id": "sub", "customer": "cus", "status": "active", "start_date": "2026-01-01T00:00:00Z",
        "_dlt_id": "d1",
    }  # fmt: skip
    items = {"subscription__items__data": [DLT_ITEM]}
    put_dlt(tmp_path, subscription=[one | own], customer=[customer], **items)
    assert [state["discount_pct"] for state in items_of(tmp_path)] == [off]


# ---- any of the tables ----


@pytest.mark.exhaustive
@pytest.mark.parametrize("dialect", ["airbyte", "dlt", "export", "fivetran"])
def test_any_tables_of_an_export_land_or_are_named(tmp_path, dialect):
    golden = FOLDER / "stripe" / dialect / "golden" / "in" / "stripe"
    names = sorted(path.name for path in golden.iterdir() if not path.name.startswith("_"))
    chosen = [*((name,) for name in names), *combinations(names, 2)]
    for number, together in enumerate(chosen):
        said, landing = [], tmp_path / str(number)
        for name in together:
            source, target = golden / name, landing / "stripe" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        rows, _ = landed(landing, TABLES, said.append)
        assert rows or any(text.startswith("Not read: ") for text in said), (together, said)
        assert not any("no query" in text for text in said), said
