"""Who is held out is written before a play is offered, and never drawn again."""

import hashlib
from datetime import date

import duckdb
import pytest

from orchestration.landing.tables import ensure_books
from orchestration.plays.issuing import remember_actions, write_assignments

DAY = date(2026, 10, 31)


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        ensure_books(opened)
        opened.execute(
            f"create table raw.run_parameters as select date '{DAY}' as as_of_date;"
            "create schema marts; create schema seeds;"
            "create table seeds.playbooks (play varchar, holdout_share double, valid_from date,"
            " valid_to date);"
            "insert into seeds.playbooks values ('call', 0.2, '2000-01-01', null);"
            "create table marts.fct_recommended_actions (account_id varchar, action_date date,"
            " play varchar, status varchar, owner varchar, due_date date, arm varchar,"
            " is_held_out_elsewhere boolean)"
        )
        yield opened


def recommend(connection, account, status, arm, day=DAY, elsewhere=False):
    connection.execute(
        "insert into marts.fct_recommended_actions values (?, ?, 'call', ?, 'csm_1', ?, ?, ?)",
        [account, day, status, day, arm, elsewhere],
    )


def assigned(connection):
    rows = connection.execute("select account_id, arm, assigned_on from raw.play_assignments")
    return sorted(rows.fetchall())


def test_everybody_who_is_offered_or_held_out_is_in_the_book(connection):
    recommend(connection, "a1", "worked", "treat")
    recommend(connection, "a2", "deferred", "treat")
    recommend(connection, "a3", "held_out", "holdout")
    write_assignments(connection, "run_1")
    assert assigned(connection) == [
        ("a1", "treat", DAY),
        ("a2", "treat", DAY),
        ("a3", "holdout", DAY),
    ]


def test_who_is_covered_or_held_out_by_somebody_else_is_in_no_draw(connection):
    recommend(connection, "a1", "covered", "treat")
    recommend(connection, "a2", "held_out", "holdout", elsewhere=True)
    recommend(connection, "a3", "nothing_due", None)
    recommend(connection, "a4", "worked", "treat", day=date(2026, 10, 26))
    write_assignments(connection, "run_1")
    assert assigned(connection) == []


def test_what_is_written_stays_whatever_the_table_says_later(connection):
    recommend(connection, "a1", "worked", "treat")
    write_assignments(connection, "run_1")
    connection.execute("update marts.fct_recommended_actions set arm = 'holdout'")
    connection.execute("update seeds.playbooks set holdout_share = 0.9")
    write_assignments(connection, "run_2")
    assert assigned(connection) == [("a1", "treat", DAY)]


def test_the_first_list_of_a_day_is_the_one_that_people_were_told(connection):
    recommend(connection, "a1", "worked", "treat")
    remember_actions(connection, "run_1")
    connection.execute("update marts.fct_recommended_actions set status = 'deferred'")
    recommend(connection, "a2", "worked", "treat")
    remember_actions(connection, "run_2")
    told = connection.execute("select account_id, status, run_id from raw.published_actions")
    assert told.fetchall() == [("a1", "worked", "run_1")]


def test_lots_are_even_and_follow_from_salt_play_and_account():
    # As the macro drawn_share has it; an account in one play says nothing of it in another.
    def share(play, account):
        return int(hashlib.md5(f"2026-a|{play}|{account}".encode()).hexdigest()[:8], 16) / 2**32

    accounts = [f"acc_{number:05d}" for number in range(4000)]
    first = [share("call", account) < 0.2 for account in accounts]
    second = [share("mail", account) < 0.2 for account in accounts]
    assert 0.18 < sum(first) / 4000 < 0.22
    both = sum(one and other for one, other in zip(first, second, strict=True))
    assert 0.03 < both / 4000 < 0.05
    (drawn,) = duckdb.execute(
        "select cast(cast('0x' || substr(md5('2026-a|call|acc_00017'), 1, 8) as bigint) as double)"
        " / 4294967296.0"
    ).fetchone()
    assert drawn == share("call", "acc_00017")
