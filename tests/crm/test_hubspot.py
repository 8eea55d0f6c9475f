"""What HubSpot gets, and what becomes of every answer that it can give."""

import time
from dataclasses import replace

import pytest

from tests.crm.company import (
    HUBSPOT_FIELDS,
    alter,
    book,
    company_in,
    crm_of,
    other_project,
    pushed,
    write_publication,
)
from tests.crm.servers import TOKEN, after_the_write, answers, slowly

# Of each account all but the renewal date, which nobody has.
FIELDS = 7


@pytest.fixture
def settings(tmp_path):
    return company_in(tmp_path)


@pytest.fixture
def crm(tmp_path, hubspot):
    return crm_of(tmp_path, hubspot=hubspot)


def push(settings, crm, **more):
    return pushed(settings, crm, **more)["hubspot"]


def statuses(settings):
    return book(
        settings,
        "select status, count(*) from raw.crm_push_fields where destination = 'hubspot' and "
        "push_number = (select max(push_number) from raw.crm_push_fields "
        "where destination = 'hubspot') group by 1 order by 1",
    )


def test_a_value_arrives_as_the_map_says_and_a_second_push_sends_nothing(settings, crm, hubspot):
    first = push(settings, crm)
    assert first.counts == {
        "accepted": 5 * FIELDS, "unchanged": 5, "refused": 0, "invalid": 0, "held": 0,
    }  # fmt: skip
    assert hubspot.records["a3"] == {
        "health_score": "53",
        "health_band": "watch",
        "health_score_change_28d": "-1.3",
        "health_main_reason": "days with any use",
        "health_lifecycle_stage": "mature",
        "health_mrr": "31.5",
        "health_last_active_date": "2026-10-31",
    }
    asked = len(hubspot.asked)
    second = push(settings, crm)
    assert second.counts["unchanged"] == 5 * (FIELDS + 1)
    assert len(hubspot.asked) == asked


def test_only_the_fields_that_differ_are_sent(settings, crm, hubspot):
    push(settings, crm)
    alter(settings, "update marts.fct_account_daily set mrr = 7 where account_id = 'a2'")
    # Less than the rounding shows.
    alter(settings, "update marts.fct_account_daily set health_score = health_score + 0.001")
    assert push(settings, crm).counts["accepted"] == 1
    [one] = hubspot.asked[-1][2]["inputs"]
    assert (one["id"], one["properties"]) == ("a2", {"health_mrr": "7"})


def test_what_nobody_knows_any_more_is_cleared_and_never_zero(settings, crm, hubspot):
    push(settings, crm)
    alter(settings, "update marts.fct_account_daily set health_score = null")
    push(settings, crm)
    assert {one["properties"]["health_score"] for one in hubspot.asked[-1][2]["inputs"]} == {""}
    assert push(settings, crm).counts["unchanged"] == 5 * (FIELDS + 1)


def test_a_request_holds_100_records_at_most(tmp_path, hubspot):
    settings = company_in(tmp_path, count=250)
    assert push(settings, crm_of(tmp_path, hubspot=hubspot)).counts["accepted"] == 250 * FIELDS
    assert [len(keys) for keys in hubspot.writes] == [100, 100, 50]


def test_of_a_mixed_answer_the_bad_record_alone_is_refused(settings, crm, hubspot):
    hubspot.refuses["a1"] = "broken by a validation rule"
    done = push(settings, crm)
    assert done.counts["refused"] == FIELDS
    assert done.counts["accepted"] == 4 * FIELDS
    [(answer,)] = book(
        settings, "select distinct answer from raw.crm_push_fields where status = 'refused'"
    )
    assert "broken by a validation rule" in answer
    assert "health_score" not in hubspot.records["a1"]


def test_a_property_that_one_record_may_not_have_costs_no_other_property(settings, crm, hubspot):
    error = {"message": "not allowed", "context": {"propertyName": ["health_mrr"]}}
    hubspot.refuses["a1"] = error

    def forgive(*_):
        hubspot.refuses.clear()
        return False

    hubspot.script = [None, forgive]
    done = push(settings, crm)
    assert (done.counts["refused"], done.counts["accepted"]) == (1, 5 * FIELDS - 1)
    assert "health_mrr" not in hubspot.records["a1"]


def test_a_record_that_hubspot_does_not_have_is_refused_and_never_made(settings, crm, hubspot):
    del hubspot.records["a4"]
    assert push(settings, crm).counts["refused"] == FIELDS
    assert "a4" not in hubspot.records


def test_an_unknown_property_is_named_and_the_others_arrive(settings, crm, hubspot):
    hubspot.properties.discard("health_mrr")
    done = push(settings, crm)
    assert (done.counts["refused"], done.counts["accepted"]) == (5, 5 * (FIELDS - 1))
    assert any("health_mrr" in remark and "does not exist" in remark for remark in done.remarks)


def conflict_with(key):
    """Refuse a batch whole as long as it holds one key."""

    def step(request, body, _):
        if key not in {one["id"] for one in body["inputs"]}:
            return False
        request.say(409, {"status": "error", "category": "CONFLICT", "message": "taken already"})
        return True

    return step


def test_a_batch_that_is_refused_whole_is_halved_down_to_the_record(tmp_path, hubspot):
    settings = company_in(tmp_path, count=40)
    hubspot.script = [conflict_with("a17")] * 100
    done = push(settings, crm_of(tmp_path, hubspot=hubspot))
    assert (done.counts["refused"], done.counts["accepted"]) == (FIELDS, 39 * FIELDS)
    assert len(hubspot.asked) <= 2 * 6 + 1


def test_what_refuses_everything_alike_is_not_asked_for_every_record(tmp_path, hubspot):
    settings = company_in(tmp_path, count=100)
    wrong = answers(400, {"category": "VALIDATION_ERROR", "message": "non-unique 0-1 property"})
    hubspot.script = [wrong] * 1000
    done = push(settings, crm_of(tmp_path, hubspot=hubspot))
    assert done.counts["refused"] + done.counts["held"] == 100 * FIELDS
    assert len(hubspot.asked) < 40
    assert any("refused alike" in remark for remark in done.remarks)


def test_a_limit_of_seconds_is_waited_for_as_long_as_hubspot_says(settings, crm, hubspot):
    busy = {"status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"}
    hubspot.script = [answers(429, busy, Retry_After="7"), answers(429, busy), None]
    waits = []
    assert push(settings, crm, sleep=waits.append).counts["accepted"] == 5 * FIELDS
    assert waits == [7, 2]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"policyName": "DAILY", "message": "You have reached your daily limit."}, {}),
        ({"policyName": "SECONDLY"}, {"Retry_After": "7200"}),
    ],
)
def test_a_limit_of_the_day_stops_the_push_and_the_next_one_goes_on(
    tmp_path, hubspot, body, headers
):
    settings = company_in(tmp_path, count=150)
    crm = crm_of(tmp_path, hubspot=hubspot)
    hubspot.script = [None, answers(429, body, **headers)]
    waits = []
    done = push(settings, crm, sleep=waits.append)
    assert (done.counts["accepted"], done.counts["held"]) == (100 * FIELDS, 50 * FIELDS)
    assert waits == []
    assert push(settings, crm).counts["accepted"] == 50 * FIELDS
    assert sorted(key for keys in hubspot.writes for key in keys) == sorted(
        f"a{n}" for n in range(150)
    )


def test_what_was_written_before_the_answer_was_lost_is_read_back_and_not_sent_twice(
    settings, crm, hubspot
):
    hubspot.script = [after_the_write(502)]
    done = push(settings, crm)
    assert done.counts["accepted"] == 5 * FIELDS
    assert len(hubspot.writes) == 1
    assert [path for _, path, _ in hubspot.asked[-1:]] == [
        "/crm/objects/2026-03/companies/batch/read"
    ]


def test_what_was_not_written_when_the_answer_was_lost_is_sent_again(settings, crm, hubspot):
    hubspot.script = [answers(503, {}), answers(502, {}), None]
    assert push(settings, crm).counts["accepted"] == 5 * FIELDS
    assert len(hubspot.writes) == 1


def test_without_any_answer_all_is_held_and_the_next_push_reads_back_first(settings, crm, hubspot):
    hubspot.script = [answers(500, {})] * 2 + [after_the_write(500)]
    reads = hubspot.read
    hubspot.read = lambda request, body: (
        request.say(503, {}) if len(hubspot.writes) else reads(request, body)
    )
    done = push(settings, crm)
    assert done.counts["held"] == 5 * FIELDS
    hubspot.read = reads
    assert push(settings, crm).counts["accepted"] == 5 * FIELDS
    assert len(hubspot.writes) == 1
    assert len(hubspot.changes) == 5 * FIELDS


@pytest.mark.parametrize("drip", [False, True], ids=["time-out", "slow body"])
def test_an_answer_that_takes_too_long_is_none_and_what_was_done_is_read_back(
    settings, crm, hubspot, drip
):
    hubspot.script = [slowly(30, drip)]
    started = time.monotonic()
    done = push(settings, replace(crm, timeout_seconds=0.5))
    assert time.monotonic() - started < 20
    assert done.counts["accepted"] == 5 * FIELDS
    assert len(hubspot.writes) == 1


def test_an_expired_token_holds_everything_and_stands_nowhere(settings, crm, hubspot):
    hubspot.token = "another"
    done = push(settings, crm)
    assert done.counts["held"] == 5 * FIELDS
    assert any("token is not taken (status 401)" in remark for remark in done.remarks)
    written = [*settings.reports.rglob("*"), settings.warehouse]
    assert all(TOKEN.encode() not in path.read_bytes() for path in written if path.is_file())
    assert TOKEN not in repr(done) + repr(crm) + repr(settings)
    hubspot.token = TOKEN
    assert push(settings, crm).counts["accepted"] == 5 * FIELDS


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_what_an_answer_repeats_of_a_token_or_a_person_stands_nowhere(
    settings, crm, hubspot, status
):
    told = f"token {TOKEN}: owner jane.doe@acme.example, +49 170 1234567, is not known"
    hubspot.script = [answers(status, {"message": told, "policyName": "DAILY"})] * 20
    done = push(settings, crm)
    assert any("is not known" in remark for remark in done.remarks) or done.counts["refused"]
    marks = (TOKEN, "jane.doe", "1234567")
    assert not [mark for mark in marks if mark in repr(done)]
    written = [*settings.reports.rglob("*"), settings.warehouse]
    for path in written:
        content = path.read_bytes() if path.is_file() else b""
        assert not [mark for mark in marks if mark.encode() in content]


@pytest.mark.parametrize(
    "body",
    [None, [], "?", {}, {"results": None}, {"results": [None, {"properties": []}]}, {"errors": 3}],
)
def test_an_answer_that_says_nothing_of_a_record_proves_nothing(settings, crm, hubspot, body):
    hubspot.script = [answers(200, body)]
    done = push(settings, crm)
    assert done.counts["refused"] == 5 * FIELDS


def test_a_result_with_another_value_than_was_sent_is_refused(settings, crm, hubspot):
    def keep_it_down(request, body, write):
        results, _ = write()
        for result in results:
            result["properties"]["health_score"] = "1"
        request.say(200, {"results": results})

    hubspot.script = [keep_it_down, None]
    done = push(settings, crm)
    assert done.counts["refused"] == 5
    assert done.counts["accepted"] == 5 * FIELDS - 5


def test_a_redirect_is_not_followed_as_the_token_would_go_with_it(settings, crm, hubspot):
    hubspot.script = [answers(307, {}, Location="http://127.0.0.1:9/elsewhere")]
    assert push(settings, crm).counts["held"] == 5 * FIELDS


def test_what_was_refused_rests_longer_each_time_and_is_sent_at_once_when_it_changed(
    settings, crm, hubspot
):
    hubspot.refuses["a1"] = "not now"
    tried = []
    for day in (1, 2, 3, 4, 7, 8, 15, 16):
        write_publication(settings, day=f"2026-11-{day:02d}", score="70")
        before = len(hubspot.writes)
        alter(settings, "update reports.rpt_accounts set last_active_date = null")
        push(settings, crm)
        sent = {key for keys in hubspot.writes[before:] for key in keys}
        tried += [day] if "a1" in sent else []
    assert tried == [1, 2, 4, 8, 16]
    alter(settings, "update marts.fct_account_daily set health_score = 71")
    hubspot.refuses.clear()
    push(settings, crm)
    assert hubspot.records["a1"] == {"health_score": "71"}
    write_publication(settings, day="2026-12-10", score="71")
    push(settings, crm)
    assert set(hubspot.records["a1"]) == HUBSPOT_FIELDS - {"health_renewal_date"}
    assert book(settings, "select count(*) from raw.crm_dead_letters") == [(0,)]


def test_every_field_has_one_status_in_every_push(settings, crm, hubspot):
    hubspot.refuses["a1"] = "no"
    alter(settings, "update marts.fct_account_daily set health_score = 'nan' where account_id='a2'")
    push(settings, crm)
    found = dict(statuses(settings))
    assert set(found) == {"accepted", "refused", "invalid", "unchanged"}
    assert sum(found.values()) == 5 * len(HUBSPOT_FIELDS)
    assert book(
        settings,
        "select count(*) from (select 1 from raw.crm_push_fields "
        "group by destination, push_number, account_id, property having count(*) > 1)",
    ) == [(0,)]


def test_accounts_with_one_key_are_named_and_sent_nowhere(tmp_path, settings, crm, hubspot):
    alter(settings, "alter table marts.dim_accounts add column crm_id varchar")
    alter(
        settings,
        "update marts.dim_accounts set crm_id = case account_id when 'a0' then 'A2' "
        "when 'a1' then null when 'a2' then 'a2' else account_id end",
    )
    text = (
        "destination,object,key_property,key_column,batch_size\n"
        "hubspot,companies,warehouse_account_id,crm_id,100\n"
    )
    done = push(other_project(settings, tmp_path, crm_destinations=text), crm)
    assert done.counts["invalid"] == 3 * 8
    assert {key for keys in hubspot.writes for key in keys} == {"a3", "a4"}
    assert any("'A2'" in remark for remark in done.remarks)
    assert any("no key" in remark for remark in done.remarks)
