import os
from datetime import UTC, datetime
from hashlib import sha256

import duckdb
import pytest

from orchestration.adapters.adapt import land
from orchestration.adapters.golden import MOMENT, landed
from orchestration.adapters.mapping import recognition_of
from orchestration.adapters.our_contract import landing_tables
from orchestration.landing.deletions import NOT_UNDERSTOOD
from orchestration.landing.no_rows import A_TOTAL
from tests.adapters.exports import load, put

MAPPING = """
time_zone: Europe/Berlin
tables:
  customers:
    becomes: crm/accounts
    columns: {account_id: Customer No, name: Name, created_at: Since}
    constants: {account_type: customer}
    deleted_by: [Deleted]
  invoices:
    becomes: billing/payments
    columns:
      payment_id: No
      account_id: Customer No
      attempted_at: Paid
      amount_minor: Total
      status: State
    constants: {currency: JPY}
    amounts_in_units: [amount_minor]
"""


def folder(tmp_path, mapping=MAPPING):
    (tmp_path / "erp" / "invoices").mkdir(parents=True)
    (tmp_path / "erp" / "mapping.yml").write_text(mapping)
    (tmp_path / "erp" / "customers.csv").write_text(
        "Customer No;Name;Since;Deleted\n"
        "7;Acme;2026-07-01 00:30;\n8;Beta;2026-01-01;yes\n;X;2026-01-01;\n"
    )
    (tmp_path / "erp" / "invoices" / "1.jsonl").write_text(
        '{"No": 1, "Customer No": 7.0, "Paid": "2026-07-01T00:30:00Z", "Total": 500, '
        '"State": "paid"}\n'
    )
    return tmp_path


def test_a_mapping_says_what_plain_tables_become_with_their_time_zone_and_their_units(tmp_path):
    rows, quarantine = landed(folder(tmp_path), landing_tables())
    assert rows["crm/accounts"] == [
        {"_file": "erp/customers.csv", "_line": 2, "account_id": "7", "name": "Acme",
         "account_type": "customer", "created_at": "2026-06-30 22:30:00"},
        {"_file": "erp/customers.csv", "_line": 3, "account_id": "8", "name": "Beta",
         "account_type": "customer", "created_at": "2025-12-31 23:00:00", "_is_deleted": True},
    ]  # fmt: skip
    assert rows["billing/payments"][0]["amount_minor"] == 500
    assert rows["billing/payments"][0]["account_id"] == "7"
    assert [(row["line"], row["reason"]) for row in quarantine] == [
        (4, "required column account_id is missing")
    ]


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        ("Name,", "Nom,", "table customers names the column Nom, which erp/customers.csv does not"),
        ("Europe/Berlin", "Middle/Earth", "time_zone is 'Middle/Earth', which is no time zone"),
        ("crm/accounts", "crm/companies", "becomes 'crm/companies', which is none of our landing"),
        ("account_id: Customer No, name", "name", "tells nothing of account_id, without which"),
        ("account_type: customer", "kind: customer", "names kind, which is no column of"),
        ("  invoices:", "  bills:", "there is no erp/bills, neither a folder nor a file"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path, wrong, instead, said):
    said_of_it = []
    rows, _ = landed(
        folder(tmp_path, MAPPING.replace(wrong, instead, 1)), landing_tables(), said_of_it.append
    )
    assert rows == {}
    assert any(said in text for text in said_of_it), said_of_it


def test_what_a_landing_did_not_read_is_in_a_book_until_one_reads_it(tmp_path):
    place = folder(tmp_path, MAPPING.replace("Name,", "Nom,", 1))
    (place / "notes.txt").write_text("call them")
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")

        def unread(day):
            land(connection, landing_tables(), place, datetime(2026, 11, day, tzinfo=UTC), print)
            query = "select said, seen_at::date::varchar from raw.not_read order by 1"
            return connection.execute(query).fetchall()

        stranger, (mapped, seen) = unread(1)
        assert stranger[0] == "Not loaded, as no source table is declared for it: erp, notes.txt"
        assert mapped.startswith("Not read: the folder erp, as its mapping.yml cannot be used: ")
        assert seen == "2026-11-01"
        (place / "erp" / "mapping.yml").write_text(MAPPING)
        (place / "notes.txt").unlink()
        assert unread(2) == []


def test_a_file_that_names_somebody_erased_is_called_otherwise_where_it_is_not_read(tmp_path):
    place = folder(tmp_path)
    (place / "erp" / "josefine.csv").write_text("a;b\n1;2\n")
    said = []
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")

        def landed_again():
            said.clear()
            land(connection, landing_tables(), place, MOMENT, said.append)
            return str((said, connection.execute("select said from raw.not_read").fetchall()))

        assert landed_again().count("erp/josefine") == 2
        name = sha256(b"erp/josefine.csv").hexdigest()
        connection.execute("insert into raw.hidden_names values (?, 'erp/erased-7.csv')", [name])
        told = landed_again()
        assert told.count("erp/erased-7") == 2
        assert "josefine" not in told


UNUSABLE = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "deep": b"[" * 900,
    "deep by indent": b"- " * 3000,
    "more brackets than anybody writes": b"[" * 60_000,
    "more bytes than anybody writes": b"x" * 2_000_000,
    "a line that names another": b"a: &a [x, x]\nb: &b [*a, *a]\ntime_zone: *b\ntables: {}\n",
    "a call": b"!!python/object/apply:os.system ['true']",
    "no tables": b"tables: []",
    "zone": MAPPING.replace("Europe/Berlin", "[1, 2]").encode(),
    "zone out of its folder": MAPPING.replace("Europe/Berlin", "../../etc/passwd").encode(),
    "columns": b"tables:\n  customers:\n    becomes: crm/accounts\n    columns: [a]\n",
    "marks": b'tables:\n  "\\e[31m\\n":\n    becomes: crm/accounts\n    columns: {account_id: x}\n',
}


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE)
def test_whatever_a_mapping_holds_the_rest_is_read(tmp_path, content):
    place = folder(tmp_path, MAPPING)
    (place / "erp" / "mapping.yml").write_bytes(content)
    found = recognition_of(place, "erp", landing_tables())
    assert found.problem.startswith("its mapping.yml cannot be used: ")
    assert found.problem.isprintable()


@pytest.mark.parametrize("kind", ["pipe", "link", "loop", "folder"])
def test_a_mapping_is_a_file_that_lies_there_itself(tmp_path, kind):
    place = folder(tmp_path, MAPPING)
    path = place / "erp" / "mapping.yml"
    path.rename(tmp_path / "elsewhere.yml")
    {
        "pipe": lambda: os.mkfifo(path),
        "link": lambda: path.symlink_to(tmp_path / "elsewhere.yml"),
        "loop": lambda: path.symlink_to(path),
        "folder": path.mkdir,
    }[kind]()
    assert "cannot be used: it is " in recognition_of(place, "erp", landing_tables()).problem


CONTRACTS = """
dates: day first
decimals: comma
tables:
  contracts:
    - becomes: billing/subscriptions
      columns:
        {subscription_id: No, account_id: Customer, started_at: Start, ended_at: End, status: State}
    - becomes: billing/subscription_items
      columns:
        {subscription_item_id: No, subscription_id: No, valid_from: Start, quantity: Seats,
         unit_amount_minor: Price}
      constants: {interval: month, currency: EUR}
      amounts_in_units: [unit_amount_minor]
"""


def contracts(tmp_path, mapping=CONTRACTS):
    (tmp_path / "erp").mkdir()
    (tmp_path / "erp" / "mapping.yml").write_text(mapping)
    (tmp_path / "erp" / "contracts.csv").write_text(
        "No;Customer;Start;End;State;Seats;Price\n"
        'C1;7;1.2.2026;;active;12;"1.049,50"\nC2;8;31.12.2025;30.06.2026;canceled;3;19\n'
    )
    return tmp_path


def test_one_table_may_become_two_things_with_its_days_and_decimals_as_it_writes_them(tmp_path):
    rows, quarantine = landed(contracts(tmp_path), landing_tables())
    assert quarantine == []
    told = [
        (row["subscription_id"], row["started_at"], row.get("ended_at"))
        for row in rows["billing/subscriptions"]
    ]
    assert told == [
        ("C1", "2026-02-01 00:00:00", None),
        ("C2", "2025-12-31 00:00:00", "2026-06-30 00:00:00"),
    ]
    items = rows["billing/subscription_items"]
    assert [(row["quantity"], row["unit_amount_minor"]) for row in items] == [
        (12, 104950),
        (3, 1900),
    ]


def test_an_end_that_is_told_as_the_last_day_of_service_is_the_day_after_it(tmp_path):
    # A list of contracts says "to 30 June", and on 30 June the customer is one.
    said = CONTRACTS.replace("dates:", "time_zone: Europe/Berlin\ndates:").replace(
        "    - becomes: billing/subscription_items",
        "      last_days: [ended_at]\n    - becomes: billing/subscription_items",
    )
    contracts(tmp_path, said)
    put(
        tmp_path,
        "erp/contracts.csv",
        "No;Customer;Start;End;State;Seats;Price\n"
        "C1;7;1.2.2026;30.06.2026;canceled;1;9\nC2;8;1.2.2026;31.12.2026 14:30;canceled;1;9\n"
        "C3;9;1.2.2026;2026-02-28 00:00:00;canceled;1;9\nC4;9;1.2.2026;;active;1;9\n",
    )
    rows, _, _ = load(tmp_path)
    assert [row.get("ended_at") for row in rows["billing/subscriptions"]] == [
        "2026-06-30 22:00:00",
        "2026-12-31 13:30:00",
        "2026-02-28 23:00:00",
        None,
    ]


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        ("day first", "german", "dates is 'german'; expected day first or month first"),
        ("decimals: comma", "decimal: comma", "it has the keys decimal; expected dates"),
        ("billing/subscription_items\n", "billing/subscriptions\n", "names subscription_item_id"),
        ("amounts_in_units:", "last_days:", "names unit_amount_minor, which is no time"),
    ],
)
def test_a_setting_of_a_mapping_that_cannot_be_is_named(tmp_path, wrong, instead, said):
    said_of_it = []
    mapping = CONTRACTS.replace(wrong, instead, 1)
    rows, _ = landed(contracts(tmp_path, mapping), landing_tables(), said_of_it.append)
    assert rows == {}
    assert any(said in text for text in said_of_it), said_of_it


CUSTOMERS = """
tables:
  customers:
    becomes: crm/accounts
    columns: {account_id: No, name: Name}
    deleted_by: [Deleted, Gone]
"""


def test_a_mark_of_a_spreadsheet_says_deleted_and_a_word_that_says_neither_is_counted(tmp_path):
    said = {
        "x": True, "X": True, "ja": True, "WAHR": True, "31.12.2025": True,
        "nein": False, "FALSCH": False, "": False, "-": False, "gelöscht": False,
    }  # fmt: skip
    lines = "".join(f"{number};A;{word};\n" for number, word in enumerate(said, 1))
    put(tmp_path, "erp/mapping.yml", CUSTOMERS)
    put(tmp_path, "erp/customers.csv", f"No;Name;Deleted;Gone\n{lines}99;A;nein;ja\n")
    rows, warned, _ = load(tmp_path)
    found = {row["account_id"]: row.get("_is_deleted", False) for row in rows["crm/accounts"]}
    assert found == {str(n): deleted for n, deleted in enumerate(said.values(), 1)} | {"99": True}
    assert [(text, count) for _, text, count in warned] == [(NOT_UNDERSTOOD, 1)]


def test_a_header_again_among_the_rows_is_no_customer(tmp_path):
    # Somebody has put one monthly file behind the other.
    part = "No;Name;Deleted;Gone\n7;Acme;;\n"
    put(tmp_path, "erp/mapping.yml", CUSTOMERS)
    put(tmp_path, "erp/customers.csv", part + part.upper())
    rows, _, quarantine = load(tmp_path)
    assert [row["account_id"] for row in rows["crm/accounts"]] == ["7", "7"]
    assert quarantine == [("the header again, among the rows", "NO;NAME;DELETED;GONE")]


def test_an_end_as_the_day_number_of_a_spreadsheet_lets_no_contract_go_on(tmp_path):
    contracts(tmp_path)
    lines = (
        f"C{number};7;01.02.2026;{end};active;1;9\n"
        for number, end in enumerate(("46265", "2026", "46265.5", "0"), 1)
    )
    header = "No;Customer;Start;End;State;Seats;Price\n"
    put(tmp_path, "erp/contracts.csv", header + "".join(lines))
    rows, _, quarantine = load(tmp_path)
    # Programs write 0 where they know no time.
    assert [row["subscription_id"] for row in rows["billing/subscriptions"]] == ["C4"]
    assert {reason for reason, _ in quarantine} >= {
        'ended_at is told and is no time: "46265"',
        'ended_at is told and is no time: "2026"',
        'ended_at is told and is no time: "46265.5"',
    }


def said_by(landing, connection=None):
    said = []
    with duckdb.connect() as own:
        used = connection or own
        used.execute("set timezone = 'UTC'")
        land(used, landing_tables(), landing, MOMENT, said.append)
    return said


def test_a_file_that_lacks_a_column_of_the_others_is_named(tmp_path):
    # The newer file would take back that the contract has ended.
    contracts(tmp_path)
    (tmp_path / "erp" / "contracts.csv").unlink()
    header = "No;Customer;Start;End;State;Seats;Price\n"
    put(tmp_path, "erp/contracts/1.csv", f"{header}C1;7;1.2.2026;1.6.2026;canceled;1;9\n")
    said = said_by(tmp_path)
    assert not [text for text in said if text.startswith("Read: of")]
    put(
        tmp_path, "erp/contracts/2.csv", f"{header}C1;7;1.2.2026;canceled;1;9\n".replace(";End", "")
    )
    (told,) = [text for text in said_by(tmp_path) if text.startswith("Read: of")]
    assert told.startswith("Read: of erp/contracts/2.csv the columns End are not told")


def test_what_a_file_became_before_its_mapping_was_corrected_is_named(tmp_path):
    put(tmp_path, "erp/customers.csv", "No;Name\n7;Acme\n")
    wrong = "tables:\n  customers:\n    becomes: crm/users\n    columns: {user_id: No}\n"
    put(tmp_path, "erp/mapping.yml", wrong)
    with duckdb.connect() as connection:
        said_by(tmp_path, connection)
        put(
            tmp_path,
            "erp/mapping.yml",
            wrong.replace("users", "accounts").replace("user", "account"),
        )
        (told,) = [text for text in said_by(tmp_path, connection) if "Still there" in text]
    assert told.startswith("Still there: 1 lines of erp/customers.csv in crm/users")
    assert "make rebuild" in told


def test_a_duration_in_seconds_is_read_in_milliseconds(tmp_path):
    # A web server writes 0.240 for 240 milliseconds, and - where it asked nobody.
    put(tmp_path, "web/access.jsonl", [
        {"id": "a", "at": "05/Mar/2026:14:15:30 +0200", "took": "0.240"},
        {"id": "b", "at": "2026-03-05T14:15:31+02:00", "took": 1.234},
        {"id": "c", "at": "2026-03-05T14:15:32+02:00", "took": "-"},
    ])  # fmt: skip
    put(tmp_path, "web/mapping.yml", (
        "tables:\n  access:\n    becomes: product/performance_logs\n"
        "    columns: {perf_id: id, measured_at: at, value_ms: took}\n"
        "    constants: {metric: api_latency}\n    durations_in_seconds: [value_ms]\n"
    ))  # fmt: skip
    rows, _, quarantine = load(tmp_path)
    found = [(row["measured_at"], row["value_ms"]) for row in rows["product/performance_logs"]]
    assert found == [("2026-03-05 12:15:30", 240.0), ("2026-03-05 12:15:31", 1234.0)]
    assert [reason for reason, _ in quarantine] == ['required column value_ms is not a number: "-"']


SPANS = """
tables:
  spans:
    becomes: product/performance_logs
    columns: {perf_id: id, measured_at: at, value_ms: took}
    constants: {metric: api_latency}
"""


@pytest.mark.parametrize(
    ("unit", "took"),
    [
        ("seconds", 0.24),
        ("microseconds", 240_000),
        ("nanoseconds", 240_000_000),
        ("nanoseconds", "240000000"),
    ],
)
def test_a_duration_is_read_in_the_unit_that_the_mapping_names(tmp_path, unit, took):
    put(tmp_path, "web/spans.jsonl", [{"id": "a", "at": "2026-03-05T14:15:30Z", "took": took}])
    put(tmp_path, "web/mapping.yml", f"{SPANS}    durations_in_{unit}: [value_ms]\n")
    rows, _, _ = load(tmp_path)
    assert [row["value_ms"] for row in rows["product/performance_logs"]] == [240]


@pytest.mark.parametrize("name", ["took", "Duration (in mins.)", "items", "duration"])
def test_a_duration_of_which_nobody_says_what_it_counts_is_named_where_it_is_read(tmp_path, name):
    # A trace counts nanoseconds: a request of a quarter of a second would take three days.
    put(tmp_path, "web/spans.jsonl", [{"id": "a", "at": "2026-03-05T14:15:30Z", name: 240_000_000}])

    def remarks(mapping):
        put(tmp_path, "web/mapping.yml", mapping.replace("took", f'"{name}"'))
        return [text for text in said_by(tmp_path) if "durations_in" in text]

    (remark,) = remarks(SPANS)
    assert remark.startswith("Read: of web/spans value_ms as milliseconds, as its mapping does not")
    assert remarks(f"{SPANS}    durations_in_nanoseconds: [value_ms]\n") == []
    assert remarks(f"{SPANS}    durations_in_seconds: []\n") == []


@pytest.mark.parametrize("name", ["took_ms", "latencyMs", "Response time (ms)", "duration millis"])
def test_a_column_that_is_called_milliseconds_says_what_it_counts(tmp_path, name):
    put(tmp_path, "web/spans.jsonl", [{"id": "a", "at": "2026-03-05T14:15:30Z", name: 240}])
    put(tmp_path, "web/mapping.yml", SPANS.replace("took", f'"{name}"'))
    assert [text for text in said_by(tmp_path) if "durations_in" in text] == []


def test_a_duration_in_two_units_is_no_mapping(tmp_path):
    put(tmp_path, "web/spans.jsonl", [{"id": "a", "at": "2026-03-05T14:15:30Z", "took": 240}])
    units = "    durations_in_seconds: [value_ms]\n    durations_in_nanoseconds: [value_ms]\n"
    put(tmp_path, "web/mapping.yml", f"{SPANS}{units}")
    assert any("names value_ms in two units" in text for text in said_by(tmp_path))


@pytest.mark.parametrize("header", ['sep=;\nNo;"Company\n name"\n', '\n\nNo;"Company\nname"\n'])
def test_a_header_of_several_lines_is_read_as_the_loader_reads_it(tmp_path, header):
    # A question of a form, or a cell in which somebody pressed Alt and Enter.
    put(tmp_path, "erp/customers.csv", f"{header}7;Acme\n")
    put(tmp_path, "erp/mapping.yml", (
        "tables:\n  customers:\n    becomes: crm/accounts\n"
        "    columns: {account_id: No, name: Company name}\n"
    ))  # fmt: skip
    rows, _, _ = load(tmp_path)
    assert [(row["account_id"], row["name"]) for row in rows["crm/accounts"]] == [("7", "Acme")]


def test_a_day_in_the_other_order_is_told_as_it_stands_in_the_file(tmp_path):
    contracts(tmp_path)
    header = "No;Customer;Start;End;State;Seats;Price\n"
    put(tmp_path, "erp/contracts.csv", f"{header}C1;7;01.02.2026;12/31/2026;active;1;9\n")
    _, _, quarantine = load(tmp_path)
    assert 'ended_at is told and is no time: "12/31/2026"' in [reason for reason, _ in quarantine]


def test_amounts_of_which_nobody_says_whether_they_are_units_are_named_where_they_are_read(
    tmp_path,
):
    # A price of 49 euros would be one of 49 cents, in every figure of revenue, without a word.
    contracts(tmp_path)
    whole = "No;Customer;Start;End;State;Seats;Price\nC1;7;1.2.2026;;active;12;49\n"
    put(tmp_path, "erp/contracts.csv", whole)
    said = "amounts_in_units: [unit_amount_minor]"

    def told(instead):
        put(tmp_path, "erp/mapping.yml", CONTRACTS.replace(said, instead))
        remarks = [text for text in said_by(tmp_path) if "amounts_in_units" in text]
        rows, _, _ = load(tmp_path)
        return rows["billing/subscription_items"][0]["unit_amount_minor"], remarks

    assert told(said) == (4900, [])
    assert told("amounts_in_units: []") == (49, [])
    for unsaid in ("", "amounts_in_units:"):
        amount, (remark,) = told(unsaid)
        assert amount == 49
        assert remark.startswith("Read: of erp/contracts unit_amount_minor as minor units (cents)")
        assert said in remark


@pytest.mark.parametrize(
    "text",
    ["anna@example.org;2026-01-01;x\nben@example.org;2026-02-01;x\n",
     '{"anna@example.org": 1, "Since": "2026-01-01"}\n{"ben@example.org": 1}\n'],
)  # fmt: skip
def test_of_a_file_without_a_header_no_value_is_in_what_is_said_of_its_mapping(tmp_path, text):
    # The first line is somebody's data, and what a run says is in its log and on the page.
    columns = "{user_id: Mail, created_at: Since}"
    mapping = f"tables: {{people: {{becomes: crm/users, columns: {columns}}}}}"
    put(tmp_path, "erp/mapping.yml", mapping)
    put(tmp_path, f"erp/people.{'jsonl' if text[0] == '{' else 'csv'}", text)
    (said,) = [remark for remark in said_by(tmp_path) if "the folder erp" in remark]
    assert "@" not in said
    assert "2026" not in said
    assert "erp/people." in said
    assert ("deliver it with a header" if text[0] != "{" else "it has Since, and 2 more") in said


LOGINS = """
tables:
  logins:
    becomes: product/events
    columns: {{event_ts: Day, account_id: Customer, user_id: {user}}}
    constants: {{event_name: login}}
"""


@pytest.mark.parametrize(("user", "is_named"), [("Customer", True), ("Person", False)])
def test_accounts_that_are_taken_for_people_are_named_where_they_are_read(tmp_path, user, is_named):
    # A table of logins by customer has no people, and whoever maps it so counts one in each.
    put(tmp_path, "erp/mapping.yml", LOGINS.format(user=user))
    put(tmp_path, "erp/logins.csv", "Customer;Person;Day\nc1;p1;2026-02-01\nc1;p2;2026-02-01\n")
    said = [text for text in said_by(tmp_path) if "counts as one person" in text]
    assert [text.startswith("Read: of erp/logins") for text in said] == [True] * is_named


CONSTANTS = """
tables:
  customers:
    becomes: crm/accounts
    columns: {account_id: No, name: Name, country: Land}
    constants: {account_type: customer, timezone: Europe/Berlin}
"""


def test_a_total_is_no_customer_although_a_constant_says_what_every_line_is(tmp_path):
    put(tmp_path, "erp/mapping.yml", CONSTANTS)
    lines = ["7;Acme;DE", "Summe;;", "Total;Total Energies;FR", "9;Total;", "Total;12;EUR", "8;;"]
    put(tmp_path, "erp/customers.csv", "\n".join(["No;Name;Land", *lines]) + "\n")
    rows, _, quarantine = load(tmp_path)
    found = [(row["account_id"], row.get("account_type")) for row in rows["crm/accounts"]]
    assert found == [(name, "customer") for name in ("7", "Total", "9", "8")]
    assert [reason for reason, _ in quarantine] == [A_TOTAL, A_TOTAL]


def test_a_folder_of_which_one_file_cannot_be_read_says_why(tmp_path):
    put(tmp_path, "erp/mapping.yml", CUSTOMERS)
    (tmp_path / "erp" / "customers.csv").write_bytes(
        "No;Name;Deleted;Gone\n7;A;;\n".encode("utf-16")
    )
    (said,) = [text for text in said_by(tmp_path) if text.startswith("Not read: the folder erp")]
    assert "of table customers, erp/customers.csv: no column can be read of it" in said
    assert "its content is UTF-16; save it as UTF-8" in said
