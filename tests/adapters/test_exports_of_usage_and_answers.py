"""Whose an event or an answer is, as trackers and surveys say it: read right or counted."""

import gzip
import json

import pytest

from tests.adapters import exports
from tests.adapters.exports import put

MOMENT = "2026-05-04T10:00:00Z"
SEVERAL = ["g1", "g2"]
# What Python makes a text of is no JSON.
OF_PYTHON = "{'company': ['g1']}"
DEVICE, OTHER_DEVICE = (f"{n}f1c2b1e-8c1d-4a52-9f7e-0a1b2c3d4e5f" for n in (6, 7))


def load(landing):
    """Return rows by landing table, and of each warning but that of zones its column and count."""
    rows, warned, _ = exports.load(landing)
    return rows, {column: count for column, said, count in warned if "no time zone" not in said}


def told(row, *names):
    return tuple(row.get(name) for name in names)


def of_amplitude(**said):
    return {
        "amplitude_id": 111,
        "event_type": "opened",
        "event_time": "2026-05-04 10:00:00",
        "device_id": "d1",
        "user_id": "u1",
        "uuid": "x1",
        **said,
    }


def of_mixpanel(name="Opened", **said):
    return {"event": name, "properties": {"time": 1777888800, "distinct_id": "u1", **said}}


def of_posthog(distinct_id, event="opened", **said):
    return {
        "uuid": "e1",
        "event": event,
        "distinct_id": distinct_id,
        "properties": {f"${name}": value for name, value in said.items()},
        "timestamp": MOMENT,
    }


def of_segment(kind, **said):
    return {"messageId": "m1", "type": kind, "timestamp": MOMENT, "userId": "u1", **said}


@pytest.mark.parametrize(
    ("line", "account_id"),
    [
        (of_amplitude(groups={"company": ["g1"]}), "g1"),
        (of_amplitude(groups={"company": "g1"}), "g1"),
        (of_amplitude(groups={"company": []}), None),
        (of_amplitude(groups={"company": SEVERAL}), "counted"),
        (of_amplitude(groups=OF_PYTHON), "counted"),
        (of_amplitude(groups={"Company": ["g1"], "team": ["t1"]}), "g1"),
        (of_amplitude(groups={"org id": [34]}), "34"),
        (of_amplitude(groups={"company": [], "account": ["g1"]}), "g1"),
        (of_amplitude(groups={"team": ["t1"]}), "counted"),
        (of_amplitude(groups={"team": []}), None),
        (of_mixpanel(company_id=["g1"]), "g1"),
        (of_mixpanel(company=[34]), "34"),
        (of_mixpanel(company_id=SEVERAL), "counted"),
        (of_mixpanel(**{"Company ID": "g1"}), "g1"),
        (of_mixpanel(organizationId=["g1"], of={"account_id": "a1"}), "g1"),
        (of_mixpanel(of={"account_id": "a1"}), None),
        (of_posthog("u1", groups={"project": "p1", "company": "g1"}, group_0="p1"), "g1"),
        (of_posthog("u1", group_0="g1"), "g1"),
        (of_posthog("u1", groups={"project": "p1", "Organization": "g1"}, group_0="p1"), "g1"),
        (of_posthog("u1", groups='{"company": "g1"}'), "g1"),
        (of_posthog("u1", groups={"team": "t1"}), "counted"),
        (of_posthog("u1", "$groupidentify", group_type="company", group_key="g1"), "g1"),
        (of_posthog("u1", "$groupidentify", group_type="Organization", group_key="g1"), "g1"),
        (of_posthog("u1", "$groupidentify", group_type="team", group_key="t1"), None),
        (of_segment("track", event="x", context={"groupId": "g1"}), "g1"),
        (of_segment("group", groupId="g2", context={"groupId": "g1"}), "g2"),
        (of_segment("track", event="x", context="{'groupId': 'g1'}"), "counted"),
    ],
)
def test_an_event_is_of_the_one_account_that_it_names_or_that_is_counted(
    tmp_path, line, account_id
):
    put(tmp_path, "usage/events.jsonl", [line])
    rows, warned = load(tmp_path)
    [event] = rows["product/events"]
    is_counted = account_id == "counted"
    assert event.get("account_id") == (None if is_counted else account_id)
    assert warned == ({"account_id": 1} if is_counted else {})


@pytest.mark.parametrize(
    ("line", "user_id", "anonymous_id"),
    [
        (of_mixpanel(**{"$device_id": "d1"}), "u1", "d1"),
        (of_mixpanel(distinct_id="$device:d1"), None, "d1"),
        (of_mixpanel(distinct_id="$device:d1", **{"$device_id": "d1"}), None, "d1"),
        (of_mixpanel(distinct_id="d1", **{"$device_id": "d1"}), None, "d1"),
        (of_mixpanel(distinct_id=DEVICE, **{"$user_id": "u1", "$device_id": "d1"}), "u1", "d1"),
        (
            of_mixpanel(distinct_id=DEVICE, **{"$device_id": OTHER_DEVICE}),
            None,
            OTHER_DEVICE,
        ),
        (of_mixpanel(distinct_id=DEVICE, **{"$distinct_id_before_identity": "u1"}), "u1", None),
        (of_mixpanel(**{"$distinct_id_before_identity": DEVICE}), "u1", None),
        (
            of_mixpanel(
                distinct_id=OTHER_DEVICE,
                **{"$device_id": "d1", "$distinct_id_before_identity": "$device:d1"},
            ),
            OTHER_DEVICE,
            "d1",
        ),
        (of_posthog("cookieless_x", device_id="c", cookieless_mode=True), None, "c"),
        (of_posthog("u1", device_id="c", cookieless_mode=True), "u1", "c"),
        (of_posthog("u1", device_id="d1", is_identified=True), "u1", "d1"),
        (of_posthog("new", device_id="d1", is_identified=False), None, "d1"),
        (of_posthog("new", is_identified=False), None, "new"),
        (of_posthog("u1", "$identify", anon_distinct_id="new"), "u1", "new"),
        (of_posthog(DEVICE, process_person_profile=False), None, DEVICE),
        (of_posthog(DEVICE, process_person_profile=True), DEVICE, None),
        (of_posthog("u1", process_person_profile=False), "u1", None),
        (of_posthog(DEVICE, process_person_profile=False, is_identified=True), DEVICE, None),
        (
            of_posthog("$company_g1", "$groupidentify", group_type="company", group_key="g1"),
            None,
            "$company_g1",
        ),
    ],
)
def test_a_device_and_a_group_are_no_person(tmp_path, line, user_id, anonymous_id):
    put(tmp_path, "usage/events.jsonl", [line])
    rows, _ = load(tmp_path)
    [event] = rows["product/events"]
    assert told(event, "user_id", "anonymous_id") == (user_id, anonymous_id)
    assert not rows["crm/account_users"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (of_mixpanel("$identify"), "identify"),
        (of_mixpanel("$create_alias"), "alias"),
        (of_mixpanel("$merge"), "alias"),
        (of_posthog("u1", "$set"), "identify"),
        (of_posthog("u1", "$merge_dangerously"), "alias"),
    ],
)
def test_what_only_says_who_somebody_is_is_no_use_of_the_product(tmp_path, line, kind):
    put(tmp_path, "usage/events.jsonl", [line])
    rows, _ = load(tmp_path)
    [event] = rows["product/events"]
    assert event["event_type"] == kind


def test_an_event_of_mixpanel_is_one_however_it_is_told_and_two_where_nothing_tells(tmp_path):
    before = of_mixpanel(distinct_id="$device:d1", **{"$device_id": "d1", "$insert_id": "n1"})
    after = of_mixpanel(distinct_id="u1", **{"$device_id": "d1", "$insert_id": "n1"})
    put(tmp_path, "usage/events.jsonl", [before, after, of_mixpanel(row=1), of_mixpanel(row=2)])
    rows, _ = load(tmp_path)
    first, second, *others = [row.get("event_id") for row in rows["product/events"]]
    assert first == second is not None
    assert others == [None, None]


def test_an_event_of_mixpanel_is_one_in_any_unit_of_time_and_two_on_two_devices(tmp_path):
    times = [1777888800, 1777888800123, 1777888800.0, "2026-05-04T12:00:00+02:00"]
    lines = [of_mixpanel(time=time, **{"$insert_id": "n1"}) for time in times]
    devices = [
        of_mixpanel(distinct_id=f"$device:{device}", **{"$device_id": device, "$insert_id": "n1"})
        for device in ("d1", "d2")
    ]
    put(tmp_path, "usage/events.jsonl", [*lines, *devices])
    rows, _ = load(tmp_path)
    ids = [row["event_id"] for row in rows["product/events"]]
    assert len({*ids[:4]}) == 1
    assert len({*ids}) == 3


def test_a_time_of_amplitude_is_utc_and_not_counted_as_one_without_a_zone(tmp_path):
    put(tmp_path, "usage/events.jsonl", [of_amplitude(server_received_time="2026-05-04 10:00:01")])
    rows, warned, _ = exports.load(tmp_path)
    [event] = rows["product/events"]
    assert told(event, "event_ts", "received_at") == ("2026-05-04 10:00:00", "2026-05-04 10:00:01")
    assert warned == []


def test_traits_in_the_context_and_properties_of_our_names_are_read(tmp_path):
    traits = {"email": "ann@acme.example", "role": "Owner", "department": "IT"}
    properties = {"feature_id": "f", "platform": "web", "browser": "Firefox", "country": "DE"}
    put(
        tmp_path,
        "usage/calls.jsonl",
        [
            of_segment("identify", context={"traits": traits}, traits={"role": "Admin"}),
            of_segment("track", event="x", properties=properties),
            of_segment("group", groupId="g1", traits={"seat_type": "full", "valid_to": MOMENT}),
        ],
    )
    rows, _ = load(tmp_path)
    [user] = rows["crm/users"]
    assert told(user, *traits) == ("ann@acme.example", "Admin", "IT")
    event = next(row for row in rows["product/events"] if row["event_name"] == "x")
    assert {name: event.get(name) for name in properties} == properties
    [member] = rows["crm/account_users"]
    assert told(member, "seat_type", "valid_to") == ("full", "2026-05-04 10:00:00")


@pytest.mark.parametrize(
    ("later", "valid_to"),
    [("", "2026-06-01 00:00:00"), ("4,u1,g1,2026-07-01T00:00:00Z,,\n", None)],
)
def test_who_left_a_group_has_left_it_unless_a_later_call_says_otherwise(tmp_path, later, valid_to):
    put(
        tmp_path,
        "usage/groups.csv",
        "id,user_id,group_id,received_at,valid_to,role\n"
        "1,u1,g1,2026-05-01T00:00:00Z,,member\n"
        "2,u1,g1,2026-06-01T00:00:01Z,2026-06-01T00:00:00Z,admin\n"
        f"3,u1,g1,2026-05-20T00:00:00Z,,\n{later}",
    )
    put(
        tmp_path,
        "usage/tracks.csv",
        "id,event,event_text,received_at,user_id\n1,x,X,2026-05-01T00:00:00Z,u1\n",
    )
    rows, _ = load(tmp_path)
    [member] = rows["crm/account_users"]
    found = told(member, "valid_from", "valid_to", "role")
    assert found == ("2026-05-01 00:00:00", valid_to, "admin")


TRACKS = "id,event,event_text,received_at,user_id\n1,x,X,2026-05-01T00:00:00Z,u1\n"


def test_a_screen_of_an_app_is_no_page_and_is_known_without_tracks(tmp_path):
    put(
        tmp_path,
        "usage/screens.csv",
        f"id,anonymous_id,received_at,name\ns1,a1,{MOMENT},Home\ns2,a1,{MOMENT},\n",
    )
    rows, _ = load(tmp_path)
    found = [told(row, "event_type", "event_name") for row in rows["product/events"]]
    assert found == [("screen", "Home"), ("screen", "screen")]


def test_a_table_of_one_event_beside_tracks_is_not_counted_again(tmp_path):
    put(tmp_path, "usage/tracks.csv", TRACKS)
    put(tmp_path, "usage/x.csv", TRACKS.replace("user_id", "user_id,rows").replace("u1", "u1,3"))
    rows, _ = load(tmp_path)
    assert [row["_file"] for row in rows["product/events"]] == ["usage/tracks.csv"]


def test_a_trait_that_the_last_call_does_not_tell_is_what_an_earlier_one_told(tmp_path):
    put(tmp_path, "usage/tracks.csv", TRACKS)
    put(
        tmp_path,
        "usage/identifies.csv",
        "id,user_id,received_at,email,role\n"
        "2,u1,2026-05-02T00:00:00Z,,admin\n"
        "1,u1,2026-05-01T00:00:00Z,ann@acme.example,member\n",
    )
    put(
        tmp_path,
        "usage/groups.csv",
        "id,group_id,received_at,name,website\n"
        "1,g1,2026-05-01T00:00:00Z,Acme,https://acme.example\n"
        "2,g1,2026-05-02T00:00:00Z,,\n",
    )
    rows, _ = load(tmp_path)
    [user] = rows["crm/users"]
    found = told(user, "email", "role", "created_at")
    assert found == ("ann@acme.example", "admin", "2026-05-01 00:00:00")
    for account in rows["crm/accounts"]:
        assert told(account, "name", "domain") == ("Acme", "acme.example")
    [key] = rows["crm/account_keys"]
    assert told(key, "foreign_key", "domain") == ("g1", "acme.example")


def test_a_number_that_was_once_a_float_is_the_person_and_the_account_of_before(tmp_path):
    put(tmp_path, "usage/tracks.csv", TRACKS)
    first, second = "2026-05-01T00:00:00Z", "2026-05-03T00:00:00Z"
    put(
        tmp_path,
        "usage/identifies.jsonl",
        [
            {"id": "1", "user_id": 12, "received_at": first},
            {"id": "2", "user_id": 12.0, "received_at": second},
        ],
    )
    put(
        tmp_path,
        "usage/groups.jsonl",
        [
            {"id": "1", "user_id": 12, "group_id": 34, "received_at": first},
            {"id": "2", "user_id": 12.0, "group_id": 34.0, "received_at": second},
        ],
    )
    site = {"website": "acme.example"}
    put(tmp_path, "raw/calls.jsonl", [of_segment("group", groupId=34.0, traits=site)])
    rows, _ = load(tmp_path)
    [user] = rows["crm/users"]
    assert told(user, "user_id", "created_at") == ("12", "2026-05-01 00:00:00")
    [member] = [row for row in rows["crm/account_users"] if row["_file"].startswith("usage")]
    assert told(member, "account_id", "user_id", "valid_from") == (
        "34",
        "12",
        "2026-05-01 00:00:00",
    )
    keys = {told(row, "system", "foreign_key") for row in rows["crm/account_keys"]}
    assert keys == {("usage", "34"), ("raw", "34")}


@pytest.mark.parametrize(
    ("said", "user_id", "account_id"),
    [
        ({"person": 101}, "answers:101", None),
        ({"person": {"id": "102", "email": "Bob@acme.example"}}, "bob@acme.example", None),
        ({"person": {"id": "104"}}, "answers:104", None),
        ({"person": 103.0}, "cem@acme.example", None),
        ({"person": 103, "person_properties": {"User ID": "u1", "Account Id": "A1"}}, "u1", "A1"),
        ({"person": 101, "person_properties": {"Company": "Acme Ltd"}}, "answers:101", None),
    ],
)
def test_whoever_answered_is_somebody_even_where_the_table_of_people_lacks_the_person(
    tmp_path, said, user_id, account_id
):
    answer = {"id": "r1", "survey_type": "nps", "score": 0, "created_at": MOMENT, **said}
    put(tmp_path, "answers/survey_responses.jsonl", [answer])
    put(tmp_path, "answers/people.jsonl", [{"id": "103", "email": "Cem@acme.example"}])
    rows, warned = load(tmp_path)
    [response] = rows["surveys/responses"]
    assert told(response, "user_id", "account_id") == (user_id, account_id)
    assert warned == {}


def test_a_type_of_survey_has_its_scale_in_any_capitals_and_lost_properties_are_counted(tmp_path):
    answer = {"id": "r1", "person": "1", "survey_type": "NPS", "score": "0", "created_at": MOMENT}
    lost = {**answer, "id": "r2", "person_properties": "{'account_id': 'A-1'}"}
    put(tmp_path, "answers/survey_responses.jsonl", [answer, lost])
    rows, warned = load(tmp_path)
    for row in rows["surveys/responses"]:
        assert told(row, "survey_type", "score", "scale_min", "scale_max") == ("nps", 0, 0, 10)
    assert warned == {"account_id": 1}


def test_a_call_that_tells_no_site_of_a_group_takes_away_none_that_was_told(tmp_path):
    site = of_segment("group", groupId="g1", traits={"website": "https://acme.example"})
    put(tmp_path, "usage/1.jsonl", [site])
    put(tmp_path, "usage/2.jsonl", [of_segment("group", groupId="g1", timestamp=MOMENT)])
    rows, _ = load(tmp_path)
    keys = [told(row, "foreign_key", "domain") for row in rows["crm/account_keys"]]
    assert keys == [("g1", "acme.example")]
    assert len(rows["crm/accounts"]) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "event.csv",
            "amplitude_id,_insert_id,uuid,event_type,event_time,device_id,session_id,groups\n"
            '111,i1,x1,opened,2026-05-04T10:00:00.123,d1,-1,"{""company"":[""g1""]}"\n',
        ),
        (
            "events.jsonl",
            [
                of_amplitude(
                    event_time="2026-05-04T10:00:00.123000+00:00",
                    session_id=-1,
                    groups={"company": ["g1"]},
                    **{"$insert_id": "i1"},
                )
            ],
        ),
    ],
    ids=["fivetran", "airbyte"],
)
def test_events_of_amplitude_are_the_same_by_whatever_connector(tmp_path, name, content):
    put(tmp_path, f"usage/{name}", content)
    put(tmp_path, "usage/event_type.csv", "id,project_name,name\n1,p,opened\n")
    [event] = load(tmp_path)[0]["product/events"]
    names = ("event_id", "account_id", "anonymous_id", "session_id")
    assert told(event, *names) == ("i1", "g1", "d1", None)
    assert str(event["event_ts"]) == "2026-05-04 10:00:00.123000"


@pytest.mark.parametrize(
    "folder", ["segment", "segment/1777852800000", "segment/src/1777852800000"]
)
def test_raw_logs_of_segment_are_read_under_the_names_that_segment_gives_them(tmp_path, folder):
    for number in (1, 2):
        path = tmp_path / folder / f"177788880000{number}.bf7abc123.1.a6b2c3d{number}.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        call = of_segment("track", event="x", messageId=f"m{number}")
        path.write_bytes(gzip.compress(json.dumps(call).encode() + b"\n"))
    rows, _ = load(tmp_path)
    assert [row["event_id"] for row in rows["product/events"]] == ["m1", "m2"]
