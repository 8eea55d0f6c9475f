import csv
import json
import shutil

import pytest

from orchestration.doctor.answers import (
    AnswerError,
    Answers,
    check,
    event_counts,
    read_answers,
    suggestions,
)
from orchestration.doctor.catalogues import place_mappings, write_catalogues, write_variables
from orchestration.doctor.drafts import DRAFTED
from orchestration.doctor.examination import Examination, loaded_sample
from orchestration.doctor.moved_days import zones_of
from tests.doctor.test_bad_input import write
from tests.doctor.test_doctor import ROOT

EVENTS = {"report_built": 3, "page_view": 2, "login": 1, "error_shown": 1, "heartbeat": 9,
          "$feature_flag_called": 4, "$web_vitals": 2}  # fmt: skip


def test_suggestions_come_from_what_landed(tmp_path):
    rows = [
        {"event_id": f"{name}{n}", "event_name": name, "event_type": "track", "user_id": "u",
         "event_ts": "2026-01-01T10:00:00Z"}
        for name, count in EVENTS.items()
        for n in range(count)
    ]  # fmt: skip
    write(tmp_path, "product/events/1.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    with loaded_sample(tmp_path, tmp_path / "none", Examination()) as (connection, _, _):
        events = event_counts(connection)
        suggested = suggestions(connection, events)
    assert events == EVENTS
    assert suggested.core_events == ("report_built",)
    assert suggested.login_events == ("login",)
    assert suggested.error_events == ("error_shown",)
    assert suggested.system_events == ("heartbeat", "$feature_flag_called", "$web_vitals")
    assert suggested.reporting_currency is None


def test_the_zone_of_days_that_is_suggested_is_that_of_the_mappings(tmp_path):
    accounts = "account_id,timezone\n1,America/New_York\n"
    write(tmp_path, "crm/accounts/1.csv", accounts)
    for folder, line in {"erp": "time_zone: Europe/Berlin\n", "hours": "", "odd": "["}.items():
        write(tmp_path, f"{folder}/mapping.yml", f"{line}tables: {{}}\n")
    with loaded_sample(tmp_path, tmp_path / "none", Examination()) as (connection, sample, _):
        zones = zones_of(sample.place)
        assert suggestions(connection, {}, zones).reporting_time_zone == "Europe/Berlin"
        assert suggestions(connection, {}).reporting_time_zone == "America/New_York"


def test_answers_become_catalogues_of_our_contract_and_never_replace_a_file(tmp_path):
    answers = Answers(core_events=("report_built",), login_events=("login",),
                      system_events=("heartbeat",), own_domains=("us.example",))  # fmt: skip
    list(write_catalogues(tmp_path, answers, EVENTS))
    path = tmp_path / "catalogue/event_catalog/init.csv"
    with path.open() as file:
        rows = {row["event_name"]: row for row in csv.DictReader(file)}
    assert {*rows} == {*EVENTS}
    core = [name for name, row in rows.items() if row["is_core"] == "true"]
    assert core == ["report_built"]
    assert rows["heartbeat"]["is_activity"] == "false"
    assert rows["login"]["is_login"] == "true"
    path.write_text("mine")
    said = list(write_catalogues(tmp_path, answers, EVENTS))
    assert path.read_text() == "mine"
    assert said[0].startswith("Left as it is")


def test_nobody_answers_and_nothing_is_written(tmp_path):
    list(write_catalogues(tmp_path, Answers(), EVENTS))
    assert not list(tmp_path.iterdir())


def test_variables_are_set_where_the_models_read_them_and_all_else_stays(tmp_path):
    shutil.copy(ROOT / "dbt_project/dbt_project.yml", tmp_path)
    before = (tmp_path / "dbt_project.yml").read_text()
    answers = Answers(reporting_time_zone="Europe/Berlin", paused_subscriptions_pay=False)
    list(write_variables(tmp_path, answers))
    after = (tmp_path / "dbt_project.yml").read_text()
    changed = [
        new for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new
    ]
    assert changed == ["  reporting_time_zone: Europe/Berlin", "  paused_subscriptions_pay: false"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (Answers(reporting_time_zone="Mars/Base"), "'Mars/Base', which is no time zone"),
        (Answers(reporting_currency="euro"), "expected three capitals"),
        (Answers(core_events=("report_bilt",)), "did you mean report_built?"),
    ],
)
def test_an_answer_that_cannot_be_is_named_with_what_was_expected(answers, said):
    with pytest.raises(AnswerError) as error:
        check(answers, EVENTS)
    assert said in str(error.value)


def test_a_file_of_answers_may_answer_what_is_asked_only(tmp_path):
    path = tmp_path / "answers.yml"
    path.write_text("reporting_time_zone: Europe/Berlin\ncore_events: [a, b]\n")
    assert read_answers(path) == Answers(
        reporting_time_zone="Europe/Berlin", core_events=("a", "b")
    )
    path.write_text("time_zone: Europe/Berlin\n")
    with pytest.raises(AnswerError, match="answers time_zone, which nobody asks"):
        read_answers(path)


def test_a_mapping_is_put_in_place_once_it_is_no_draft_and_none_of_yours_is_replaced(tmp_path):
    write(tmp_path, "landing/erp/customers.csv", "No\n1\n")
    write(tmp_path, "drafts/erp/mapping.yml", f"{DRAFTED}: take this away\n")
    (said,) = place_mappings(tmp_path / "landing", tmp_path / "drafts")
    assert said.startswith("Not put in place")
    mapping = "tables: {customers: {becomes: crm/accounts, columns: {account_id: Nr}}}\n"
    write(tmp_path, "drafts/erp/mapping.yml", mapping)
    (said,) = place_mappings(tmp_path / "landing", tmp_path / "drafts")
    assert "names the column Nr, which erp/customers.csv does not have" in said
    goal = tmp_path / "landing/erp/mapping.yml"
    assert not goal.exists()
    write(tmp_path, "drafts/erp/mapping.yml", mapping.replace("Nr", "No"))
    list(place_mappings(tmp_path / "landing", tmp_path / "drafts"))
    assert goal.read_text() == mapping.replace("Nr", "No")
    goal.write_text("mine")
    list(place_mappings(tmp_path / "landing", tmp_path / "drafts"))
    assert goal.read_text() == "mine"
