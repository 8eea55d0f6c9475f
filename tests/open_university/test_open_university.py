"""Published files become landing files: claims about a university small enough to read.

Student 1 took the module twice, and clicked the same on the same day twice over. Student 2
unregistered before registering. Student 3 has no day of registration. Student 4 withdrew,
nobody knows when.
"""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from data.open_university.landing_files import LandingError, land
from data.open_university.landing_tables import LANDING_TABLES
from data.open_university.published_files import SourceError

ROOT = Path(__file__).resolve().parents[2]
EVENT_FIELDS = {
    "event_name",
    "event_type",
    "event_ts",
    "user_id",
    "account_id",
    "feature_id",
    "properties",
}

PUBLISHED = {
    "courses.csv": """
        code_module,code_presentation,module_presentation_length
        AAA,2013J,268
        AAA,2014B,241
    """,
    "student_info.csv": """
        code_module,code_presentation,id_student,gender,region,age_band,studied_credits,final_result
        AAA,2013J,1,F,Wales,0-35,60,Withdrawn
        AAA,2014B,1,F,"Scotland, North",35-55,30,Pass
        AAA,2013J,2,M,Wales,55<=,60,Withdrawn
        AAA,2013J,3,M,Wales,0-35,60,Fail
        AAA,2014B,4,F,,0-35,120,Withdrawn
    """,
    "student_registration.csv": """
        code_module,code_presentation,id_student,date_registration,date_unregistration
        AAA,2013J,1,-30,10
        AAA,2014B,1,5,
        AAA,2013J,2,-20,-25
        AAA,2013J,3,,
        AAA,2014B,4,-1,
    """,
    "vle_sites.csv": """
        id_site,code_module,code_presentation,activity_type
        100,AAA,2013J,forumng
        101,AAA,2013J,forumng
        200,AAA,2014B,quiz
    """,
    "student_vle.csv": """
        code_module,code_presentation,id_student,id_site,date,sum_click
        AAA,2013J,1,100,0,3
        AAA,2013J,1,100,0,3
        AAA,2013J,1,101,0,3
        AAA,2013J,1,100,12,1
        AAA,2013J,3,100,-2,4
        AAA,2014B,1,200,27,7
    """,
    "assessments.csv": """
        code_module,code_presentation,id_assessment,assessment_type,date,weight
        AAA,2013J,900,TMA,19,10
        AAA,2014B,901,CMA,,10
    """,
    "student_assessment.csv": """
        id_assessment,id_student,date_submitted,is_banked,score
        900,3,18,0,70
        901,1,-1,1,
    """,
}


def publish(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder


def lines_of(path: Path) -> list[str]:
    """Return the lines of a landing file, decompressed where they are compressed."""
    rows = duckdb.execute(
        f"from read_csv('{path}', header = false, delim = '\x01', quote = '', all_varchar = true)"
    )
    return [line for (line,) in rows.fetchall()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return publish(tmp_path / "published", PUBLISHED)


@pytest.fixture
def landing(source: Path, tmp_path: Path) -> Path:
    land(source, tmp_path / "landing")
    return tmp_path / "landing"


def landed_files(landing: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(landing)): path.read_bytes()
        for path in landing.rglob("*")
        if path.is_file()
    }


def event(name: str, day: str, student: int, feature: str, properties: str) -> str:
    return (
        f'{{"event_name":"{name}","event_type":"track","event_ts":"{day}T00:00:00Z",'
        f'"user_id":"user-{student}","account_id":"student-{student}",'
        f'"feature_id":"{feature}","properties":{properties}}}'
    )


def test_a_student_is_one_account_described_by_the_latest_enrolment(landing):
    assert lines_of(landing / "crm/accounts/accounts.csv") == [
        "account_id,account_type,country,region,age_band,created_at,updated_at",
        'student-1,customer,GB,"Scotland, North",35-55,2013-09-01T00:00:00Z,2014-02-06T00:00:00Z',
        "student-2,customer,GB,Wales,55<=,2013-09-11T00:00:00Z,2013-09-11T00:00:00Z",
        "student-3,customer,GB,Wales,0-35,2013-10-01T00:00:00Z,2013-10-01T00:00:00Z",
        "student-4,customer,GB,,0-35,2014-01-31T00:00:00Z,2014-01-31T00:00:00Z",
    ]


def test_a_student_is_the_one_user_of_the_account(landing):
    assert lines_of(landing / "crm/account_users/account_users.csv") == [
        "account_id,user_id,valid_from",
        "student-1,user-1,2013-09-01T00:00:00Z",
        "student-2,user-2,2013-09-11T00:00:00Z",
        "student-3,user-3,2013-10-01T00:00:00Z",
        "student-4,user-4,2014-01-31T00:00:00Z",
    ]
    assert lines_of(landing / "crm/users/users.csv")[:2] == [
        "user_id,age_band,country,created_at",
        "user-1,35-55,GB,2013-09-01T00:00:00Z",
    ]


def test_only_a_dated_unregistration_is_a_cancellation(landing):
    assert lines_of(landing / "billing/subscriptions/subscriptions.csv") == [
        "subscription_id,account_id,status,started_at,ended_at,trial_start,trial_end,"
        "cancel_requested_at,term_months,renewal_date",
        "AAA-2013J-1,student-1,canceled,2013-09-01T00:00:00Z,2013-10-11T00:00:00Z,"
        "2013-09-01T00:00:00Z,2013-10-01T00:00:00Z,2013-10-11T00:00:00Z,10,2014-06-26",
        "AAA-2013J-2,student-2,canceled,2013-09-11T00:00:00Z,2013-09-06T00:00:00Z,"
        "2013-09-11T00:00:00Z,2013-10-01T00:00:00Z,2013-09-06T00:00:00Z,10,2014-06-26",
        "AAA-2013J-3,student-3,canceled,2013-10-01T00:00:00Z,2014-06-26T00:00:00Z,,,,9,2014-06-26",
        "AAA-2014B-1,student-1,canceled,2014-02-06T00:00:00Z,2014-09-30T00:00:00Z,,,,8,2014-09-30",
        "AAA-2014B-4,student-4,canceled,2014-01-31T00:00:00Z,2014-09-30T00:00:00Z,"
        "2014-01-31T00:00:00Z,2014-02-01T00:00:00Z,,8,2014-09-30",
    ]


def test_a_term_is_the_fewest_months_that_reach_from_registration_to_the_scheduled_end(landing):
    reaches = duckdb.execute(
        "select started_at + to_months(term_months) >= renewal_date, "
        "started_at + to_months(term_months - 1) >= renewal_date "
        f"from '{landing}/billing/subscriptions/subscriptions.csv'"
    ).fetchall()
    assert reaches == [(True, False)] * 5


def test_a_price_that_nobody_published_and_seats_that_nobody_has_are_empty_and_not_zero(
    landing,
):
    assert lines_of(landing / "billing/subscription_items/subscription_items.csv")[:2] == [
        "subscription_item_id,subscription_id,valid_from,valid_to,plan_id,unit_amount_minor,"
        "quantity",
        "AAA-2013J-1-module,AAA-2013J-1,2013-09-01T00:00:00Z,2013-10-11T00:00:00Z,AAA,,",
    ]


def test_rows_that_repeat_to_the_letter_stay_as_many_as_they_are(landing):
    forum = '{"click_count":3,"site_id":100,"presentation_id":"AAA-2013J"}'
    twice = event("vle_forumng", "2013-10-01", 1, "forumng", forum)
    assert lines_of(landing / "product/events/AAA-2013J.jsonl.zst") == [
        event("vle_forumng", "2013-09-29", 3, "forumng", forum.replace(":3,", ":4,")),
        twice,
        twice,
        twice.replace('"site_id":100', '"site_id":101'),
        event("vle_forumng", "2013-10-13", 1, "forumng", forum.replace(":3,", ":1,")),
        event(
            "assessment_submitted",
            "2013-10-19",
            3,
            "assessment",
            '{"assessment_id":900,"assessment_type":"TMA","is_banked":false,'
            '"presentation_id":"AAA-2013J"}',
        ),
    ]


def test_each_presentation_has_a_file_of_events_of_its_own(landing):
    assert lines_of(landing / "product/events/AAA-2014B.jsonl.zst") == [
        event(
            "assessment_banked",
            "2014-01-31",
            1,
            "assessment",
            '{"assessment_id":901,"assessment_type":"CMA","is_banked":true,'
            '"presentation_id":"AAA-2014B"}',
        ),
        event(
            "vle_quiz",
            "2014-02-28",
            1,
            "quiz",
            '{"click_count":7,"site_id":200,"presentation_id":"AAA-2014B"}',
        ),
    ]


def test_the_catalogues_name_what_the_events_name(landing):
    assert lines_of(landing / "catalogue/event_catalog/event_catalog.csv") == [
        "event_name,feature_id,is_activity,is_core,is_login,is_error,is_system",
        "assessment_banked,assessment,false,false,false,false,false",
        "assessment_submitted,assessment,true,true,false,false,false",
        "vle_forumng,forumng,true,true,false,false,false",
        "vle_quiz,quiz,true,true,false,false,false",
    ]
    assert lines_of(landing / "catalogue/feature_catalog/feature_catalog.csv") == [
        "feature_id,name,area",
        "assessment,assessment,assessment",
        "forumng,forumng,learning environment",
        "quiz,quiz,learning environment",
    ]
    assert lines_of(landing / "catalogue/plans/plans.csv") == ["plan_id,renews", "AAA,false"]


def test_what_the_data_do_not_say_is_absent(landing):
    assert {str(path.parent) for path in map(Path, landed_files(landing))} == {
        "billing/subscription_items",
        "billing/subscriptions",
        "catalogue/event_catalog",
        "catalogue/feature_catalog",
        "catalogue/plans",
        "crm/account_users",
        "crm/accounts",
        "crm/users",
        "product/events",
    }


@pytest.mark.parametrize("table", LANDING_TABLES, ids=lambda table: table.name)
def test_a_table_has_only_columns_of_its_contract_and_all_that_are_required(table, landing):
    columns = contract(table.system, table.name)
    header = lines_of(landing / table.system / table.name / f"{table.name}.csv")[0].split(",")
    assert set(header) <= columns.keys()
    assert {name for name, required in columns.items() if required} <= set(header)


def test_an_event_has_only_fields_of_its_contract_and_all_that_are_required():
    columns = contract("product", "events")
    assert columns.keys() >= EVENT_FIELDS
    assert {name for name, required in columns.items() if required} <= EVENT_FIELDS


def contract(system: str, name: str) -> dict[str, bool]:
    """Return the columns that the sources YAML gives a table, and whether each is required."""
    path = ROOT / f"dbt_project/models/staging/{system}/_{system}__sources.yml"
    tables = yaml.safe_load(path.read_text())["sources"][0]["tables"]
    columns = next(table["columns"] for table in tables if table["name"] == name)
    return {
        column["name"]: column.get("config", {}).get("meta", {}).get("required", False)
        for column in columns
    }


def test_the_bytes_do_not_depend_on_the_order_of_the_published_rows(landing, tmp_path):
    backwards = {}
    for name, text in PUBLISHED.items():
        header, *rows = text.strip().splitlines()
        backwards[name] = "\n".join([header, *reversed(rows)])
    land(publish(tmp_path / "backwards", backwards), tmp_path / "again")
    assert landed_files(tmp_path / "again") == landed_files(landing)


def test_the_publishers_own_file_names_and_question_marks_are_understood(landing, tmp_path):
    names = {
        "student_info.csv": "studentInfo.csv",
        "student_registration.csv": "studentRegistration.csv",
        "student_vle.csv": "studentVle.csv",
        "student_assessment.csv": "studentAssessment.csv",
        "vle_sites.csv": "vle.csv",
    }
    original = {names.get(name, name): text for name, text in PUBLISHED.items()}
    original["studentRegistration.csv"] = original["studentRegistration.csv"].replace(
        "AAA,2013J,3,,", "AAA,2013J,3,?,?"
    )
    land(publish(tmp_path / "original", original), tmp_path / "again")
    assert landed_files(tmp_path / "again") == landed_files(landing)


def test_oddities_are_counted_and_kept(source, tmp_path):
    oddities = land(source, tmp_path / "landing").oddities
    assert {text.split(";")[0]: count for text, count in oddities.items()} == {
        "enrolments without a day of registration": 1,
        "subscriptions that end before they start": 1,
        "students who unregistered before the first day of their presentation": 1,
        "students who unregistered after the scheduled end of the term": 0,
        "withdrawn students without a day": 1,
        "click rows that repeat another to the letter": 1,
        "click rows on or after the day of unregistration": 1,
        "click rows on or after the scheduled end of the term": 0,
        "submissions carried over from an earlier presentation": 1,
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("courses.csv", "module_presentation_length", "length", "module_presentation_length"),
        ("courses.csv", "AAA,2014B", "AAA,2014X", "rows find nothing in courses.csv by"),
        ("student_info.csv", "2013J,3,M,Wales", "2013J,,M,Wales", "id_student is empty in 1"),
        ("student_registration.csv", "-30,10", "soon,10", "soon"),
        ("vle_sites.csv", "101,AAA", "100,AAA", "1 values of id_site come more than once"),
        ("vle_sites.csv", "200,AAA", "201,AAA", "1 rows find nothing in vle_sites.csv"),
        ("student_assessment.csv", "901,1", "999,1", "nothing in assessments.csv"),
    ],
)
def test_a_file_that_would_lose_rows_is_refused_by_name(name, old, new, complaint, tmp_path):
    assert old in PUBLISHED[name]
    files = PUBLISHED | {name: PUBLISHED[name].replace(old, new)}
    with pytest.raises(SourceError) as refusal:
        land(publish(tmp_path / "broken", files), tmp_path / "landing")
    assert complaint in str(refusal.value)
    assert ".csv" in str(refusal.value)
    assert not (tmp_path / "landing").exists()


def test_a_presentation_that_does_not_say_when_it_starts_is_refused(tmp_path):
    files = {name: text.replace("2014B", "2014X") for name, text in PUBLISHED.items()}
    with pytest.raises(SourceError, match="column code_presentation has '2014X'"):
        land(publish(tmp_path / "broken", files), tmp_path / "landing")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_missing_file_is_named(name, source, tmp_path):
    (source / name).unlink()
    with pytest.raises(SourceError, match=name):
        land(source, tmp_path / "landing")


def test_a_landing_folder_that_holds_something_is_left_alone(source, landing):
    before = landed_files(landing)
    with pytest.raises(LandingError, match="not empty"):
        land(source, landing)
    assert landed_files(landing) == before


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "data.open_university", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_prints_one_line_a_table(source, tmp_path):
    done = run("--source", str(source), "--landing", str(tmp_path / "landing"))
    lines = [line.split() for line in done.stdout.splitlines() if line.endswith(" rows")]
    assert {table: rows for table, rows, _ in lines} == {
        "crm/accounts": "4",
        "crm/users": "4",
        "crm/account_users": "4",
        "billing/subscriptions": "5",
        "billing/subscription_items": "5",
        "catalogue/plans": "1",
        "catalogue/feature_catalog": "3",
        "catalogue/event_catalog": "4",
        "product/events": "8",
    }


def test_the_command_fails_with_one_sentence_and_no_traceback(tmp_path):
    done = run("--source", str(tmp_path), "--landing", str(tmp_path / "landing"))
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}: courses.csv is missing.\n"
