"""Amounts, times and days as pages and spreadsheets write them: read right, or counted."""

import json

import duckdb
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from orchestration.adapters.golden import landed
from orchestration.adapters.macros import macros
from tests.adapters import exports
from tests.adapters.exports import TABLES, put

PAYMENTS = "id,Amount,Amount Refunded,Currency,Status,Customer ID,Created date (UTC)\n"
DEALS = (
    "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Currency,Is Deal Closed?,"
    "Associated Company IDs\n"
)


def load(landing):
    """Return rows by landing table, of each warning its column, kind and count, and quarantine."""
    rows, warned, quarantine = exports.load(landing)
    return rows, set(warned), quarantine


@pytest.mark.parametrize(
    ("said", "currency", "minor"),
    [
        ("1.234,56", "eur", 123456),
        ("1,234.56", "eur", 123456),
        ("12,00", "eur", 1200),
        ("12.5", "eur", 1250),
        ("1 234", "eur", 123400),
        ("1.234.567", "eur", 123456700),
        ("0.125", "eur", 13),
        ("1.234", "bhd", 1234),
        ("500", " jpy ", 500),
    ],
)
def test_an_amount_of_units_is_read_in_any_dialect_that_leaves_no_doubt(
    tmp_path, said, currency, minor
):
    put(
        tmp_path,
        "stripe/payments.csv",
        f'{PAYMENTS}ch,"{said}",0,{currency},Paid,cus,2026-03-01 10:00\n',
    )
    [row] = load(tmp_path)[0]["billing/payments"]
    assert (row["amount_minor"], row["currency"]) == (minor, currency.strip().upper())


@pytest.fixture(scope="module")
def words():
    with duckdb.connect() as connection:
        connection.execute(macros())
        yield connection


THOUSANDS_AND_DECIMALS = [
    (".", ","),
    (",", "."),
    ("'", "."),
    (" ", ","),
    ("\u202f", ","),
    ("", "."),
]


@settings(max_examples=300, deadline=None)
@given(
    cents=st.integers(-(10**13), 10**13) | st.integers(-(10**6), 10**6),
    dialect=st.sampled_from(THOUSANDS_AND_DECIMALS),
    shows_cents=st.booleans(),
    currency=st.sampled_from(["eur", " EUR ", None]),
)
def test_an_amount_in_any_dialect_is_its_minor_units_or_nothing_that_the_loader_reads(
    words, cents, dialect, shows_cents, currency
):
    thousands, decimal = dialect
    text = ("-" if cents < 0 else "") + f"{abs(cents) // 100:,}".replace(",", thousands)
    if shows_cents or cents % 100:
        text += f"{decimal}{abs(cents) % 100:02}"
    [(minor,)] = words.execute(
        "select read_whole(in_minor($text, $currency))", {"text": text, "currency": currency}
    ).fetchall()
    in_doubt = not shows_cents and cents % 100 == 0 and 10**5 <= abs(cents) < 10**8
    assert minor == cents or (minor is None and in_doubt)


@pytest.mark.parametrize("said", ["€12.00", "1.234", "1,234", "twelve", "1e30", "12.00 EUR"])
def test_an_amount_in_doubt_is_refused_with_what_the_vendor_wrote(tmp_path, said):
    put(
        tmp_path,
        "stripe/payments.csv",
        f'{PAYMENTS}ch,"{said}",0,eur,Paid,cus,2026-03-01 10:00\n',
    )
    rows, _, [(reason, line)] = load(tmp_path)
    assert rows["billing/payments"] == []
    assert reason.startswith(f'required column amount_minor is not an integer: "{said}')
    assert said in json.loads(line)["amount_minor"]


def test_a_refund_that_cannot_be_read_is_no_full_payment(tmp_path):
    put(
        tmp_path,
        "stripe/payments.csv",
        f"{PAYMENTS}ch,12.00,€12.00,eur,Paid,cus,2026-03-01 10:00\n",
    )
    [row] = load(tmp_path)[0]["billing/payments"]
    assert row["status"] == "succeeded, refunded €12.00"


def test_a_price_that_cannot_be_read_is_counted(tmp_path):
    put(
        tmp_path,
        "stripe/subscriptions.csv",
        "id,Customer ID,Status,Current Period End (UTC),Start Date (UTC),Plan,Quantity,Currency,"
        "Interval,Amount\n"
        "sub_1,cus_1,active,31.12.2026 00:00,2026-01-01 00:00,pro,1,eur,month,€12.00\n",
    )
    rows, warned, _ = load(tmp_path)
    [item] = rows["billing/subscription_items"]
    assert "unit_amount_minor" not in item
    assert ("unit_amount_minor", "is no whole number: kept as text in _extra", 1) in warned
    assert rows["billing/subscriptions"][0]["renewal_date"] == "2026-12-31"


def test_the_amount_and_the_close_of_a_deal_are_read_or_counted(tmp_path):
    put(
        tmp_path,
        "hubspot/deals.csv",
        f'{DEALS}1,d,Sent,"1.234,56",31.03.2027,2026-01-01 10:00,EUR,false,1\n'
        '2,d,Sent,"1,234",3/31/2027,2026-01-01 10:00,EUR,false,1\n',
    )
    rows, warned, _ = load(tmp_path)
    first, second = rows["crm/opportunities"]
    assert (first["amount"], first["close_date"]) == (1234.56, "2027-03-31")
    assert json.loads(second["_extra"]) == {"amount": "1,234", "close_date": "3/31/2027"}
    assert ("close_date", "is no date: kept as text in _extra", 1) in warned
    assert ("amount", "is no number: kept as text in _extra", 1) in warned


@pytest.mark.parametrize(
    ("said", "size"),
    [("1,200", "250+"), ("1.200", "250+"), ("49", "10-49"), ("11-50 people", "11-50 people")],
)
def test_a_number_of_people_is_whole_and_a_range_is_a_size_itself(tmp_path, said, size):
    put(
        tmp_path,
        "salesforce/Account.csv",
        "Id,Name,Type,Website,CreatedDate,LastModifiedDate,SystemModstamp,OwnerId,IsDeleted,"
        "NumberOfEmployees,MasterRecordId,ParentId,Industry,BillingCountry\n"
        f'001,A,Customer,,2026-01-01T00:00:00Z,,,005,false,"{said}",,,x,DE\n',
    )
    [row] = load(tmp_path)[0]["crm/accounts"]
    assert row["size_band"] == size


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2026-03-01T10:00:00+02:00", "2026-03-01 08:00:00"),
        ("2026-03-01 10:00:00-0500", "2026-03-01 15:00:00"),
        ("2026-03-01 10:00", "2026-03-01 10:00:00"),
    ],
)
def test_an_offset_holds_in_a_column_that_is_called_utc(tmp_path, said, utc):
    put(tmp_path, "stripe/payments.csv", f"{PAYMENTS}ch,5,0,eur,Paid,cus,{said}\n")
    [row] = load(tmp_path)[0]["billing/payments"]
    assert row["attempted_at"] == utc


CUSTOMERS = """
time_zone: Europe/Berlin
dates: month first
tables:
  customers:
    becomes: crm/accounts
    columns: {account_id: No, created_at: Since}
"""


@pytest.mark.parametrize(
    "said",
    [
        "2026-07-01 14:00",
        "07/01/2026 2:00 PM",
        "07/01/2026 14:00",
        "2026/07/01 14:00",
        "Jul 1, 2026 2:00 PM",
        "Wed, 1 Jul 2026 14:00",
        "20260701140000",
        "2026-07-01T12:00:00Z",
        "2026-07-01T14:00:00+02:00",
        "1782907200",
    ],
)
def test_a_clock_without_an_offset_is_that_of_the_time_zone_in_whatever_form(tmp_path, said):
    put(tmp_path, "erp/mapping.yml", CUSTOMERS)
    put(tmp_path, "erp/customers.csv", f'No,Since\na,"{said}"\n')
    [row] = load(tmp_path)[0]["crm/accounts"]
    assert row["created_at"] == "2026-07-01 12:00:00"


INVOICES = """
decimals: comma
tables:
  inv:
    becomes: crm/opportunities
    columns: {opportunity_id: No, account_id: A, amount: Amt}
"""
NUMBERS = [1234.5, 5.0, 49.9, 1.234, "1.234,50", "12.5", "1.234", "1234,567"]
MEANT = [1234.5, 5.0, 49.9, 1.234, 1234.5, 12.5, 1234.0, 1234.567]


def test_a_comma_before_decimals_changes_no_number_that_is_one_already(tmp_path):
    put(tmp_path, "erp/mapping.yml", INVOICES)
    lines = [{"No": str(place), "A": "a", "Amt": said} for place, said in enumerate(NUMBERS)]
    put(tmp_path, "erp/inv.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    assert [row["amount"] for row in load(tmp_path)[0]["crm/opportunities"]] == MEANT


def test_a_number_of_a_parquet_file_stays_what_it_is(tmp_path):
    put(tmp_path, "erp/mapping.yml", INVOICES)
    table = pyarrow.table({"No": ["1", "2"], "A": ["a", "a"], "Amt": [1.234, 12.5]})
    parquet.write_table(table, tmp_path / "erp" / "inv.parquet")
    assert [row["amount"] for row in load(tmp_path)[0]["crm/opportunities"]] == [1.234, 12.5]


def test_of_two_files_the_later_by_the_natural_order_of_names_holds(tmp_path):
    put(
        tmp_path,
        "stripe/payments.csv",
        "id,Amount,Amount Refunded,Currency,Status,Customer ID,Created date (UTC),Invoice ID\n"
        "ch_1,5,0,eur,Paid,cus_1,2026-03-01 10:00,in_1\n",
    )
    for number in (9, 10):
        put(
            tmp_path,
            f"stripe/invoices/export-{number}.csv",
            f"id,Number,Due Date (UTC)\nin_1,N1,2026-03-{number:02} 00:00\n",
        )
    rows, _ = landed(tmp_path, TABLES)
    assert rows["billing/payments"][0]["due_at"] == "2026-03-10 00:00:00"


@pytest.mark.parametrize(
    ("name", "column"),
    [("unit_amount", "unit_amount_minor"), ("amount_off", "discount_amount_minor")],
)
def test_an_amount_of_the_api_that_is_no_number_is_counted_or_refused(tmp_path, name, column):
    price = {"id": "p", "product": "pro", "currency": "eur", "recurring": {"interval": "month"}}
    coupon = {"percent_off": None}
    (price if name == "unit_amount" else coupon)[name] = "twelve"
    item = {"id": "si", "created": 1772618400, "quantity": 1, "price": {"unit_amount": 5} | price}
    subscription = {
        "id": "sub", "customer": "cus", "status": "active", "start_date": 1772618400,
        "created": 1772618400, "items": {"data": [item]}, "discount": {"coupon": coupon},
        "current_period_end": 1775210400, "cancel_at_period_end": False, "metadata": {},
        "_airbyte_extracted_at": "2026-03-05",
    }  # fmt: skip
    put(tmp_path, "stripe/subscriptions.jsonl", json.dumps(subscription) + "\n")
    rows, warned, quarantine = load(tmp_path)
    told = f"{column} is told and is no whole number"
    assert any(reason.startswith(told) for reason, _ in quarantine) or (
        (column, "is no whole number: kept as text in _extra", 1) in warned
    )
    assert not any(column in row for row in rows["billing/subscription_items"])


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"quantity": "many"}, "quantity"),
        ({"quantity": "many", "amount": "much"}, "quantity"),
        ({"quantity": "many", "price": {"product": "pro"}}, "quantity"),
        ({"price": {"unit_amount": "twelve"}, "amount": "much"}, "unit_amount_minor"),
        ({"period": {"start": "soon", "end": 1777802400}}, "valid_from"),
    ],
)
def test_a_line_of_an_invoice_that_cannot_be_read_is_counted_and_guessed_at_by_nobody(
    tmp_path, changed, column
):
    line = {
        "invoice_id": "in", "subscription": "sub", "subscription_item": "si", "quantity": 3,
        "amount": 1500, "currency": "eur", "price": {"product": "pro", "unit_amount": 500},
        "proration": False,
    }  # fmt: skip
    periods = [(1772618400, 1775210400), (1775210400, 1777802400)]
    lines = [
        line | {"id": f"il_{start}", "period": {"start": start, "end": end}}
        for start, end in periods
    ]
    lines[1] |= changed
    put(
        tmp_path,
        "stripe/invoice_line_items.jsonl",
        "".join(json.dumps(one) + "\n" for one in lines),
    )
    rows, warned, quarantine = load(tmp_path)
    items = rows["billing/subscription_items"]
    assert (items[0]["quantity"], items[0]["unit_amount_minor"]) == (3, 500)
    if column == "valid_from":
        assert len(items) == 1
        assert [json.loads(said)["landed_line"] for _, said in quarantine] == [2]
    else:
        assert items[1]["valid_from"] == "2026-04-03 10:00:00"
        assert column not in items[1]
        # The amount of a line is the price of one only where it is known of how many.
        assert items[1].get("unit_amount_minor", 500) == 500
        assert (column, "is no whole number: kept as text in _extra", 1) in warned


def test_the_rest_of_a_period_that_is_charged_is_no_price(tmp_path):
    line = {
        "id": "il", "invoice_id": "in", "subscription": "sub", "subscription_item": "si",
        "quantity": 3, "amount": 700, "currency": "eur", "proration": True,
        "price": {"product": "pro"}, "period": {"start": 1772618400, "end": 1775210400},
    }  # fmt: skip
    put(tmp_path, "stripe/invoice_line_items.jsonl", json.dumps(line) + "\n")
    (item,) = load(tmp_path)[0]["billing/subscription_items"]
    assert "unit_amount_minor" not in item


@pytest.mark.parametrize("said", ["nan", "NaN", "NaT", "<NA>"])
@pytest.mark.parametrize("is_parquet", [False, True])
def test_what_pandas_writes_where_nothing_is_names_no_invoice_no_company_and_nobody(
    tmp_path, said, is_parquet
):
    charge = {"customer": "c1", "amount": 100, "status": "succeeded", "created": 1780000000}
    charge |= {"currency": "eur", "invoice": said, "amount_refunded": said}
    put(tmp_path, "stripe/charges.jsonl", [{"id": "1"} | charge, {"id": "2"} | charge])
    event = {"amplitude_id": 1, "event_type": "x", "event_time": "2026-05-04 10:00:00"}
    event |= {"device_id": "d1", "user_id": said, "uuid": "e1", "$insert_id": said}
    put(tmp_path, "amplitude/events.jsonl", [event])
    ticket = {"id": 1, "requester_id": 7, "status": "open", "created_at": "2026-05-04T10:00:00Z"}
    ticket |= {"organization_id": said, "via": "web", "priority": said}
    put(tmp_path, "zendesk/tickets.jsonl", [ticket])
    for path in sorted(tmp_path.rglob("*.jsonl")) if is_parquet else ():
        duckdb.execute(
            f"copy (from read_json('{path}')) to '{path.with_suffix('.parquet')}' (format parquet)"
        )
        path.unlink()
    rows, warned, _ = load(tmp_path)
    assert warned == set()
    paid = [(row["status"], row.get("invoice_id")) for row in rows["billing/payments"]]
    assert paid == [("paid", None)] * 2
    [event] = rows["product/events"]
    assert (event["event_id"], event.get("user_id")) == ("e1", None)
    [ticket] = rows["support/tickets"]
    assert (ticket.get("account_id"), ticket.get("priority")) == (None, None)


def test_a_number_of_a_parquet_file_that_is_none_is_nothing(tmp_path):
    (tmp_path / "stripe").mkdir()
    duckdb.execute(
        "copy (select '1' as id, 'c1' as customer, 100 as amount, 'succeeded' as status, "
        "1780000000::double as created, 'eur' as currency, 'nan'::double as invoice, "
        "'nan'::double as amount_refunded) "
        f"to '{tmp_path / 'stripe' / 'charges.parquet'}' (format parquet)"
    )
    rows, warned, _ = load(tmp_path)
    [paid] = rows["billing/payments"]
    assert (paid["status"], paid.get("invoice_id"), warned) == ("paid", None, set())
