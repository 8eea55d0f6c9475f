"""What an invoice of Stripe becomes after all models: late for the days on which it was."""

from datetime import date

from tests.adapters.exports import put
from tests.cases.built import asking, build

WRITTEN, DUE, FAILED, PAID = 1_767_225_600, 1_768_435_200, 1_767_312_000, 1_772_323_200
CUSTOMERS = ("transfer", "charge", "voided", "part")
INVOICE = {
    "created": WRITTEN, "due_date": DUE, "amount_due": 1900, "amount_paid": 1900,
    "currency": "eur", "attempted": False, "attempt_count": 0,
}  # fmt: skip
SETTLED = {
    "transfer": {"status": "paid", "status_transitions": {"paid_at": PAID}},
    "charge": {"status": "paid", "status_transitions": {"paid_at": FAILED}},
    "voided": {"status": "void", "amount_paid": 0, "status_transitions": {"voided_at": PAID}},
    "part": {"status": "open", "amount_paid": 700, "attempted": True},
}
CHARGES = {"charge": "succeeded", "voided": "failed", "part": "succeeded"}


def test_what_was_paid_by_transfer_was_late_and_what_was_voided_is_owed_no_more(tmp_path):
    landing = tmp_path / "landing"
    customers = [{"id": name, "email": f"a@{name}.example"} for name in CUSTOMERS]
    put(landing, "stripe/customers.jsonl", customers)
    invoices = [
        INVOICE | SETTLED[name] | {"id": f"in_{name}", "customer": name} for name in CUSTOMERS
    ]
    put(landing, "stripe/invoices.jsonl", invoices)
    put(landing, "stripe/charges.jsonl",
        [{"id": f"ch_{name}", "customer": name, "invoice": f"in_{name}",
          "amount": 700 if name == "part" else 1900, "currency": "eur",
          "status": status, "created": FAILED}
         for name, status in CHARGES.items()])  # fmt: skip
    put(landing, "crm/accounts/accounts.jsonl", [
        {"account_id": name, "account_name": name, "domain": f"{name}.example",
         "created_at": "2025-12-01T00:00:00Z"} for name in CUSTOMERS])  # fmt: skip
    put(landing, "product/events/events.jsonl", [
        {"event_id": name, "event_name": "open", "event_ts": "2026-01-02T00:00:00Z",
         "account_id": name, "user_id": name} for name in CUSTOMERS])  # fmt: skip
    models = ["fct_invoices", "int_payments_overdue_daily"]
    ask = asking(build(tmp_path / "built", landing, models, date(2026, 4, 1)))
    told = ask(
        "select account_id, due_date, overdue_from_date, settled_date, undecided_date, "
        "attempt_count from marts.fct_invoices where invoice_id is not null"
    )
    invoices = {row[0]: row[1:] for row in told}
    due, overdue, asked = date(2026, 1, 15), date(2026, 1, 16), date(2026, 1, 2)
    assert invoices == {
        "transfer": (due, overdue, date(2026, 3, 1), None, 1),
        "charge": (due, overdue, asked, None, 1),
        "voided": (due, overdue, None, date(2026, 3, 1), 1),
        "part": (due, overdue, None, None, 0),
    }
    late = ask(
        "select account_id, activity_date from intermediate.int_payments_overdue_daily "
        "where overdue_invoice_count > 0"
    )
    assert {name: (min(days), max(days)) for name in ("transfer", "voided", "part")
            if (days := [day for account, day in late if account == name])} == {
        "transfer": (overdue, date(2026, 2, 28)),
        "voided": (overdue, date(2026, 2, 28)),
        "part": (overdue, date(2026, 4, 1)),
    }  # fmt: skip
    assert "charge" not in dict(late)
