"""What Salesforce gets, and what becomes of every answer that it can give."""

import pytest

from tests.crm.company import alter, company_in, crm_of, pushed
from tests.crm.servers import after_the_write, answers

FIELDS = 7


@pytest.fixture
def settings(tmp_path):
    return company_in(tmp_path)


@pytest.fixture
def crm(tmp_path, salesforce):
    return crm_of(tmp_path, salesforce=salesforce)


def push(settings, crm, **more):
    return pushed(settings, crm, **more)["salesforce"]


def test_numbers_are_numbers_dates_are_texts_and_nothing_is_null(settings, crm, salesforce):
    assert push(settings, crm).counts["accepted"] == 5 * FIELDS
    assert salesforce.records["a3"] == {
        "Health_Score__c": 53,
        "Health_Band__c": "watch",
        "Health_Score_Change_28d__c": -1.3,
        "Health_Main_Reason__c": "days with any use",
        "Health_Lifecycle_Stage__c": "mature",
        "Health_Mrr__c": 31.5,
        "Health_Last_Active_Date__c": "2026-10-31",
    }
    alter(settings, "update marts.fct_account_daily set health_score = null")
    push(settings, crm)
    assert salesforce.asked[-1][2]["records"][0]["Health_Score__c"] is None
    asked = len(salesforce.asked)
    assert push(settings, crm).counts["unchanged"] == 5 * (FIELDS + 1)
    assert len(salesforce.asked) == asked


def test_a_request_holds_200_records_at_most(tmp_path, salesforce):
    settings = company_in(tmp_path, count=450)
    crm = crm_of(tmp_path, salesforce=salesforce)
    assert push(settings, crm).counts["accepted"] == 450 * FIELDS
    assert [len(keys) for keys in salesforce.writes] == [200, 200, 50]


def test_what_salesforce_does_not_have_is_invalid_and_never_made(settings, crm, salesforce):
    del salesforce.records["a2"]
    done = push(settings, crm)
    assert (done.counts["invalid"], done.counts["accepted"]) == (FIELDS, 4 * FIELDS)
    assert "a2" not in salesforce.records
    assert any("no record with the key 'a2'" in remark for remark in done.remarks)


@pytest.mark.parametrize("key", ["o'neil", "back\\slash", "') OR Name LIKE ('%", "Ä\u4e2d&?#+ "])
def test_a_hostile_key_is_a_text_of_the_query_and_nothing_else(settings, crm, salesforce, key):
    alter(settings, "create table keys (account_id varchar, key varchar)")
    name = key.strip()
    with_key = {"a0": name}
    salesforce.records = {name: {}}
    for account, value in with_key.items():
        quoted = value.replace("'", "''")
        for table in ("marts.dim_accounts", "marts.fct_account_daily", "reports.rpt_accounts"):
            alter(
                settings,
                f"update {table} set account_id = '{quoted}' where account_id = '{account}'",
            )
    done = push(settings, crm)
    assert (done.counts["accepted"], done.counts["invalid"]) == (FIELDS, 4 * FIELDS)
    assert salesforce.records[name]["Health_Band__c"] == "watch"


def test_answers_in_order_are_paired_with_the_records(settings, crm, salesforce):
    why = {"statusCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "no", "fields": []}
    salesforce.refuses["a3"] = why
    done = push(settings, crm)
    assert (done.counts["refused"], done.counts["accepted"]) == (FIELDS, 4 * FIELDS)
    assert salesforce.records["a3"] == {}


def test_a_field_that_a_record_may_not_have_costs_no_other(settings, crm, salesforce):
    why = {"statusCode": "STRING_TOO_LONG", "message": "long", "fields": ["Health_Band__c"]}
    salesforce.refuses["a3"] = why

    def forgive(*_):
        salesforce.refuses.clear()
        return False

    salesforce.script = [None, forgive]
    done = push(settings, crm)
    assert (done.counts["refused"], done.counts["accepted"]) == (1, 5 * FIELDS - 1)


def test_a_field_that_salesforce_lacks_is_named_and_the_others_arrive(settings, crm, salesforce):
    salesforce.properties.discard("Health_Mrr__c")
    done = push(settings, crm)
    assert (done.counts["refused"], done.counts["accepted"]) == (5, 5 * (FIELDS - 1))
    assert any("No such column" in remark for remark in done.remarks)


@pytest.mark.parametrize("body", [None, {}, [], [None] * 5, [{"success": "yes"}] * 5, [{}] * 4])
def test_an_answer_that_says_nothing_of_a_record_proves_nothing(settings, crm, salesforce, body):
    salesforce.script = [answers(200, body)]
    assert push(settings, crm).counts["refused"] == 5 * FIELDS


def test_what_was_written_before_the_answer_was_lost_is_read_back(settings, crm, salesforce):
    salesforce.script = [after_the_write(502)]
    assert push(settings, crm).counts["accepted"] == 5 * FIELDS
    assert len(salesforce.writes) == 1


def test_the_limit_of_the_day_and_an_expired_session_hold_what_is_left(settings, crm, salesforce):
    used_up = [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]
    salesforce.script = [answers(403, used_up)]
    done = push(settings, crm)
    assert done.counts["held"] == 5 * FIELDS
    assert any("no more requests today" in remark for remark in done.remarks)
    salesforce.token = "another"
    assert any("status 401" in remark for remark in push(settings, crm).remarks)


def test_a_query_that_fails_holds_all_as_an_upsert_could_create(settings, crm, salesforce):
    salesforce.query = lambda request, _: request.say(500, [])
    done = push(settings, crm)
    assert done.counts["held"] == 5 * FIELDS
    assert salesforce.writes == []
