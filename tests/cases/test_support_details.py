"""Whose a ticket, an answer and a contact is, holes in histories, marks on scales, percentiles."""

from datetime import datetime
from itertools import product

import pytest

from tests.cases.built import asking, build, write_landing
from tests.cases.support_company import change, company, ticket

# A person of acme alone, one who came from bolt, one of two accounts, and a stranger.
PEOPLE = {"u-acme": "acme", "moved": "cove", "both": None, "stranger": None, None: None}
FOUND_BY = {"u-acme": "membership", "moved": "membership", "both": "ambiguous"}
SCALES = ((None, None), (0, 10), (1, 5), (1, 7), (5, 1), (3, 3))
ANSWERS = {
    f"r{number}": (survey_type, score, *scale)
    for number, (survey_type, score, scale) in enumerate(
        product(("nps", "csat", "ces"), (None, -1, 0, 1, 5, 6, 7, 9, 10, 11), SCALES)
    )
}
EVEN_HOURS = (1, 1, 1, 10, 10, 10)


def is_refused(survey_type, score, lowest, highest):
    """Whether the mark cannot be read on its scale."""
    if lowest is not None and (
        lowest >= highest or (survey_type == "nps" and (lowest, highest) != (0, 10))
    ):
        return True
    usual = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}[survey_type]
    if lowest is None:
        lowest, highest = usual
    if survey_type == "ces" and score is not None and not 1 <= score <= 7:
        return True
    return score is not None and not lowest <= score <= highest


def holes():
    """Tickets whose histories do not tell all, and what their first reply is, in seconds."""
    nine = "2026-10-05T09:00:00Z"
    eleven = "2026-10-05T11:00:00Z"
    opening = "2026-10-05T08:00:00Z"
    customer = {"actor_type": "end_user"}
    tickets = {
        "statuses only": (3600, {"first_reply_at": nine}, [change("", nine, "status", new="open")]),
        "one second": (
            3600,
            {"status": "solved", "solved_at": nine},
            [change("", nine, "comment", new="x"), change("", nine, "status", new="solved")],
        ),
        "opened by an agent": (
            10800,
            {"first_reply_at": opening},
            [
                change("", opening, "comment"),
                change("", "2026-10-05T10:00:00Z", "comment", **customer),
                change("", eleven, "comment"),
            ],
        ),
        "clocks": (
            0,
            {"created_at": "2026-10-05T08:00:00.600Z"},
            [
                change("", "2026-10-05T08:00:00.600Z", "comment", **customer),
                change("", opening, "comment"),
            ],
        ),
        "rounded": (
            0,
            {"created_at": "2026-10-05T08:00:00.600Z", "first_reply_at": opening},
            [],
        ),
        "after closing": (
            10800,
            {"status": "closed", "closed_at": nine},
            [
                change("", eleven, "comment"),
            ],
        ),
        "bot": (
            None,
            {"first_reply_at": opening},
            [
                change("", opening, "comment", actor_type="bot"),
            ],
        ),
        "unknown actor": (
            3600,
            {"first_reply_at": nine},
            [
                change("", "2026-10-05T08:30:00Z", "comment", actor_type="flurb"),
            ],
        ),
        "dates": (
            None,
            {"created_at": "2026-10-05T00:00:00Z", "first_reply_at": "2026-10-06T00:00:00Z"},
            [],
        ),
    }
    return {
        name: (seconds, ticket(name, **columns), [row | {"ticket_id": name} for row in changes])
        for name, (seconds, columns, changes) in tickets.items()
    }


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    rows = company()
    since, moved_at = "2026-01-01T00:00:00Z", "2026-09-15T00:00:00Z"
    rows["crm/account_users"] += [
        {"account_id": "bolt", "user_id": "moved", "valid_from": since, "valid_to": moved_at},
        {"account_id": "cove", "user_id": "moved", "valid_from": moved_at},
        {"account_id": "bolt", "user_id": "both", "valid_from": since},
        {"account_id": "cove", "user_id": "both", "valid_from": since},
    ]
    rows["support/tickets"] = (
        [ticket(f"of {person}", account_id=None, requester_user_id=person) for person in PEOPLE]
        + [
            ticket("named", requester_user_id="moved"),
            ticket("before", account_id=None, requester_user_id="moved")
            | {"created_at": "2026-09-14T08:00:00Z"},
        ]
        + [row for _, row, _ in holes().values()]
        + [
            ticket(f"even {number}", status="solved", solved_at=f"2026-09-02T{6 + hours:02}:00:00Z")
            | {"created_at": "2026-09-02T06:00:00Z"}
            for number, hours in enumerate(EVEN_HOURS)
        ]
    )
    rows["support/ticket_events"] = [row for _, _, changes in holes().values() for row in changes]
    rows["surveys/invites"] = [
        {
            "invite_id": f"invite {person}",
            "survey_type": "nps",
            "user_id": person,
            "sent_at": "2026-10-05T08:00:00Z",
        }
        for person in PEOPLE
    ]
    answer = {"survey_type": "nps", "score": 9, "responded_at": "2026-10-06T08:00:00Z"}
    rows["surveys/responses"] = (
        [answer | {"response_id": f"answer {person}", "user_id": person} for person in PEOPLE]
        + [
            answer | {"response_id": "invited", "invite_id": "invite moved"},
            answer
            | {
                "response_id": "early",
                "invite_id": "invite moved",
                "responded_at": "2026-10-04T08:00:00Z",
            },
            answer | {"response_id": "struck out", "account_id": "acme", "excluded": True},
        ]
        + [
            answer
            | {
                "response_id": response_id,
                "account_id": "acme",
                "survey_type": survey_type,
                "score": score,
                "scale_min": lowest,
                "scale_max": highest,
            }
            for response_id, (survey_type, score, lowest, highest) in ANSWERS.items()
        ]
    )
    rows["crm/engagement_touchpoints"] = [
        {
            "touch_id": f"contact {person}",
            "user_id": person,
            "ts": "2026-10-05T08:00:00Z",
            "kind": "email_sent",
        }
        for person in PEOPLE
    ]
    folder = tmp_path_factory.mktemp("details")
    models = [
        "fct_surveys",
        "fct_survey_invites",
        "int_ticket_time_percentiles_daily",
        "int_touchpoints_deduplicated",
    ]
    return asking(build(folder, write_landing(folder / "landing", rows), models))


@pytest.mark.parametrize(
    ("table", "key", "name"),
    [
        ("int_tickets_deduplicated", "ticket_id", "of"),
        ("int_survey_invites_deduplicated", "invite_id", "invite"),
        ("int_survey_responses_deduplicated", "response_id", "answer"),
        ("int_touchpoints_deduplicated", "touch_id", "contact"),
    ],
)
def test_a_row_that_names_a_person_only_goes_to_the_account_of_that_day(ask, table, key, name):
    found = {
        row[0]: row[1:]
        for row in ask(f"select {key}, account_id, account_found_by from intermediate.{table}")
    }
    for person, account in PEOPLE.items():
        assert found[f"{name} {person}"] == (account, FOUND_BY.get(person, "nobody"))


def test_a_named_account_counts_before_the_person_and_membership_is_that_of_the_day(ask):
    found = dict(ask("select ticket_id, account_id from marts.fct_tickets"))
    assert (found["named"], found["before"]) == ("acme", "bolt")
    answers = dict(ask("select response_id, account_id from marts.fct_surveys"))
    assert answers["invited"] == "cove"


def test_what_a_history_does_not_tell_is_taken_from_the_ticket_and_never_a_bot_or_an_opening(ask):
    found = {
        row[0]: row[1:]
        for row in ask(
            "select ticket_id, first_reply_seconds, first_reply_business_seconds, solved_at "
            "from marts.fct_tickets"
        )
    }
    assert {name: found[name][0] for name in holes()} == {
        name: seconds for name, (seconds, _, _) in holes().items()
    }
    assert found["dates"][1] is None
    assert found["one second"][2] == datetime(2026, 10, 5, 9)


def test_a_mark_off_its_scale_is_set_aside_and_one_on_it_counts(ask):
    found = {row[0] for row in ask("select response_id from marts.fct_surveys")}
    assert "struck out" not in found
    wrong = {
        (response_id, answer)
        for response_id, answer in ANSWERS.items()
        if (response_id in found) == is_refused(*answer)
    }
    assert not wrong, wrong


def test_an_answer_from_before_its_invitation_is_told(ask):
    told = ask(
        "select response_id from intermediate.int_survey_responses_deduplicated "
        "where contradiction is not null"
    )
    assert told == [("early",)]


def test_the_median_of_an_even_number_lies_between_the_two_middle_ones(ask):
    ((found,),) = ask(
        "select median_seconds / 3600 from intermediate.int_ticket_time_percentiles_daily "
        "where measure = 'first_resolution' and dimension = 'all' "
        "and activity_date = date '2026-09-10'"
    )
    assert found == pytest.approx(5.5, rel=0.01)
