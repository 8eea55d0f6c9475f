"""Truth table of tickets: status, times, reopenings and history, each combination one ticket."""

from datetime import date, datetime
from itertools import product

import pytest

from tests.cases.built import asking, build, relation, write_landing
from tests.cases.support_company import change, company, ticket

CREATED, OPENED = "2026-10-05T08:00:00Z", "2026-10-05T09:00:00Z"
SOLVED, CLOSED = "2026-10-06T08:00:00Z", "2026-10-08T08:00:00Z"
REOPENED, UPDATED = "2026-10-09T08:00:00Z", "2026-10-20T08:00:00Z"

UNSOLVED, ENDED = ("new", "open", "pending", "hold"), ("solved", "closed")
STATUSES = (*UNSOLVED, *ENDED, "deleted", "flurb")
HISTORIES = {
    "absent": [],
    "partial": [(OPENED, "pending")],
    "solved": [(OPENED, "pending"), (SOLVED, "solved")],
    "reopened": [(OPENED, "pending"), (SOLVED, "solved"), (REOPENED, "open")],
}
SITUATIONS = {
    f"t{number}": situation
    for number, situation in enumerate(
        product(
            STATUSES, (None, SOLVED), (None, CLOSED), (None, UPDATED), (None, 0, 1, 2), HISTORIES
        )
    )
}


def expected(status, solved_at, closed_at, updated_at, reopens, history):
    """The status of the last day, and the times of the first solution and of the one that stands.

    Written as a person reads a ticket, from its last recorded change on.
    """
    changes = HISTORIES[history]
    last_at, last = changes[-1] if changes else (CREATED, None)
    solutions = [at for at, word in changes if word == "solved"]
    if solved_at and not solutions:
        solutions.append(solved_at)
    first = solutions[0] if solutions else None
    own_is_last = bool(solved_at) and history in ("absent", "partial")
    rests = own_is_last or last == "solved"

    if status == "deleted":
        standing = first if rests else None
        return "deleted", first, standing
    if status in UNSOLVED:
        if own_is_last:
            return status, first, None
        if last == "solved":
            lacking = (reopens or 0) > 0
            return (status, first, None) if lacking else ("solved", first, first)
        return last or status, first, None
    if rests:
        if status == "closed" and own_is_last:
            return "closed", first, first
        return "solved", first, first
    # Nobody has told a solution after the last change: the ticket's other times are left.
    known = status in ENDED
    for at in (closed_at, updated_at if known else None):
        if at and at >= last_at:
            return (status if known else "closed"), first or at, at
    if known:
        return status, first, None
    return last, first, None


MODELS = ["fct_tickets", "fct_open_tickets_daily", "int_ticket_solutions_dated"]


@pytest.fixture(scope="module")
def landing(tmp_path_factory):
    rows = company()
    columns = ("status", "solved_at", "closed_at", "updated_at", "reopens")
    rows["support/tickets"] = [
        ticket(ticket_id, **dict(zip(columns, situation[:5], strict=True)))
        for ticket_id, situation in SITUATIONS.items()
    ]
    rows["support/ticket_events"] = [
        change(ticket_id, at, "status", new=word)
        for ticket_id, situation in SITUATIONS.items()
        for at, word in HISTORIES[situation[5]]
    ]
    return write_landing(tmp_path_factory.mktemp("tickets"), rows)


@pytest.fixture(scope="module")
def ask(tmp_path_factory, landing):
    return asking(build(tmp_path_factory.mktemp("at_once"), landing, MODELS))


def test_every_combination_of_status_times_and_history_has_the_one_answer_of_the_rule(ask):
    found = {
        row[0]: row[1:]
        for row in ask(
            "select ticket_id, status, first_solved_at, solved_at from marts.fct_tickets"
        )
    }
    assert len(found) == len(SITUATIONS)
    wrong = {
        (*situation, found[ticket_id])
        for ticket_id, situation in SITUATIONS.items()
        if found[ticket_id]
        != tuple(
            datetime.fromisoformat(value[:-1]) if value and value[:2] == "20" else value
            for value in expected(*situation)
        )
    }
    assert not wrong, (len(wrong), sorted(wrong, key=str)[:5])


def test_the_backlog_of_the_last_day_holds_the_tickets_that_are_unsolved_and_no_unknown_one(ask):
    backlog = ask(
        "select distinct ticket_id from marts.fct_open_tickets_daily "
        "where activity_date = date '2026-10-31'"
    )
    unsolved = {t for t, situation in SITUATIONS.items() if expected(*situation)[0] in UNSOLVED}
    assert {ticket_id for (ticket_id,) in backlog} == unsolved
    open_ones = ask("select ticket_id from marts.fct_tickets where is_open")
    assert {ticket_id for (ticket_id,) in open_ones} == unsolved
    unknown = ask("select ticket_id from marts.fct_tickets where is_open is null")
    assert {ticket_id for (ticket_id,) in unknown} == {
        t for t, situation in SITUATIONS.items() if expected(*situation)[0] is None
    }


def test_a_contradiction_is_told_where_the_word_and_the_times_disagree_and_nowhere_else(ask):
    told = dict(ask("select ticket_id, contradiction from intermediate.int_tickets_deduplicated"))
    for ticket_id, (status, solved_at, closed_at, _, reopens, _) in SITUATIONS.items():
        disagree = (
            (status in ENDED and not solved_at and not closed_at)
            or (status in UNSOLVED and solved_at and not reopens)
            or (status in UNSOLVED and closed_at and not solved_at)
            or (status == "flurb" and not solved_at and not closed_at)
        )
        assert (told[ticket_id] is not None) == bool(disagree), (ticket_id, told[ticket_id])


def test_a_build_before_the_reopening_and_one_after_it_give_the_rows_of_one_build(
    ask, landing, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("day_by_day")
    build(folder, landing, MODELS, date(2026, 10, 7))
    later = asking(build(folder, landing, MODELS))
    for table in MODELS:
        query = f"select * from {relation(table)} order by all"
        assert later(query) == ask(query), table
