"""The words of a page, and who is picked to be read."""

import duckdb
import pytest

from tests.judge.pages import KINDS, PICKED, text_of

DAY = "2026-03-29"


def test_a_page_is_read_as_lines_and_cells_without_what_says_nothing():
    html = """
        <head><title>T</title><style>p {}</style></head>
        <nav><li>Contents</li></nav>
        <p>It <strong>fell</strong> by
        3 points.</p><dl><dt>Score</dt><dd>41 <span>watch</span></dd></dl>
        <table><tr><th>Day</th><td>1 May</td></tr></table><svg><text>drawn</text></svg>
    """
    assert text_of(html).splitlines() == [
        "It fell by 3 points.",
        "Score: 41 watch",
        "Day | 1 May",
    ]


@pytest.fixture(scope="module")
def connection():
    """Accounts named after their active days of 28, now and in the 28 days before."""
    kinds = [(0, 9), (0, 0), (8, 4), (8, 7), (3, 1), (5, 5), (1, 0), (6, 12)]
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create schema reports")
        connection.execute(
            "create table marts.fct_account_engagement_daily (account_id text, activity_date date, "
            "active_days_28d bigint, days_since_last_activity bigint, last_active_date date)"
        )
        connection.execute(
            "create table reports.rpt_account_overview (account_id text, health_score double)"
        )
        for now, earlier in kinds:
            for number in range(12):
                account = f"{now}-{earlier}-{number}"
                last = None if now == earlier == 0 else DAY
                connection.execute(
                    "insert into marts.fct_account_engagement_daily values (?, ?, ?, 30, ?), "
                    "(?, ?::date - 28, ?, 2, ?)",
                    [account, DAY, now, last, account, DAY, earlier, DAY],
                )
                connection.execute(
                    "insert into reports.rpt_account_overview values (?, ?)",
                    [account, None if number == 0 else 50.0],
                )
        yield connection


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [("silent", {"0-9"}), ("growing", {"8-4"}), ("ordinary", {"8-7", "5-5", "1-0"})],
)
def test_ten_are_picked_by_the_rule_and_none_without_a_score(connection, kind, fitting):
    query = PICKED.format(condition=KINDS[kind])
    picked = [row[0] for row in connection.execute(query, {"day": DAY}).fetchall()]
    assert len(picked) == 10
    assert {account.rsplit("-", 1)[0] for account in picked} <= fitting
    assert not any(account.endswith("-0") for account in picked)
    assert picked == [row[0] for row in connection.execute(query, {"day": DAY}).fetchall()]
