import json
import shutil

import pytest

from orchestration.adapters.definition import FOLDER
from orchestration.doctor.examination import examine
from orchestration.doctor.wording import page_of, text_of

ACCOUNTS = "account_id,name,created_at,domain\n"


def write(landing, name, text):
    path = landing / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def golden(landing, name):
    shutil.copytree(FOLDER / name / "golden" / "in", landing, dirs_exist_ok=True)


def said(landing, tmp_path):
    done = examine(landing, tmp_path / "drafts")
    page_of(done, landing, {})
    return done, "\n".join(text_of(done))


@pytest.fixture
def landing(tmp_path):
    (tmp_path / "landing").mkdir()
    return tmp_path / "landing"


def test_two_dialects_in_one_folder_are_named_with_their_columns_and_files(landing, tmp_path):
    golden(landing, "stripe/airbyte")
    shutil.copy(FOLDER / "stripe/fivetran/golden/in/stripe/subscription.csv", landing / "stripe")
    _, text = said(landing, tmp_path)
    assert "NOT READ: two dialects in one folder" in text
    assert "stripe/subscription.csv" in text
    assert "customer_id" in text


def test_a_load_of_dlt_that_is_not_complete_is_named_with_its_files(landing, tmp_path):
    golden(landing, "stripe/dlt")
    for path in (landing / "stripe" / "_dlt_loads").iterdir():
        path.write_text('{"load_id": "1.5", "status": 0}\n')
    _, text = said(landing, tmp_path)
    assert "Not loaded yet: stripe/customer/1790000000.5.eeeeeeeeee.jsonl" in text


def test_state_of_airbyte_without_tables_is_named(landing, tmp_path):
    write(landing, "stripe/state.json", '{"type": "STREAM"}')
    _, text = said(landing, tmp_path)
    assert "stripe/: not known" in text
    assert "state of a connector and no table" in text


def test_cents_and_units_in_one_column_are_named_with_a_line_of_each(landing, tmp_path):
    rows = [f"{n},a,{amount}" for n, amount in enumerate([29.5, 19.9, 9.9, 2950, 1990, 990])]
    write(landing, "shop/bills.csv", "No,Who,Amount\n" + "\n".join(rows) + "\n")
    done, _ = said(landing, tmp_path)
    (found,) = [finding for finding in done.findings if finding.column == "Amount"]
    assert "cents and units in one column" in found.text
    assert "shop/bills.csv line 2, as 99.99" in found.place
    assert "shop/bills.csv line 5, as 9999" in found.place


def test_units_where_we_want_cents_are_named(landing, tmp_path):
    header = "payment_id,account_id,amount_minor,currency,status,attempted_at\n"
    write(landing, "billing/payments/1.csv", header + "p,a,9.95,EUR,paid,2026-01-01T00:00:00Z\n")
    done, _ = said(landing, tmp_path)
    assert any(
        finding.column == "amount_minor" and "read as minor units" in finding.text
        for finding in done.findings
    )


def test_an_id_that_is_a_number_here_and_a_text_there_is_named_with_both(landing, tmp_path):
    write(landing, "crm/accounts/1.csv", ACCOUNTS + "A-7,Acme,2026-01-01T00:00:00Z,\n")
    row = {"subscription_id": "s", "account_id": 7, "status": "active",
           "started_at": "2026-01-01T00:00:00Z"}  # fmt: skip
    write(landing, "billing/subscriptions/1.jsonl", json.dumps(row) + "\n")
    done, text = said(landing, tmp_path)
    (found,) = [f for f in done.findings if f.column == "account_id"]
    assert "a text in crm/accounts/1.csv line 2, as a-9" in found.place
    assert "a number in billing/subscriptions/1.jsonl line 1, as 9" in found.place
    assert "1 = 0 by key + 0 by domain + 0 ambiguous + 1 unmatched" in text


def test_an_account_that_two_systems_claim_is_named_with_both_lines(landing, tmp_path):
    golden(landing, "hubspot/fivetran")
    row = "9,Beta,2026-01-01T00:00:00Z,https://www.Beta.example\n"
    write(landing, "crm/accounts/1.csv", ACCOUNTS + row)
    done, _ = said(landing, tmp_path)
    (found,) = [finding for finding in done.findings if "claim one domain" in finding.text]
    assert "crm/accounts/1.csv line 2" in found.text
    assert "hubspot/company.csv line" in found.text
    assert "Beta" not in found.text


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ("columns: {account_id: Numero, created_at: Since}", "names the column Numero"),
        ("columns: {account_id: No, created_at: Since}\ntime_zone: Mars/Base", "Mars/Base"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_named_with_what_is_wrong(
    landing, tmp_path, mapping, problem
):
    columns, _, zone = mapping.partition("\n")
    text = f"{zone}\ntables:\n  customers:\n    becomes: crm/accounts\n    {columns}\n"
    write(landing, "erp/customers.csv", "No,Since\n1,2026-01-01\n")
    write(landing, "erp/mapping.yml", text)
    _, text = said(landing, tmp_path)
    assert "its mapping.yml cannot be used" in text
    assert problem in text


def test_times_of_two_kinds_in_one_column_are_named(landing, tmp_path):
    write(landing, "x/y.jsonl", '{"created": 1767225600}\n{"created": 1767225600000}\n')
    done, _ = said(landing, tmp_path)
    assert any("epoch seconds (1) and epoch milliseconds (1)" in f.text for f in done.findings)


def test_no_value_of_a_person_is_in_what_is_said(landing, tmp_path):
    row = "1,Zaphod,zaphod@example.org,31/12/2025\n"
    write(landing, "erp/people.csv", "No,Name,Mail,Since\n" + row)
    users = "user_id,account_id,email,created_at\nu,a,ford@example.org,zaphod\n"
    write(landing, "crm/users/1.csv", users)
    done, text = said(landing, tmp_path)
    for everything in (text, page_of(done, landing, {}), *done.drafts.values()):
        assert "aphod" not in everything
        assert "ford@" not in everything


def test_what_is_no_file_or_cannot_be_read_is_named_and_the_rest_is_told(landing, tmp_path):
    write(landing, "erp/a.parquet", "PAR1 and no more")
    write(landing, "erp/b.csv.gz", "no gzip")
    write(landing, "crm/accounts/1.csv", ACCOUNTS + "A,Acme,2026-01-01T00:00:00Z,\n")
    (landing / "link").symlink_to(tmp_path)
    (landing / "empty").mkdir()
    done, text = said(landing, tmp_path)
    named = {finding.place for finding in done.findings}
    assert {"erp/a.parquet", "erp/b.csv.gz", "link"} <= named
    assert "NOT READ: it is empty" in text
    assert "crm/accounts: 1 file" in text


def test_lines_of_a_test_mode_are_told_and_capitals_are_no_doubt(landing, tmp_path):
    golden(landing, "stripe/fivetran")
    path = landing / "stripe" / "customer.csv"
    header, *rows = path.read_text().splitlines()
    lines = [f"{header.upper()},LIVEMODE", *(f"{row},false" for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    _, text = said(landing, tmp_path)
    assert "Left out: of stripe/customer 4 lines" in text
    assert "needed and absent" not in text


def test_values_where_names_of_columns_should_stand_are_told_nowhere(landing, tmp_path):
    row = "jane.doe@acme.example,Jane Doe,4111111111111111\n"
    write(landing, "product/events/a.csv", row * 2)
    write(landing, "people/list/a.csv", row * 2)
    write(
        landing, "people/other/a.jsonl", '{"id": 1, "jane.doe@acme.example": {"n": 2}, "role": 3}\n'
    )
    done = examine(landing, tmp_path / "drafts")
    told = "\n".join([*text_of(done), page_of(done, landing, {}), *done.drafts.values()])
    for mark in ("jane.doe", "Jane Doe", "4111111111111111"):
        assert mark not in told
    assert "people/list/a.csv: its first line holds values" in told
    assert "people/other: 1 of its columns are called by what looks like values" in told
    assert "role" in told
