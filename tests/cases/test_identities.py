"""Whose is it, which event is it, who sent it, and where did it run: one small company.

Each situation is an account of its own. The company is built at once, and up to the day before the
last and then on, and both have the same rows.
"""

from datetime import date, timedelta

import pytest

from tests.cases.built import asking, build, write_landing

LAST_DAY = date(2026, 9, 30)
BEGAN = "2026-06-01T00:00:00Z"
CUBOT = "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/120.0 Mobile"
TABLES = [
    "intermediate.int_events_identified",
    "intermediate.int_events_redelivered",
    "intermediate.int_subscriptions_deduplicated",
    "marts.fct_account_activity_daily",
    "intermediate.int_account_roles_daily",
    "intermediate.int_segment_errors_daily",
    "intermediate.int_segment_sessions_daily",
    "intermediate.int_segment_requests_daily",
    "marts.fct_row_reconciliation",
    "reports.rpt_data_warnings",
    "marts.dim_source_coverage",
]
ACCOUNTS = [
    "Acme",
    "001xAb",
    "001Xab",
    "T1",
    "T2",
    "Phone",
    "Early",
    "Later",
    "Both",
    "Night",
    "Mail",
    "Case",
    "Tells",
    "Whole",
]


def event(account, number, at, **more):
    """Return an event of the account's only person, with an identifier of its own."""
    told = {"event_id": f"{account}-{number}", "user_id": f"u-{account}", "account_id": account}
    return told | {"event_name": "report_created", "event_ts": at, "platform": "web"} | more


def days(first, last):
    """Return the days from one to another, at nine o'clock."""
    count = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return [f"{date.fromisoformat(first) + timedelta(days=n)}T09:00:00Z" for n in range(count)]


EVENTS = [
    # Acme by its own name, in other capitals, and by a word that is no account of the CRM.
    event("Acme", 1, "2026-09-01T09:00:00Z"),
    event("Acme", 2, "2026-09-02T09:00:00Z", account_id="acme"),
    event("Acme", 3, "2026-09-03T09:00:00Z", account_id="ACME"),
    event("Acme", 4, "2026-09-04T09:00:00Z", account_id="Akme"),
    event("Acme", 5, "2026-09-05T09:00:00Z", account_id=None),
    # Two accounts that capitals alone tell apart, and a spelling that could be either.
    event("001xAb", 1, "2026-09-01T09:00:00Z"),
    event("001Xab", 1, "2026-09-02T09:00:00Z"),
    event("001xAb", 2, "2026-09-03T09:00:00Z", account_id="001XAB"),
    # Two tenants that number their events alike, at the same minutes.
    *(
        event(t, n, f"2026-09-0{n}T09:00:00Z", event_id=str(n))
        for t in ("T1", "T2")
        for n in (1, 2, 3)
    ),
    # A device whose clock stood at the beginning.
    event("T2", "clock", "2015-01-01T09:00:00Z"),
    # One identifier for two things that one person did, once delivered again by a corrected clock.
    event("Both", 1, "2026-09-07T09:00:00Z", event_id="same"),
    event("Both", 1, "2026-09-07T09:00:04Z", event_id="same", received_at="2026-09-09T09:00:00Z"),
    event("Both", 1, "2026-09-07T09:00:00Z", event_id="same", event_name="dashboard_edited"),
    event("Both", 1, "2026-09-29T09:00:00Z", event_id="same"),
    event("Both", 1, "2026-09-30T09:00:00Z", event_id="same"),
    # Delivered on the next day by a clock that was corrected: it stays on the first.
    event("Night", 1, "2026-09-29T23:59:00Z", original_ts="2026-09-29T23:58:00Z"),
    event("Night", 1, "2026-09-30T00:01:00Z", original_ts="2026-09-29T23:58:00Z"),
    # A person with a telephone, and a machine.
    event("Phone", 1, "2026-09-05T09:00:00Z", user_agent=CUBOT),
    event("Phone", 2, "2026-09-06T09:00:00Z", user_agent=f"{CUBOT} (compatible; bingbot/2.0)"),
    # Active every day since 15 July; one of them on 20 May too, before its subscription began.
    event("Early", 0, "2026-05-20T09:00:00Z"),
    *(event(a, d[:10], d) for a in ("Early", "Later") for d in days("2026-07-15", "2026-09-12")),
    # A person who is known by an address, in other capitals everywhere.
    event("Mail", 1, "2026-09-05T09:00:00Z", user_id="bob@MAIL.example", account_id=None),
    # A person whose number every system writes in capitals of its own, and two whom capitals alone
    # tell apart, with a spelling that could be either.
    event("Case", 1, "2026-09-05T09:00:00Z", user_id="u-case", account_id=None),
    event("Case", 2, "2026-09-06T09:00:00Z", user_id="u-Case", account_id=None),
    event("Tells", 1, "2026-09-05T09:00:00Z", user_id="u-xY"),
    event("Tells", 2, "2026-09-05T09:10:00Z", user_id="u-Xy"),
    event("Tells", 3, "2026-09-05T09:20:00Z", user_id="U-XY"),
    # A company that works on the web, with one session of 25 September on a telephone.
    *(event("Later", f"w{d[:10]}", d) for d in days("2026-09-13", "2026-09-30")),
    event("Later", "ios", "2026-09-25T15:00:00Z", platform="ios", session_id="s-ios"),
    event("Later", "none", "2026-09-26T15:00:00Z", platform=None),
]
# A log without identifiers, exported whole each day: a click that was two, and a later day.
WHOLE = [
    event("Whole", n, f"2026-09-0{n}T09:00:00Z", event_id=None, session_id=f"s{n}")
    for n in (1, 1, 2, 3)
]
OTHER_SESSION = [WHOLE[2] | {"session_id": "s9"}]
DEVICES = [
    {"event_id": f"d{n}", "anonymous_id": f"device-{n}", "user_id": said, "account_id": "Phone"}
    | {"event_name": "report_created", "event_ts": "2026-09-08T09:00:00Z"}
    for n, said in enumerate(["null", "undefined", "None", "0", "N/A", "NaN"])
]
ERROR = {"error_id": "e1", "account_id": "Later", "user_id": "u-Later", "error_type": "crash"}
SAMPLE = {"account_id": "Later", "metric": "page_load", "value_ms": 900}
LANDING = {
    "crm/accounts": [
        {"account_id": a, "name": a, "account_type": "customer", "created_at": BEGAN}
        for a in ACCOUNTS
    ],
    "crm/users": [
        {"user_id": u, "role": "analyst", "created_at": BEGAN}
        for u in (*(f"u-{a}" for a in ACCOUNTS), "u-xY", "u-Xy")
    ],
    "crm/account_users": [
        {"account_id": a.upper() if a == "Acme" else a, "user_id": f"u-{a}", "valid_from": BEGAN}
        for a in ACCOUNTS
        if a != "Case"
    ]
    + [{"account_id": "Case", "user_id": "U-CASE", "valid_from": BEGAN}]
    + [{"account_id": "Mail", "user_id": "BOB@mail.example", "valid_from": BEGAN}],
    "billing/subscriptions": [
        {"subscription_id": f"s-{a}", "account_id": a, "status": "active", "started_at": BEGAN}
        | ({"account_id": "aCME"} if a == "Acme" else {})
        for a in ACCOUNTS
    ],
    "product/events": [*EVENTS, *DEVICES],
    "product/error_logs": [
        ERROR | {"occurred_at": "2026-09-25T15:01:00Z"},
        # An error tracker knows the person and no account.
        {"error_id": "e2", "user_id": "u-Later", "error_type": "crash"}
        | {"occurred_at": "2026-09-24T09:01:00Z"},
    ],
    "product/performance_logs": [
        SAMPLE | {"perf_id": "p1", "session_id": "s-ios", "measured_at": "2026-09-25T15:02:00Z"},
        # A tracker of requests that knows the person alone.
        SAMPLE
        | {"perf_id": "p2", "measured_at": "2026-09-26T15:02:00Z"}
        | {"account_id": None, "user_id": "u-Later"},
    ],
    "support/tickets": [
        {"ticket_id": "t1", "account_id": "ACME", "status": "open"}
        | {"created_at": "2026-09-03T09:00:00Z", "updated_at": "2026-09-03T09:00:00Z"}
    ],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("identities")
    landing = write_landing(folder / "landing", LANDING)
    for name, rows in {"09-02": WHOLE[:3], "09-03": WHOLE, "other": OTHER_SESSION}.items():
        write_landing(landing, {f"product/events/whole-{name}": rows})
    models = [*(table.split(".")[1] for table in TABLES), "int_tickets_deduplicated"]
    at_once = build(folder / "at-once", landing, models, LAST_DAY)
    build(folder / "by-days", landing, models, LAST_DAY - timedelta(days=1))
    return asking(at_once), asking(build(folder / "by-days", landing, models, LAST_DAY))


@pytest.fixture(scope="module")
def ask(built):
    return built[0]


def active_days(ask, account):
    return [
        day.isoformat()[5:]
        for (day,) in ask(
            "select activity_date from marts.fct_account_activity_daily "
            f"where account_id = '{account}' and is_active and activity_date >= '2026-09-01' "
            "order by 1"
        )
    ]


def findings(ask):
    return {
        (subject, finding): count
        for subject, finding, count in ask(
            "select subject, finding, row_count from reports.rpt_data_warnings "
            "where stage = 'identity'"
        )
    }


@pytest.mark.parametrize("table", TABLES)
def test_a_second_day_gives_the_rows_of_a_full_build(built, table):
    at_once, by_days = built
    query = f"select * from {table} order by all"
    assert at_once(query) == by_days(query)


def test_an_account_in_other_capitals_is_recognised_in_every_table_and_counted(ask):
    assert active_days(ask, "Acme") == ["09-01", "09-02", "09-03", "09-05"]
    assert ask("select account_id from intermediate.int_tickets_deduplicated") == [("Acme",)]
    told = findings(ask)
    recognised = "names its account in other capitals than the CRM, taken for the same"
    assert {subject: n for (subject, finding), n in told.items() if finding == recognised} == {
        "product.events": 2,
        "crm.account_users": 1,
        "billing.subscriptions": 1,
        "support.tickets": 1,
    }


def test_accounts_that_capitals_alone_tell_apart_stay_two_and_a_third_spelling_is_neither(ask):
    assert active_days(ask, "001xAb") == ["09-01"]
    assert active_days(ask, "001Xab") == ["09-02"]
    assert findings(ask)["product.events", "its account is not in the CRM"] == 2


def test_an_address_is_one_person_in_any_capitals(ask):
    assert active_days(ask, "Mail") == ["09-05"]


def test_a_person_in_other_capitals_is_recognised_in_every_table_and_counted(ask):
    assert active_days(ask, "Case") == ["09-05", "09-06"]
    taken = "names a person in other capitals than the CRM, taken for the same"
    told = {subject: n for (subject, finding), n in findings(ask).items() if finding == taken}
    assert told == {"product.events": 1, "crm.account_users": 1}


def test_persons_whom_capitals_alone_tell_apart_stay_as_many_as_are_said(ask):
    assert ask(
        "select count(distinct person_id), count(distinct users.user_id) "
        "from intermediate.int_events_identified as events "
        "left join marts.dim_users as users using (user_id) "
        "where account_id = 'Tells'"
    ) == [(3, 2)]


def test_events_that_bear_one_identifier_are_as_many_as_they_differ(ask):
    assert active_days(ask, "T1") == active_days(ask, "T2") == ["09-01", "09-02", "09-03"]
    assert active_days(ask, "Both") == ["09-07", "09-29", "09-30"]
    assert ask(
        "select count(*), count(distinct event_key) from intermediate.int_events_identified "
        "where account_id = 'Both'"
    ) == [(4, 4)]
    assert active_days(ask, "Night") == ["09-29"]
    told = "has the identifier of another event, counted as an event of its own"
    assert findings(ask)["product.events", told] == 3 + 3
    assert ask(
        "select duplicates, unaccounted from marts.fct_row_reconciliation "
        "where table_name = 'events'"
    ) == [(2 + 3, 0)]


def test_events_without_identifiers_that_a_later_export_tells_again_are_counted_once(ask):
    assert ask(
        "select activity_date, count(*) from intermediate.int_events_identified "
        "where account_id = 'Whole' group by 1 order by 1"
    ) == [(date(2026, 9, 1), 2), (date(2026, 9, 2), 2), (date(2026, 9, 3), 1)]
    told = "without an identifier and equal to one of another file, taken for the same"
    assert findings(ask)["product.events", told] == 3


def test_a_clock_that_stood_at_the_beginning_does_not_say_since_when_there_is_a_log(ask):
    # From then on nobody's silence would be missing, and every figure zero for eleven years.
    assert ask(
        "select source, first_date from marts.dim_source_coverage "
        "where source in ('product_events', 'product_times') order by all"
    ) == [("product_events", date(2026, 5, 20)), ("product_times", date(2026, 5, 20))]
    told = "before a silence of a year of the whole log, on a day that no figure covers"
    assert findings(ask)["product.events", told] == 1


def test_a_telephone_is_no_bot_and_words_for_nobody_are_nobody(ask):
    assert active_days(ask, "Phone") == ["09-05"]
    assert ask(
        "select count(*), count(distinct person_id), count(user_id) "
        "from intermediate.int_events_identified "
        "where account_id = 'Phone' and activity_date = '2026-09-08'"
    ) == [(6, 6, 0)]


def test_a_role_that_was_active_before_the_first_day_ends_without_counting_below_zero(ask):
    spans = ask(
        "select account_id, active_role_count, min(activity_date)::varchar, count(*) "
        "from intermediate.int_account_roles_daily where activity_date <= '2026-09-12' "
        "and account_id in ('Early', 'Later') group by 1, 2 order by 1, 3"
    )
    assert spans == [
        ("Early", 1, "2026-06-01", 16 + 60),
        ("Early", 0, "2026-06-17", 28),
        ("Later", 0, "2026-06-01", 44),
        ("Later", 1, "2026-07-15", 60),
    ]


def test_sessions_errors_and_requests_count_by_the_platform_on_which_they_ran(ask):
    by_platform = {
        segment: (sessions, errors)
        for segment, sessions, errors in ask(
            "select segment, session_count_28d, error_session_count_28d "
            "from intermediate.int_segment_errors_daily "
            f"where activity_date = '{LAST_DAY}' and dimension in ('platform', 'all')"
        )
    }
    total = by_platform.pop("all")
    assert by_platform["ios"] == (1, 1)
    assert by_platform["web"][1] == 1
    assert by_platform["unknown"][1] == 0
    assert set(by_platform) == {"web", "ios", "unknown"}
    assert tuple(map(sum, zip(*by_platform.values(), strict=True))) == total
    requests = dict(
        ask(
            "select segment, page_load_sample_count_28d "
            "from intermediate.int_segment_requests_daily "
            f"where activity_date = '{LAST_DAY}' and dimension = 'platform'"
        )
    )
    assert requests == {"web": 0, "ios": 1, "unknown": 1}
