"""Going silent, beside a count day by day, on random activity; and nothing known later moves it."""

from datetime import timedelta

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.running_sums.compiled import FIRST_DAY, SETTINGS, compiled, lay_down
from tests.track_record.silences import NEVER, Account, Company, outcome, quarter_of, threshold

pytestmark = pytest.mark.exhaustive

# Windows as short as a test needs; the rules are those of the models.
SMALL = {
    "silence_return_share": 0.5,
    "silence_return_days": 10,
    "silence_minimum_count": 2,
    "silence_weeks_at_least": 1,
    "silence_weeks_at_most": 4,
    "outcome_lead_days": 3,
    "churn_grace_days": 2,
}
HORIZONS = (10, 28)
LAST_DAY = 200
MONDAYS = [day for day in range(LAST_DAY) if (FIRST_DAY + timedelta(days=day)).weekday() == 0]
# Active on the day on which service ended, and a customer again soon after.
LINGERED = Company(
    (
        Account((47, *range(139, 164, 2), 165), ((45, 165), (176, NEVER))),
        Account((20, 40, 60), ((0, NEVER),)),
    ),
    LAST_DAY,
    frozenset(range(LAST_DAY + 1)),
)
PLANS = ("slow", "quick")
MODELS = ("int_account_silences", "int_silence_thresholds", "int_account_silence_outcomes")


@pytest.fixture(scope="module", autouse=True)
def small():
    with pytest.MonkeyPatch.context() as patched:
        for name, value in SMALL.items():
            patched.setitem(SETTINGS, name, value)
        compiled.cache_clear()
        yield
    compiled.cache_clear()


@pytest.fixture(scope="module")
def connection(small):
    with duckdb.connect() as opened:
        opened.execute("set threads = 1")
        yield opened


@st.composite
def accounts(draw):
    """Draw an account that is active in bursts, and paid for once, or twice with a gap."""
    bursts = draw(st.lists(st.tuples(st.integers(0, LAST_DAY), st.integers(1, 9)), max_size=6))
    active = {start + 2 * step for start, days in bursts for step in range(days)}
    start = draw(st.integers(0, 60))
    end = draw(st.sampled_from([NEVER, NEVER, start + 45, start + 120]))
    spells = [(start, end)]
    if end < NEVER and draw(st.booleans()):
        spells.append((end + draw(st.integers(3, 20)), NEVER))
    return Account(
        tuple(sorted(day for day in active if day <= LAST_DAY)),
        tuple(spells),
        draw(st.sampled_from([*PLANS, "unknown"])),
    )


@st.composite
def companies(draw):
    drawn = tuple(draw(st.lists(accounts(), min_size=2, max_size=6)))
    heard = frozenset(day for account in drawn for day in account.active)
    # Where others are heard of, the source of events is not stale.
    if draw(st.booleans()):
        heard |= frozenset(range(0, LAST_DAY + 1, 3))
    return Company(drawn, LAST_DAY, heard)


def until(company: Company, day: int) -> Company:
    """Return the company as it was known on a day."""
    known = tuple(
        Account(
            tuple(active for active in account.active if active <= day),
            tuple((s, e if e <= day else NEVER) for s, e in account.spells if s <= day),
            account.plan,
        )
        for account in company.accounts
    )
    return Company(known, day, frozenset(heard for heard in company.heard if heard <= day))


def build(connection, company: Company) -> None:
    """Lay down what the models read, as of the last day of the company, and build them."""
    names = list(enumerate(company.accounts))
    fresh, rows = 0, []
    for day in range(company.last_day + 1):
        fresh += not company.is_stale(day)
        rows.append(("product_events", day, company.is_stale(day), fresh))
    columns = "source text, date_day date, is_stale boolean, fresh_day_count bigint"
    lay_down(connection, "fct_source_freshness_daily", columns, rows)
    rows = [(f"a{name}", day, True) for name, account in names for day in account.active]
    columns = "account_id text, activity_date date, is_active boolean"
    lay_down(connection, "fct_account_activity_daily", columns, rows)
    rows = [
        (f"a{name}", day, account.plan)
        for name, account in names
        for day in range(company.last_day + 1)
    ]
    columns = "account_id text, activity_date date, plan text"
    lay_down(connection, "int_account_attributes_daily", columns, rows)
    rows = [
        (f"a{name}", end)
        for name, account in names
        for start, end in account.spells
        if start <= company.last_day
    ]
    lay_down(connection, "int_paid_spells_merged", "account_id text, spell_end date", rows)
    windows, rhythms = [], []
    for name, account in names:
        for monday in (day for day in MONDAYS if account.is_customer(day)):
            before = [day for day in account.active if day <= monday]
            if before and monday <= company.last_day:
                rhythms.append((f"a{name}", monday, before[-1]))
            for horizon in HORIZONS:
                blackout = monday + SMALL["outcome_lead_days"]
                end, window_end = account.service_ends_after(monday), blackout + horizon
                matures = window_end + SMALL["churn_grace_days"]
                if monday <= company.last_day and end > blackout:
                    windows.append(
                        (f"a{name}", monday, horizon, blackout, window_end, matures,
                         matures <= company.last_day, end if end <= window_end else NEVER)
                    )  # fmt: skip
    columns = "account_id text, activity_date date, last_active_date date"
    lay_down(connection, "int_account_rhythms_daily", columns, rhythms)
    lay_down(
        connection, "int_account_outcome_windows",
        "account_id text, snapshot_date date, horizon_days integer, blackout_end date, "
        "window_end date, matures_on date, is_mature boolean, service_ended_date date", windows,
    )  # fmt: skip
    connection.execute(
        "update int_account_outcome_windows set service_ended_date = null "
        f"where service_ended_date = date '{FIRST_DAY}' + {NEVER}"
    )
    for model in MODELS:
        connection.execute(f"create or replace table {model} as {compiled(model, is_tail=False)}")


def outcomes(connection, condition="true") -> list[tuple]:
    return connection.execute(
        f"select account_id, snapshot_date - date '{FIRST_DAY}', horizon_days, is_event, "
        f"silent_on - date '{FIRST_DAY}' from int_account_silence_outcomes "
        f"where {condition} order by all"
    ).fetchall()


@settings(max_examples=60, deadline=None)
@given(company=companies())
@example(company=LINGERED)
def test_thresholds_and_outcomes_are_those_of_a_count_day_by_day(connection, company):
    build(connection, company)
    found = connection.execute(
        f"select settled_on - date '{FIRST_DAY}', segment, threshold_days "
        "from int_silence_thresholds order by all"
    ).fetchall()
    quarters = {day for day, segment, _ in found if segment == "all"}
    thresholds = {
        (day, plan): length
        for day in quarters
        for plan in ("all", *PLANS)
        if (length := threshold(company, day, SMALL, plan)) is not None or plan == "all"
    }
    assert {(day, plan): length for day, plan, length in found} == thresholds
    assert len(quarters) == 3
    wanted, lead = [], SMALL["outcome_lead_days"]
    for name, account in enumerate(company.accounts):
        for monday in (day for day in MONDAYS if account.is_customer(day)):
            for horizon in HORIZONS:
                if monday + lead + horizon + SMALL["churn_grace_days"] <= LAST_DAY:
                    of_company = thresholds[quarter_of(monday), "all"]
                    length = thresholds.get((quarter_of(monday), account.plan), of_company)
                    told = outcome(company, account, monday, horizon, lead, length)
                    if told is not None:
                        wanted.append((f"a{name}", monday, horizon, *told))
    last = FIRST_DAY + timedelta(days=LAST_DAY)
    assert outcomes(connection, f"matures_on <= date '{last}'") == sorted(wanted)


@settings(max_examples=40, deadline=None)
@given(company=companies(), day=st.integers(60, LAST_DAY - 1))
def test_what_was_final_on_a_day_is_the_same_when_more_is_known(connection, company, day):
    final = f"matures_on <= date '{FIRST_DAY + timedelta(days=day)}'"
    build(connection, until(company, day))
    then = outcomes(connection, final)
    settled = connection.execute("select * from int_silence_thresholds order by all").fetchall()
    build(connection, company)
    assert outcomes(connection, final) == then
    later = connection.execute("select * from int_silence_thresholds order by all").fetchall()
    assert [row for row in later if row[0] <= settled[-1][0]] == settled


def test_a_company_by_hand_has_every_kind_of_answer(connection):
    """One company by hand, so that the tests above cannot agree on nothing."""
    steady = Account(tuple(range(0, LAST_DAY, 2)), ((0, NEVER),))
    gone = Account(tuple(range(0, 120, 2)), ((0, NEVER),))
    away = [Account((5, 60 + n), ((0, NEVER),)) for n in range(4)]
    left = Account(tuple(range(0, 100, 2)), ((0, 104),))
    drawn = (steady, gone, *away, left)
    heard = frozenset(day for account in drawn for day in account.active)
    build(connection, Company(drawn, LAST_DAY, heard))
    rows = outcomes(connection, "is_event is not null")
    assert {event for _, _, _, event, _ in rows} == {True, False}
    assert {name for name, _, _, event, _ in rows if event} >= {"a1"}
    assert not any(event for name, _, _, event, _ in rows if name in ("a0", "a6"))
    statuses = {
        s for (s,) in connection.execute("select status from int_silence_thresholds").fetchall()
    }
    assert statuses == {"too_few", "settled"}
