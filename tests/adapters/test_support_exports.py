"""What Zendesk and Intercom say of tickets, where it is easily lost or counted twice."""

import pytest

from orchestration.adapters.golden import landed
from tests.adapters import exports
from tests.adapters.exports import put

TABLES = [
    table for table in exports.TABLES if table.folder in
    {"support/tickets", "support/ticket_events", "crm/account_keys", "surveys/responses"}
]  # fmt: skip
TICKET = (
    "id,organization_id,requester_id,status,created_at,via_channel\n"
    "1,o,7,open,2026-05-01T10:00:00Z,email\n"
)
CHANGES = "ticket_id,field_name,value,updated,user_id\n"
OPENED = "1,status,open,2026-05-01T10:00:00Z,5\n"
COMMENTS = "id,ticket_id,user_id,created,public\n"
REPLY = "c1,1,5,2026-05-01T11:00:00Z,true\n"
USERS = "id,role,email,external_id\n"
TAGS = "ticket_id,tag\n"


def test_what_fivetran_syncs_twice_is_one_change_one_comment_one_reply_and_one_tag(tmp_path):
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    for number, person in ((1, "u7"), (2, "u8")):
        solved = "1,status,solved,2026-05-03T10:00:00Z,5\n" * (number - 1)
        put(
            tmp_path,
            f"zendesk/user/{number}.csv",
            f"{USERS}5,agent,a@x,\n7,end-user,c@y,{person}\n",
        )
        put(tmp_path, f"zendesk/ticket_comment/{number}.csv", COMMENTS + REPLY)
        put(tmp_path, f"zendesk/ticket_field_history/{number}.csv", f"{CHANGES}{solved}{OPENED}")
        put(tmp_path, f"zendesk/ticket_tag/{number}.csv", f"{TAGS}1,vip\n")
    rows, quarantine = landed(tmp_path, TABLES)
    [ticket] = rows["support/tickets"]
    assert (ticket["replies"], ticket["tags"], ticket["requester_user_id"]) == (1, "vip", "u8")
    told = [(row["field"], row.get("old"), row.get("new")) for row in rows["support/ticket_events"]]
    assert sorted(told, key=str) == [
        ("comment", None, None), ("status", "open", "solved"), ("status", None, "open")
    ]  # fmt: skip
    assert quarantine == []


def ticket_with(landing, comments, users):
    put(landing, "zendesk/ticket.csv", TICKET)
    put(landing, "zendesk/ticket_field_history.csv", CHANGES + OPENED)
    put(landing, "zendesk/ticket_comment.csv", COMMENTS + comments)
    if users:
        put(landing, "zendesk/user.csv", USERS + users)
    [row] = landed(landing, TABLES)[0]["support/tickets"]
    return row.get("replies"), row.get("first_reply_at")


def test_nobody_says_how_often_a_ticket_was_answered_where_nobody_says_who_wrote(tmp_path):
    asked = "c0,1,7,2026-05-01T10:00:00Z,true\n"
    unknown = "c2,1,99,2026-05-01T{hour}:00:00Z,true\n"
    hidden = "c3,1,99,2026-05-01T10:30:00Z,false\n"
    unreadable = "c4,1,5,2026-05-01T12:00:00Z,visible\n"
    agent, first = "5,agent,a@x,\n", "2026-05-01 11:00:00"
    assert ticket_with(tmp_path / "a", asked + REPLY, None) == (None, None)
    assert ticket_with(tmp_path / "b", asked + REPLY + hidden, agent) == (1, first)
    assert ticket_with(tmp_path / "c", REPLY + unknown.format(hour=12), agent) == (None, first)
    assert ticket_with(tmp_path / "d", REPLY + unknown.format(hour=10), agent) == (None, None)
    assert ticket_with(tmp_path / "e", REPLY + unreadable, agent) == (None, first)
    assert ticket_with(tmp_path / "f", "", agent) == (None, None)
    assert ticket_with(tmp_path / "g", asked, agent) == (0, None)


def test_the_domain_of_an_organisation_is_read_of_the_table_that_fivetran_writes(tmp_path):
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    put(tmp_path, "zendesk/organization.csv", "id,name\no,Org\n")
    put(tmp_path, "zendesk/domain_name.csv", "organization_id,index,domain_name\no,0,org.com\n")
    said = []
    rows, _ = landed(tmp_path, TABLES, said.append)
    assert rows["crm/account_keys"][0]["domain"] == "org.com"
    assert not [text for text in said if text.startswith("Not read")]


@pytest.mark.parametrize(
    ("table", "column"), [("organization_domain", "domain"), ("domain_name", "domain_name")]
)
def test_a_domain_that_an_organisation_has_no_longer_is_not_its_domain(tmp_path, table, column):
    put(tmp_path, "zendesk/organization.csv", "id,name,external_id\n5,Acme,\n6,Beta,\n")
    domains = (
        f"organization_id,{column},_fivetran_deleted\n5,aaa.example,true\n5,beta.example,false\n"
        "6,former.example,false\n6,former.example,true\n"
    )
    put(tmp_path, f"zendesk/{table}.csv", domains)
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    keys = landed(tmp_path, TABLES)[0]["crm/account_keys"]
    told = {row["foreign_key"]: row.get("domain") for row in keys}
    assert told == {"5": "beta.example", "6": None}


def test_a_ticket_that_is_deleted_and_tags_that_are_no_list_are_told(tmp_path):
    ticket = {
        "organization_id": 2, "requester_id": 7, "status": "open", "via": {"channel": "email"},
        "created_at": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    put(
        tmp_path,
        "zendesk/tickets.jsonl",
        [
            ticket | {"id": 1, "deleted": True, "tags": ["a", "b"]},
            ticket | {"id": 2, "tags": "vip"},
        ],
    )
    first, second = landed(tmp_path, TABLES)[0]["support/tickets"]
    assert (first["_is_deleted"], first["tags"]) == (True, "a,b")
    assert ("_is_deleted" in second, second["tags"]) == (False, "vip")


CONVERSATION = {
    "id": "1", "state": "closed", "created_at": 1777600000, "updated_at": 1777700000,
    "statistics": {"last_close_at": 1777650000}, "contacts": {"contacts": [{"id": "p1"}]},
}  # fmt: skip


def put_intercom(landing, conversations, companies=("C1",), parts=()):
    data = {"data": [{"id": name} for name in companies]}
    put(landing, "intercom/companies.jsonl", [{"id": "C1", "company_id": "A", "app_id": "x"}])
    put(
        landing,
        "intercom/contacts.jsonl",
        [{"id": "p1", "external_id": "u1", "role": "user", "companies": data}],
    )
    put(landing, "intercom/conversations.jsonl", conversations)
    if parts:
        put(landing, "intercom/conversation_parts.jsonl", parts)


def test_who_belongs_to_several_companies_asks_for_none_of_them(tmp_path):
    rated = CONVERSATION | {"conversation_rating": {"rating": 5, "created_at": 1777700000}}
    for companies, account in ((("C1",), "C1"), (("C1", "C2"), None)):
        landing = tmp_path / str(len(companies))
        put_intercom(landing, [rated], companies)
        rows, _ = landed(landing, TABLES)
        assert rows["support/tickets"][0].get("account_id") == account
        assert rows["surveys/responses"][0].get("account_id") == account


def test_words_of_a_conversation_that_nobody_explains_are_handed_on_to_be_counted(tmp_path):
    rating = {"rating": "great", "created_at": 1777700000}
    more = [
        {"priority": "priority", "conversation_rating": rating | {"rating": 4}},
        {"priority": "not_priority", "conversation_rating": rating | {"rating": 3}},
        {"priority": "Urgent", "conversation_rating": rating},
    ]
    put_intercom(tmp_path, [CONVERSATION | {"id": str(n)} | said for n, said in enumerate(more)])
    rows = landed(tmp_path, TABLES)[0]["support/tickets"]
    told = [(row["priority"], row.get("satisfaction")) for row in rows]
    assert told == [("high", "good"), ("normal", None), ("Urgent", "great")]


def test_every_part_of_a_conversation_is_an_event_and_one_that_tells_two_things_is_two(tmp_path):
    kinds = [
        ("1", "close"), ("2", "note_and_reopen"), ("3", "assign_and_reopen"), ("4", "new_kind"),
        (None, "comment"), (None, "note"), ("5", None),
    ]  # fmt: skip
    parts = [
        {
            "id": key, "conversation_id": "1", "part_type": kind, "created_at": 1777600000 + place,
            "author": {"type": "admin", "id": "9"}, "assigned_to": {"id": "8"},
        }
        for place, (key, kind) in enumerate(kinds)
    ]  # fmt: skip
    put_intercom(tmp_path, [CONVERSATION], parts=parts)
    rows, quarantine = landed(tmp_path, TABLES)
    told = [
        (row["_line"], row["field"], row.get("old"), row.get("new"))
        for row in sorted(rows["support/ticket_events"], key=lambda row: row["seq"])
    ]
    assert told == [
        (1, "status", "open", "solved"), (2, "comment", None, None),
        (2, "status", "solved", "open"), (3, "assignee", None, "8"),
        (3, "status", "open", "open"), (4, "new_kind", None, None),
        (5, "comment", None, None), (6, "comment", None, None),
    ]  # fmt: skip
    assert [line["line"] for line in quarantine] == [7]


def test_an_answer_that_was_synced_twice_counts_once_though_pandas_wrote_its_number(tmp_path):
    part = {
        "conversation_id": "1", "part_type": "comment", "created_at": 1777600000,
        "author": {"type": "admin", "id": "9"},
    }  # fmt: skip
    parts = [part | {"id": "7"}, part | {"id": "7.0"}, part | {"id": None}]
    put_intercom(tmp_path, [CONVERSATION], parts=parts)
    rows, _ = landed(tmp_path, TABLES)
    assert rows["support/tickets"][0]["replies"] == 2
    assert len(rows["support/ticket_events"]) == 2


def test_each_company_without_an_identifier_is_refused_and_counted(tmp_path):
    put(tmp_path, "zd/ticket.csv", TICKET)
    put(tmp_path, "zd/organization.csv", "id,name,external_id\n,A,1\n,B,2\no,C,3\n")
    organizations = [{"id": None, "external_id": key, "domain_names": []} for key in ("1", "2")]
    put(tmp_path, "za/organizations.jsonl", organizations)
    put_intercom(tmp_path, [CONVERSATION])
    companies = [{"id": None, "company_id": key, "app_id": "x"} for key in ("1", "2")]
    put(tmp_path, "intercom/companies.jsonl", companies)
    _, quarantine = landed(tmp_path, TABLES)
    assert [(line["file"], line["line"]) for line in quarantine] == [
        ("intercom/companies.jsonl", 1),
        ("intercom/companies.jsonl", 2),
        ("za/organizations.jsonl", 1),
        ("za/organizations.jsonl", 2),
        ("zd/organization.csv", 2),
        ("zd/organization.csv", 3),
    ]


def test_a_rating_that_is_no_json_is_refused_by_name(tmp_path):
    rated = CONVERSATION | {"conversation_rating": "{'rating': 5, 'created_at': 1777700000}"}
    put_intercom(tmp_path, [rated])
    rows, quarantine = landed(tmp_path, TABLES)
    assert rows.get("surveys/responses", []) == []
    assert [(line["table"], "'rating': 5" in line["reason"]) for line in quarantine] == [
        ("surveys/responses", True)
    ]


def test_an_offer_of_a_rating_is_answered_at_no_time(tmp_path):
    ticket = {
        "organization_id": 2, "requester_id": 7, "status": "open", "via": {"channel": "email"},
        "created_at": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    scores, rated_at = ["Offered", "good"], "2026-05-02T10:00:00Z"
    put(tmp_path, "zendesk/tickets.jsonl", [ticket | {"id": n} for n in range(len(scores))])
    put(
        tmp_path,
        "zendesk/satisfaction_ratings.jsonl",
        [
            {"id": n, "ticket_id": n, "score": score, "created_at": rated_at}
            for n, score in enumerate(scores)
        ],
    )
    tickets = landed(tmp_path, TABLES)[0]["support/tickets"]
    told = [(row["satisfaction"], row.get("satisfaction_at")) for row in tickets]
    assert told == [("Offered", None), ("good", "2026-05-02 10:00:00")]


def test_a_change_without_a_user_is_of_nobody_known_and_only_of_zendesk_where_that_is_told(
    tmp_path,
):
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    put(tmp_path, "zendesk/user.csv", f"{USERS}5,agent,a@x,\n")
    changes = [("open", ""), ("pending", "5"), ("solved", "-1"), ("closed", "99")]
    lines = [
        f"1,status,{status},2026-05-0{day}T10:00:00Z,{who}\n"
        for day, (status, who) in enumerate(changes, 1)
    ]
    put(tmp_path, "zendesk/ticket_field_history.csv", CHANGES + "".join(lines))
    rows = landed(tmp_path, TABLES)[0]["support/ticket_events"]
    told = [row.get("actor_type") for row in sorted(rows, key=lambda row: row["seq"])]
    assert told == [None, "agent", "system", None]


def test_an_agent_who_asks_does_not_answer_that_ticket(tmp_path):
    users = "5,agent,a@x,\n7,agent,b@x,\n"
    asked = "c0,1,7,2026-05-01T10:00:00Z,true\nc2,1,7,2026-05-01T10:30:00Z,true\n"
    assert ticket_with(tmp_path / "a", asked, users) == (0, None)
    assert ticket_with(tmp_path / "b", asked + REPLY, users) == (1, "2026-05-01 11:00:00")
    rows = landed(tmp_path / "b", TABLES)[0]["support/ticket_events"]
    comments = [row for row in rows if row["field"] == "comment"]
    told = [row["actor_type"] for row in sorted(comments, key=lambda row: row["seq"])]
    assert told == ["end_user", "end_user", "agent"]


def test_who_asks_is_who_the_last_state_of_a_ticket_names(tmp_path):
    put(tmp_path, "zendesk/ticket/1.csv", TICKET.replace(",7,", ",5,"))
    put(tmp_path, "zendesk/ticket/2.csv", TICKET)
    put(tmp_path, "zendesk/ticket_field_history.csv", CHANGES + OPENED)
    put(tmp_path, "zendesk/ticket_comment.csv", COMMENTS + REPLY)
    put(tmp_path, "zendesk/user.csv", f"{USERS}5,agent,a@x,\n")
    rows = landed(tmp_path, TABLES)[0]["support/tickets"]
    assert {row["replies"] for row in rows} == {1}


def test_tags_and_comments_that_fivetran_says_are_deleted_are_none(tmp_path):
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    put(tmp_path, "zendesk/ticket_field_history.csv", CHANGES + OPENED)
    put(tmp_path, "zendesk/user.csv", f"{USERS}5,agent,a@x,\n")
    header = "ticket_id,tag,_fivetran_deleted\n"
    put(tmp_path, "zendesk/ticket_tag/1.csv", f"{header}1,vip,false\n1,late,false\n")
    put(tmp_path, "zendesk/ticket_tag/2.csv", f"{header}1,late,true\n")
    deleted = COMMENTS.replace("\n", ",_fivetran_deleted\n") + REPLY.replace("\n", ",true\n")
    put(tmp_path, "zendesk/ticket_comment/1.csv", COMMENTS + REPLY)
    put(tmp_path, "zendesk/ticket_comment/2.csv", deleted)
    rows = landed(tmp_path, TABLES)[0]
    [ticket] = rows["support/tickets"]
    assert (ticket["tags"], ticket["replies"]) == ("vip", 0)
    assert [row["field"] for row in rows["support/ticket_events"]] == ["status"]


def test_an_offer_of_a_rating_in_a_history_is_answered_at_no_time_in_any_capitals(tmp_path):
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    offer = "1,satisfaction_score,Offered,2026-05-02T10:00:00Z,-1\n"
    put(tmp_path, "zendesk/ticket_field_history.csv", CHANGES + OPENED + offer)
    [ticket] = landed(tmp_path, TABLES)[0]["support/tickets"]
    assert (ticket["satisfaction"], ticket.get("satisfaction_at")) == ("Offered", None)


MINUTES = [
    ({"calendar": 5, "business": 2}, "2026-05-01 10:05:00"),
    ({"calendar": None}, None),
    (None, None),
    ("{'calendar': 5, 'business': 2}", "unread"),
    ({"calendar": "soon"}, "unread"),
    (7, "unread"),
]


def test_minutes_to_a_reply_that_are_no_number_of_the_calendar_are_counted(tmp_path):
    ticket = {
        "organization_id": 2, "requester_id": 7, "status": "open", "via": {"channel": "email"},
        "created_at": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    put(tmp_path, "zendesk/tickets.jsonl", [ticket | {"id": n} for n in range(len(MINUTES))])
    metrics = [
        {"ticket_id": n, "reopens": 0, "replies": 1, "reply_time_in_minutes": said}
        for n, (said, _) in enumerate(MINUTES)
    ]
    put(tmp_path, "zendesk/ticket_metrics.jsonl", metrics)
    rows, warned, _ = exports.load(tmp_path)
    told = [
        row.get("first_reply_at", "unread" if "_extra" in row else None)
        for row in rows["support/tickets"]
    ]
    assert told == [reply for _, reply in MINUTES]
    assert warned == [("first_reply_at", "is no time: kept as text in _extra", 3)]


def test_who_answers_and_closes_in_one_answers_and_who_closes_alone_does_not(tmp_path):
    said = [
        ("comment", "user", "<p>Help</p>"), ("close", "admin", "<p>Done</p>"),
        ("open", "user", "<p>No</p>"), ("close", "bot", "<p>Bye</p>"), ("close", "admin", " "),
        ("close", "admin", None), ("assignment", "admin", "<p>Yours</p>"),
        ("quick_reply", "admin", "<p>This?</p>"),
    ]  # fmt: skip
    parts = [
        {
            "id": str(place), "conversation_id": "1", "part_type": kind, "body": body,
            "created_at": 1777600000 + place, "author": {"type": author, "id": "9"},
        }
        for place, (kind, author, body) in enumerate(said, 1)
    ]  # fmt: skip
    put_intercom(tmp_path, [CONVERSATION], parts=parts)
    rows = landed(tmp_path, TABLES)[0]
    comments = [row for row in rows["support/ticket_events"] if row["field"] == "comment"]
    assert [(row["_line"], row["actor_type"], row["is_public"]) for row in comments] == [
        (1, "end_user", True), (2, "agent", True), (3, "end_user", True), (4, "bot", True),
        (8, "agent", True),
    ]  # fmt: skip
    assert rows["support/tickets"][0]["replies"] == 2
    assert "Done" not in str(rows)


def test_a_rating_is_of_when_it_was_given_and_else_of_when_it_was_asked_for(tmp_path):
    asked, given = 1777700000, 1777786400
    ratings = [
        {"rating": 5, "created_at": asked},
        {"rating": 5, "created_at": asked, "updated_at": given},
    ]
    conversations = [
        CONVERSATION | {"id": str(n), "conversation_rating": rating}
        for n, rating in enumerate(ratings)
    ]
    put_intercom(tmp_path, conversations)
    rows = landed(tmp_path, TABLES)[0]
    expected = ["2026-05-02 05:33:20", "2026-05-03 05:33:20"]
    assert [row["satisfaction_at"] for row in rows["support/tickets"]] == expected
    assert [row["responded_at"] for row in rows["surveys/responses"]] == expected


def test_who_answered_as_an_agent_and_is_none_any_longer_has_answered(tmp_path):
    now = "5,end-user,a@x,\n7,end-user,b@x,\n"
    assert ticket_with(tmp_path / "never", REPLY, now) == (0, None)
    assigned = TICKET.replace("\n1,", "\n2,").replace("channel", "channel,assignee_id")
    ways = {
        "once": ("user/1.csv", f"{USERS}5,agent,a@x,\n"),
        "assigned": ("ticket/2.csv", assigned.replace("email", "email,5")),
        "assigned before": (
            "ticket_field_history/2.csv", CHANGES + "2,assignee_id,5,2026-05-01T10:00:00Z,-1\n"
        ),
    }  # fmt: skip
    for way, (name, content) in ways.items():
        landing = tmp_path / way
        put(landing, f"zendesk/{name}", content)
        put(landing, "zendesk/user/2.csv", USERS + now)
        put(landing, "zendesk/ticket/1.csv", TICKET)
        put(landing, "zendesk/ticket_field_history/1.csv", CHANGES + OPENED)
        put(landing, "zendesk/ticket_comment.csv", COMMENTS + REPLY)
        tickets = landed(landing, TABLES)[0]["support/tickets"]
        [ticket] = [row for row in tickets if row["ticket_id"] == "1"]
        assert (ticket["replies"], ticket["first_reply_at"]) == (1, "2026-05-01 11:00:00"), way


def test_a_former_value_of_a_field_is_no_former_state_to_leave_out(tmp_path):
    put(tmp_path, "zendesk/ticket.csv", TICKET)
    header = CHANGES.replace("\n", ",_fivetran_active\n")
    solved = OPENED.replace("open", "solved").replace("05-01", "05-02")
    lines = OPENED.replace("\n", ",false\n") + solved.replace("\n", ",true\n")
    put(tmp_path, "zendesk/ticket_field_history.csv", header + lines)
    rows = landed(tmp_path, TABLES)[0]["support/ticket_events"]
    assert [row["new"] for row in rows] == ["open", "solved"]


ASKED = {
    "organization_id": 2, "requester_id": 7, "status": "open", "via": {"channel": "email"},
    "created_at": "2026-05-01T10:00:00Z",
}  # fmt: skip


def test_a_reply_within_a_chat_is_told_in_seconds(tmp_path):
    put(tmp_path, "zendesk/tickets.jsonl", [ASKED | {"id": n} for n in range(4)])
    said = [
        {"reply_time_in_seconds": {"calendar": 95}},
        {"reply_time_in_seconds": {"calendar": 95}, "reply_time_in_minutes": {"calendar": 2}},
        {"reply_time_in_seconds": {"calendar": None}, "reply_time_in_minutes": {"calendar": 2}},
        {"reply_time_in_seconds": {"calendar": "soon"}},
    ]
    metrics = [{"ticket_id": n, "reopens": 0, "replies": 1} | one for n, one in enumerate(said)]
    put(tmp_path, "zendesk/ticket_metrics.jsonl", metrics)
    rows, warned, _ = exports.load(tmp_path)
    told = [row.get("first_reply_at") for row in rows["support/tickets"]]
    assert told == ["2026-05-01 10:01:35", "2026-05-01 10:01:35", "2026-05-01 10:02:00", None]
    assert warned == [("first_reply_at", "is no time: kept as text in _extra", 1)]


def test_who_is_asked_again_has_rated_still(tmp_path):
    put(tmp_path, "a/tickets.jsonl", [ASKED | {"id": 1}])
    ratings = [
        {"ticket_id": 1, "score": score, "updated_at": f"2026-05-0{day}T10:00:00Z"}
        for day, score in enumerate(("bad", "good", "Offered"), 2)
    ]
    put(tmp_path, "a/satisfaction_ratings.jsonl", ratings)
    put(tmp_path, "f/ticket.csv", TICKET)
    lines = [f"1,satisfaction_score,{one['score']},{one['updated_at']},-1\n" for one in ratings]
    put(tmp_path, "f/ticket_field_history.csv", CHANGES + OPENED + "".join(lines))
    tickets = landed(tmp_path, TABLES)[0]["support/tickets"]
    told = [(row["satisfaction"], row["satisfaction_at"]) for row in tickets]
    assert told == [("good", "2026-05-03 10:00:00")] * 2


def test_a_message_to_many_is_a_ticket_of_those_who_answer_it_and_from_then_on(tmp_path):
    def sent(key, delivered_as, answered):
        told = {"delivered_as": delivered_as, "author": {"type": "admin", "id": "9"}}
        statistics = {"first_contact_reply_at": answered, "first_admin_reply_at": None}
        return CONVERSATION | {"id": key, "state": "open", "source": told, "statistics": statistics}

    unknown = sent("5", "automated", None) | {"statistics": "cut o"}
    messages = [
        sent("1", "automated", None),
        sent("2", "campaigns_initiated", 1777603600),
        sent("3", "admin_initiated", None),
        sent("4", "customer_initiated", 1777600000),
        unknown,
    ]
    put_intercom(tmp_path, messages)
    rows = landed(tmp_path, TABLES)[0]["support/tickets"]
    asked, wrote = "2026-05-01 01:46:40", "2026-05-01 02:46:40"
    told = [(row["ticket_id"], row["created_at"]) for row in rows]
    assert told == [("2", wrote), ("3", asked), ("4", asked), ("5", asked)]


def test_tickets_that_two_help_desks_number_alike_are_two(tmp_path):
    for folder in ("zendesk", "zendesk_us"):
        put(tmp_path, f"{folder}/ticket.csv", TICKET)
        put(tmp_path, f"{folder}/ticket_field_history.csv", CHANGES + OPENED)
        put(tmp_path, f"{folder}/ticket_comment.csv", COMMENTS + REPLY)
    put_intercom(
        tmp_path,
        [CONVERSATION],
        parts=[{"id": "5", "conversation_id": 1, "part_type": "comment", "created_at": 1777600000}],
    )
    (tmp_path / "intercom").rename(tmp_path / "talks")
    rows = landed(tmp_path, TABLES)[0]
    ours = ["1", "talks:1", "zendesk_us:1"]
    assert sorted(row["ticket_id"] for row in rows["support/tickets"]) == ours
    assert sorted({row["ticket_id"] for row in rows["support/ticket_events"]}) == ours
