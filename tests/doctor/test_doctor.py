import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from orchestration.adapters.our_contract import landing_tables
from orchestration.doctor.examination import examine
from orchestration.doctor.prospects import DETAILS, every_figure, prospects
from orchestration.doctor.sampling import BYTES_OF_A_TABLE
from orchestration.doctor.wording import text_of
from tests.doctor.test_bad_input import golden, write

ROOT = Path(__file__).parents[2]


def every_source():
    return {table.identifier for table in landing_tables()} | {*DETAILS}


def test_a_draft_doubts_an_identifier_whose_values_repeat(tmp_path):
    folder = tmp_path / "landing" / "shop"
    folder.mkdir(parents=True)
    (folder / "contracts.csv").write_text(
        "Subscription ID,Account ID,Status,Started At\n"
        "monthly,A,active,2026-01-01\nmonthly,B,active,2026-01-02\n"
    )
    (draft,) = examine(tmp_path / "landing", tmp_path / "drafts").drafts.values()
    (line,) = [line for line in draft.splitlines() if "subscription_id:" in line]
    assert "its values repeat" in line


def test_every_detail_that_the_warehouse_knows_is_known_here():
    macro = (ROOT / "dbt_project/macros/landed_details.sql").read_text()
    assert {*re.findall(r"'source': '(\w+)'", macro)} == {*DETAILS}


def test_every_need_of_a_figure_is_a_source_or_a_detail():
    needs = {need for figure in every_figure() for need in figure.needs}
    assert needs <= every_source()


def test_with_everything_told_every_figure_exists_and_nothing_is_to_be_added():
    told = prospects(every_source(), landing_tables())
    assert not told.absent
    assert not told.additions
    assert not told.needed


def test_the_file_that_adds_most_is_the_one_whose_coming_makes_most_figures_exist():
    told = every_source() - {"support_tickets", "support_replies", "crm_csm_sentiment"}
    before = prospects(told, landing_tables())
    after = prospects(told | {"support_tickets", "support_replies"}, landing_tables())
    assert before.additions[0].folder == "support/tickets"
    assert len(before.additions[0].figures) == len(after.present) - len(before.present) > 0


def test_a_needed_table_that_is_absent_comes_before_all_others():
    told = prospects(every_source() - {"product_performance_logs", "crm_accounts"},
                     landing_tables())  # fmt: skip
    assert told.needed == ("crm/accounts",)


def test_a_draft_is_read_by_the_next_run_once_it_is_edited(tmp_path):
    landing, drafts = tmp_path / "landing", tmp_path / "drafts"
    write(landing, "erp/customers.csv", "customerID,Company,Since\n1,Acme,2026-01-31 10:00\n")
    first = examine(landing, drafts)
    mapped = yaml.safe_load(first.drafts["erp"])["tables"]["customers"]
    assert mapped["becomes"] == "crm/accounts"
    assert mapped["columns"]["account_id"] == "customerID"
    (drafts / "erp").mkdir(parents=True)
    (drafts / "erp" / "mapping.yml").write_text(first.drafts["erp"])
    second = examine(landing, drafts)
    assert second.used_drafts == ["erp"]
    assert not second.drafts
    assert second.folders[0].problem is None
    assert second.folders[0].tables[0].becomes == ("crm/accounts",)


def test_nothing_is_written_into_the_landing_folder_and_nothing_is_built(tmp_path):
    landing = tmp_path / "landing"
    golden(landing, "stripe/fivetran")
    before = {path: path.stat().st_mtime_ns for path in landing.rglob("*")}
    environment = os.environ | {
        "LANDING": str(landing),
        "REPORTS": str(tmp_path / "reports"),
        "WAREHOUSE": str(tmp_path / "warehouse.duckdb"),
    }
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.commands.doctor"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "Stripe, moved by Fivetran (stripe/fivetran)" in run.stdout
    assert "NOTHING CAN BE BUILT YET: crm/accounts" in run.stdout
    assert {path: path.stat().st_mtime_ns for path in landing.rglob("*")} == before
    assert [p.name for p in tmp_path.iterdir() if p.name != "landing"] == ["reports"]
    assert (tmp_path / "reports" / "doctor" / "doctor.html").exists()


def test_of_a_large_file_the_beginning_is_read_and_that_is_said(tmp_path):
    line = "1,Acme,2026-01-01T00:00:00Z\n"
    text = "account_id,name,created_at\n" + line * (2 * BYTES_OF_A_TABLE // len(line))
    write(tmp_path, "erp/customers.csv", text)
    done = examine(tmp_path, tmp_path / "drafts")
    assert done.is_sampled
    assert done.bytes == len(text)
    assert done.folders[0].tables[0].in_part


def test_matched_by_key_and_by_domain_and_ambiguous_and_unmatched_are_all(tmp_path):
    accounts = "account_id,name,created_at,domain\n" + "".join(
        f"{name},n,2026-01-01T00:00:00Z,{domain}\n"
        for name, domain in [("A", "a.example"), ("B", "b.example"), ("C", "c.example"),
                             ("D", "c.example")]
    )  # fmt: skip
    write(tmp_path, "crm/accounts/1.csv", accounts)
    keys = "system,foreign_key,account_id,domain\n" + (
        "billing,k1,a,\nbilling,k2,,www.B.example\nbilling,k3,,c.example\nbilling,k4,,no.example\n"
        "billing,k5,A,\nbilling,k5,B,\n"
    )
    write(tmp_path, "crm/account_keys/1.csv", keys)
    subscriptions = "subscription_id,account_id,status,started_at\n" + "".join(
        f"s{name},{name},active,2026-01-01T00:00:00Z\n"
        for name in ("k1", "k2", "k3", "k4", "k5", "A", "zz9")
    )
    write(tmp_path, "billing/subscriptions/1.csv", subscriptions)
    done = examine(tmp_path, tmp_path / "drafts")
    (row,) = done.matched
    assert (row.by_key, row.by_domain, row.ambiguous, row.unmatched) == (2, 1, 2, 2)
    assert row.total == 7
    assert any("is said to be two accounts" in finding.text for finding in done.findings)


def test_a_draft_takes_the_table_that_is_called_the_same(tmp_path):
    header = "Ticket No,Client,Opened,State,Prio\n"
    write(tmp_path, "shop/tickets.csv", header + "1,acme.example,2026-05-02 09:10:00,open,high\n")
    drafted = examine(tmp_path, tmp_path / "drafts").drafts["shop"]
    mapped = yaml.safe_load(drafted)["tables"]["tickets"]
    assert mapped["becomes"] == "support/tickets"
    assert mapped["columns"] == {
        "ticket_id": "Ticket No",
        "account_id": "Client",
        "created_at": "Opened",
        "status": "State",
        "priority": "Prio",
    }


def test_a_draft_finds_the_column_of_times_and_says_what_days_and_decimals_leave_open(tmp_path):
    landing = tmp_path / "landing"
    (landing / "erp").mkdir(parents=True)
    (landing / "erp" / "contracts.csv").write_text(
        "Contract No;Customer;Start;State;Seats;Monthly price\nC1;7;01.02.2026;active;3;49,00\n"
    )
    (landing / "log").mkdir()
    (landing / "log" / "usage.csv").write_text(
        "event_id,on,event_type,user_id\n1,2026-05-01,commit,u1\n"
    )
    done = examine(landing, tmp_path / "drafts")
    assert [found.column for found in done.findings if "either way" in found.text] == ["Start"]
    drafts = done.drafts
    assert "event_ts: 'on'" in drafts["log"] or "event_ts: on" in drafts["log"]
    assert "event_name: event_type" in drafts["log"]
    assert "# dates: day first            # NEEDED" in drafts["erp"]
    assert "decimals: comma" in drafts["erp"]
    subscriptions, items = yaml.safe_load(drafts["erp"])["tables"]["contracts"]
    assert subscriptions["becomes"] == "billing/subscriptions"
    assert items == {
        "becomes": "billing/subscription_items",
        "columns": {
            "subscription_item_id": "Contract No",
            "subscription_id": "Contract No",
            "valid_from": "Start",
            "unit_amount_minor": "Monthly price",
            "quantity": "Seats",
        },
        "constants": {"interval": "month"},
        "amounts_in_units": ["unit_amount_minor"],
    }
    said = drafts["erp"].replace("# dates: day first ", "dates: day first ")
    write(landing, "erp/mapping.yml", said)
    again = examine(landing, tmp_path / "drafts")
    assert not [found for found in again.findings if "either way" in found.text]
    assert again.prospects.needed == ("crm/accounts", "crm/users", "product/events")


STATES = """tables:
  contracts:
    becomes: billing/subscriptions
    columns: {subscription_id: No, account_id: Customer, started_at: Start, status: State}
"""


def test_a_word_that_nobody_explains_is_named_before_a_build_with_where_to_say_what_it_means(
    tmp_path,
):
    landing = tmp_path / "landing"
    write(landing, "erp/mapping.yml", STATES)
    write(landing, "erp/contracts.csv", "No,Customer,Start,State\n1,7,2026-01-01,Active\n"
          "2,8,2026-01-01,läuft\n3,8,2026-01-01,Läuft \n4,8,2026-01-01,gekündigt\n"
          "5,8,2026-01-01,cancelled\n6,8,2026-01-01,unknown\n")  # fmt: skip
    (told,) = [f for f in examine(landing, tmp_path / "drafts").findings if f.column == "status"]
    assert told.place == "erp/contracts.csv line 3"
    assert told.text.startswith("2 words in 3 lines of billing/subscriptions that nobody explains")
    assert "catalogue/words/ours.csv" in told.text
    assert "billing,subscriptions,status,<your word>,<one of trialing, active" in told.text
    assert "läuft" not in told.text

    write(landing, "catalogue/words/ours.csv", "system,table_name,column_name,said,means\n"
          "billing,subscriptions,status,läuft,active\n"
          "billing,subscriptions,status,gekündigt,canceled\n")  # fmt: skip
    findings = examine(landing, tmp_path / "drafts").findings
    assert [f for f in findings if f.column == "status"] == []


def test_a_title_above_the_header_and_another_encoding_are_named(tmp_path):
    landing = tmp_path / "landing"
    write(landing, "list/customers.csv", "Customers of 30 November;;\n;;\nNo;Name;Since\n7;A;\n")
    (landing / "other").mkdir()
    (landing / "other" / "customers.csv").write_bytes("No;Währung\n7;EUR\n".encode("cp1252"))
    write(landing, "excel/customers.csv", "")
    (landing / "excel" / "customers.csv").write_bytes("No\tName\n7\tA\n".encode("utf-16"))
    found = {f.place: f.text for f in examine(landing, tmp_path / "drafts").findings}
    assert "its content is UTF-16; save it as UTF-8" in found["excel/customers.csv"]
    assert "as a title does: delete what stands above" in found["list/customers.csv"]
    assert "no UTF-8: save it as CSV UTF-8" in found["other/customers.csv"]


def test_lines_in_another_encoding_are_named_before_anybody_maps_them(tmp_path):
    # A header of plain letters says nothing of the names below it.
    (tmp_path / "landing" / "excel").mkdir(parents=True)
    text = "No;Firma\n1;Acme\n2;Müller\n3;Söhne\n"
    (tmp_path / "landing/excel/customers.csv").write_bytes(text.encode("cp1252"))
    (tmp_path / "landing/excel/others.csv").write_bytes(text.encode("utf-8"))
    found = [f for f in examine(tmp_path / "landing", tmp_path / "drafts").findings
             if "UTF-8" in f.text]  # fmt: skip
    assert [f.place for f in found] == ["excel/customers.csv line 3"]
    assert "looked at 2 are no UTF-8" in found[0].text
    assert "save it as CSV UTF-8" in found[0].text


def test_milliseconds_that_look_like_seconds_are_asked_about(tmp_path):
    # As a web server writes how long a request took.
    landing, logs = tmp_path / "landing", "web/access.jsonl"
    lines = [
        f'{{"id": "r{n}", "at": "2026-03-05T14:15:30Z", "took": 0.{n + 100}}}' for n in range(30)
    ]
    write(landing, logs, "\n".join(lines) + "\n")
    mapping = (
        "tables:\n  access:\n    becomes: product/performance_logs\n"
        "    columns: {perf_id: id, measured_at: at, value_ms: took}\n"
        "    constants: {metric: api_latency}\n"
    )
    write(landing, "web/mapping.yml", mapping)
    (told,) = [f for f in examine(landing, tmp_path / "drafts").findings if f.column == "value_ms"]
    assert "say durations_in_seconds: [value_ms] in a mapping.yml" in told.text
    write(landing, "web/mapping.yml", f"{mapping}    durations_in_seconds: [value_ms]\n")
    findings = examine(landing, tmp_path / "drafts").findings
    assert [f for f in findings if f.column == "value_ms"] == []


@pytest.mark.parametrize(
    ("becomes", "took", "is_asked"),
    [
        ("product/performance_logs", 240_000, True),
        ("product/performance_logs", 2_400, False),
        ("product/events", 240_000_000, True),
        ("product/events", 240_000, False),
    ],
)
def test_milliseconds_that_look_like_nanoseconds_are_asked_about(tmp_path, becomes, took, is_asked):
    # As a trace counts how long a request took.
    column = "value_ms" if becomes.endswith("logs") else "duration_ms"
    names = "perf_id: id, measured_at: at" if column == "value_ms" else "user_id: id, event_ts: at"
    constants = "metric: api_latency" if column == "value_ms" else "event_name: opened"
    lines = [
        f'{{"id": "r{n}", "at": "2026-03-05T14:15:30Z", "took": {took + n}}}' for n in range(30)
    ]
    landing = tmp_path / "landing"
    write(landing, "web/spans.jsonl", "\n".join(lines) + "\n")
    mapping = (
        f"tables:\n  spans:\n    becomes: {becomes}\n    columns: {{{names}, {column}: took}}\n"
        f"    constants: {{{constants}}}\n    durations_in_seconds: []\n"
    )
    write(landing, "web/mapping.yml", mapping)
    findings = examine(landing, tmp_path / "drafts").findings
    told = [f.text for f in findings if f.column == column]
    assert [f"durations_in_nanoseconds: [{column}]" in text for text in told] == [True] * is_asked


def test_a_column_called_user_is_the_person_and_not_the_address_beside_it(tmp_path):
    write(tmp_path / "landing", "app/users.csv", "user,account,email\nu1,7,a@b.example\n")
    (drafted,) = examine(tmp_path / "landing", tmp_path / "drafts").drafts.values()
    columns = yaml.safe_load(drafted)["tables"]["users"]["columns"]
    assert (columns["user_id"], columns["email"]) == ("user", "email")


def test_why_a_folder_is_not_read_is_said_once(tmp_path):
    landing = tmp_path / "landing"
    write(landing, "support/tickets/1.csv", "ticket_id,created_at\n1,2026-01-01T00:00:00Z\n")
    write(landing, "helpdesk/conversations.csv", "id,state,created_at\n1,open,2026-01-01\n")
    write(landing, "erp/numbers.csv", "a,b\n1,2\n")
    text = "\n".join(text_of(examine(landing, tmp_path / "drafts")))
    assert text.count("its table conversations is nearest to that of intercom/airbyte") == 1
    assert text.count("  - Not read: the folder helpdesk, see above.") == 1
    assert text.count("NOT READ: no adapter has tables with these names and columns.") == 1


def test_amounts_that_a_mapping_leaves_open_are_named_by_the_doctor_as_by_a_run(tmp_path):
    landing = tmp_path / "landing"
    mapping = (
        "tables:\n  invoices:\n    becomes: billing/payments\n    columns: {payment_id: No, "
        "account_id: Customer, attempted_at: Paid, status: State, amount_minor: Total}\n"
    )
    write(landing, "erp/mapping.yml", mapping)
    write(landing, "erp/invoices.csv", "No,Customer,Paid,State,Total\n1,7,2026-01-01,paid,49\n")
    (told,) = [f for f in examine(landing, tmp_path / "drafts").findings if "amounts_in" in f.text]
    assert told.text.startswith("Read: of erp/invoices amount_minor as minor units (cents)")


@pytest.mark.parametrize(("quantities", "is_told"), [("1 1", False), ("1 12", True)])
def test_a_flat_price_promises_no_figure_of_seats(tmp_path, quantities, is_told):
    lines = [f"i{n},s{n},2026-01-01,4900,{q}" for n, q in enumerate(quantities.split())]
    header = "subscription_item_id,subscription_id,valid_from,unit_amount_minor,quantity"
    items = "\n".join([header, *lines]) + "\n"
    write(tmp_path / "landing", "billing/subscription_items/1.csv", items)
    told = examine(tmp_path / "landing", tmp_path / "drafts").prospects.told
    assert ("billing_seats" in told) == is_told
    assert "billing_prices" in told
