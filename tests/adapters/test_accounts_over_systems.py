from datetime import date

import pytest

from tests.cases.built import asking, build, write_landing

CREATED = "2025-01-01T00:00:00Z"
ACCOUNTS = [
    {"account_id": "A", "name": "Acme", "domain": "acme.example", "created_at": CREATED},
    {"account_id": "B", "name": "Beta", "domain": "beta.example", "created_at": CREATED},
    {"account_id": "T1", "name": "Twin", "domain": "twin.example", "created_at": CREATED},
    {"account_id": "T2", "name": "Twin", "domain": "twin.example", "created_at": CREATED},
    {"account_id": "M", "name": "Mail", "domain": "gmail.com", "created_at": CREATED},
    {"account_id": "0015g00000AbCdEAA2", "name": "Force", "created_at": CREATED},
    {"account_id": "OLD", "name": "Old", "created_at": CREATED, "is_deleted": True},
]
KEYS = [
    {"system": "support", "foreign_key": "org-1", "account_id": "A", "valid_to": "2026-03-01"},
    {"system": "support", "foreign_key": "org-1", "account_id": "B", "valid_from": "2026-03-01"},
    {"system": "support", "foreign_key": "org-2", "domain": "beta.example"},
    {"system": "support", "foreign_key": "org-3", "domain": "twin.example"},
    {"system": "support", "foreign_key": "org-4", "domain": "gmail.com"},
    # The list of accounts itself says that one was merged into another.
    {"system": "crm", "foreign_key": "OLD", "account_id": "A"},
    # Salesforce calls an account by 18 characters and by the first 15 of them.
    {"system": "salesforce", "foreign_key": "0015g00000AbCdE", "account_id": "0015g00000AbCdEAA2"},
    {"system": "salesforce", "foreign_key": "0015g00000AbCdFAA2", "account_id": "A"},
    {"system": "salesforce", "foreign_key": "0015g00000AbCdF", "account_id": "A"},
    {"system": "support", "foreign_key": "0015g00000AbCdE", "account_id": "0015g00000AbCdEAA2"},
]
EVENT = {"event_id": "e", "event_name": "run", "account_id": "A", "user_id": "u",
         "event_ts": "2026-03-31T10:00:00Z"}  # fmt: skip
TICKETS = [
    ("before the end of the key", "org-1", "2026-02-28T23:59:59Z"),
    ("from its end on", "org-1", "2026-03-01T00:00:00Z"),
    ("by domain", "org-2", "2026-02-01T00:00:00Z"),
    ("ambiguous", "org-3", "2026-02-01T00:00:00Z"),
    ("of a provider of mail", "org-4", "2026-02-01T00:00:00Z"),
    ("of an account that was merged", "OLD", "2026-02-01T00:00:00Z"),
    ("of nobody", "org-9", "2026-02-01T00:00:00Z"),
    ("as the CRM calls it", "B", "2026-02-01T00:00:00Z"),
    ("by 15 characters", "0015g00000AbCdE", "2026-02-01T00:00:00Z"),
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("accounts")
    tickets = [
        {"ticket_id": said, "account_id": name, "created_at": at, "status": "open"}
        for said, name, at in TICKETS
    ]
    landing = write_landing(
        folder / "landing",
        {
            "crm/accounts": ACCOUNTS,
            "crm/account_keys": KEYS,
            "support/tickets": tickets,
            "product/events": [EVENT],
        },
    )
    models = ["int_tickets_deduplicated", "rpt_accounts_matched"]
    return asking(build(folder, landing, models, as_of=date(2026, 3, 31)))


def test_a_row_belongs_to_the_account_that_had_the_name_when_it_happened(ask):
    rows = ask("select ticket_id, account_id from intermediate.int_tickets_deduplicated")
    known = {said: account for said, account in rows if account in ("A", "B", "M", "T1", "T2")}
    assert known == {
        "before the end of the key": "A",
        "from its end on": "B",
        "by domain": "B",
        "of an account that was merged": "A",
        "as the CRM calls it": "B",
    }


def test_names_by_key_by_domain_ambiguous_and_unmatched_are_all_names_of_a_system(ask):
    (counts,) = ask(
        "select name_count, matched_by_key_count, matched_by_domain_count, ambiguous_count, "
        "unmatched_count, ambiguous_example, unmatched_example "
        "from reports.rpt_accounts_matched where key_system = 'support'"
    )
    assert counts == (8, 4, 1, 1, 2, "org-3 could be T1, T2", "org-4")


def test_the_first_15_of_18_characters_are_a_name_only_where_somebody_says_them(ask):
    told = ask(
        "select name_count, matched_by_key_count from reports.rpt_accounts_matched "
        "where key_system = 'salesforce'"
    )
    assert told == [(1, 1)]
