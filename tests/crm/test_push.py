"""What is sent, what is held and why, whichever the system is."""

import json
from dataclasses import replace
from datetime import date

import dagster as dg
import duckdb
import pytest

from orchestration.assets.crm_push import crm_push_asset
from orchestration.assets.published import PUBLISHED
from orchestration.books.crm import CRM_BOOKS
from orchestration.commands import push as command
from orchestration.crm.breaker import BAND_CHANGES
from orchestration.crm.choice import choose, refused
from orchestration.crm.field_map import CrmError, Field, read_destinations
from orchestration.crm.push import push as push_all
from orchestration.crm.wanted import Unusable, WantedField, written
from orchestration.publication.places import database_of, listing_of
from orchestration.resources import resources
from orchestration.settings.crm import CRM_NAMES, CrmSettings
from orchestration.settings.environment import Settings, SettingsError
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import note_step
from orchestration.warehouse.run_lock import end_run
from tests.crm.company import (
    alter,
    book,
    company_in,
    crm_of,
    other_project,
    pushed,
    write_publication,
)
from tests.crm.servers import TOKEN

FIELDS = 7
HOSTILE = [
    "<script>alert(1)</script>", "=HYPERLINK(\"http://e\",\"x\")", "+1", "-1+1", "@SUM(A1)", "\t=1",
    'a "quoted" \'name\'', "\u202egnp.exe", "x" * 10_000, "../../etc/passwd", "a\r\nb: c", "\x00a",
    "\uff1d1+1",
]  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    return company_in(tmp_path)


def test_without_a_token_the_files_say_what_would_be_sent(settings):
    done = pushed(settings, CrmSettings())
    assert set(done) == {"hubspot", "salesforce"}
    for name, one in done.items():
        assert one.is_dry
        assert one.counts["held"] == 5 * FIELDS
        assert one.path == settings.reports / "2026-10-31" / "push" / f"{name}.csv"
        contents = json.loads(one.path.with_suffix(".json").read_text())
        assert len(contents["records"]) == 5
        assert sum(contents["counts"].values()) == 5 * 8
        assert len(one.path.read_text().splitlines()) == 1 + 5 * 8
    assert book(settings, "select count(*) from raw.crm_acknowledged") == [(0,)]


def test_the_same_company_gives_the_same_bytes(settings):
    first = {one.path: one.path.read_bytes() for one in push_all(settings, CrmSettings())}
    alter(settings, "create table other as from marts.dim_accounts order by account_id desc")
    alter(settings, "create or replace table marts.dim_accounts as from other")
    assert {one.path: one.path.read_bytes() for one in push_all(settings, CrmSettings())} == first


def test_a_push_in_which_a_fifth_changes_band_is_held_until_a_person_lets_it_pass(
    tmp_path, hubspot
):
    settings = company_in(tmp_path, count=10)
    crm = crm_of(tmp_path, hubspot=hubspot)
    pushed(settings, crm)
    moved = "update marts.fct_account_daily set band = 'at_risk' where account_id in ({})"
    alter(settings, moved.format("'a0', 'a1'"))
    assert pushed(settings, crm)["hubspot"].counts["accepted"] == 2
    alter(settings, moved.format("'a0', 'a1', 'a2', 'a3', 'a4'"))
    for _ in range(2):
        done = pushed(settings, crm)["hubspot"]
        assert done.counts["held"] == 3
        assert "3 of 10 accounts" in done.held
    assert pushed(settings, crm, {BAND_CHANGES})["hubspot"].counts["accepted"] == 3
    assert hubspot.records["a4"]["health_band"] == "at_risk"


def test_stale_sources_hold_a_push_by_name_unless_they_are_allowed_to_be(
    settings, tmp_path, hubspot
):
    crm = crm_of(tmp_path, hubspot=hubspot)
    alter(settings, "update marts.dim_source_coverage set status = 'stale'")
    done = pushed(settings, crm)["hubspot"]
    assert done.counts["held"] == 5 * FIELDS
    assert "stale sources: product_events" in done.held
    allowed = replace(crm, stale_allowed=frozenset({"product_events"}))
    assert pushed(settings, allowed)["hubspot"].counts["accepted"] == 5 * FIELDS


@pytest.mark.parametrize("gate", ["gate_raw", "build", "gate_marts", "gate_reports"])
def test_nothing_is_sent_past_a_gate_not_even_by_a_person(settings, tmp_path, hubspot, gate):
    note_step(settings, gate, is_passed=False)
    done = pushed(settings, crm_of(tmp_path, hubspot=hubspot), {BAND_CHANGES})["hubspot"]
    assert done.counts["held"] == 5 * FIELDS
    assert "The push was not delivered" in done.held
    assert hubspot.asked == []


def test_values_of_a_past_day_never_follow_those_of_a_newer_one(settings, tmp_path, hubspot):
    crm = crm_of(tmp_path, hubspot=hubspot)
    pushed(settings, crm)
    write_publication(settings, day="2026-10-01", score="1")
    done = pushed(settings, crm)["hubspot"]
    assert done.counts["accepted"] == 0
    assert "2026-10-31 were pushed before" in done.held


def test_one_system_that_fails_keeps_nothing_from_the_other(
    settings, tmp_path, hubspot, salesforce
):
    hubspot.token = "another"
    done = pushed(settings, crm_of(tmp_path, hubspot=hubspot, salesforce=salesforce))
    assert done["hubspot"].counts["held"] == 5 * FIELDS
    assert done["salesforce"].counts["accepted"] == 5 * FIELDS


def test_nobody_there_is_a_clear_line(settings, tmp_path, hubspot):
    crm = crm_of(tmp_path, hubspot=hubspot)
    hubspot.close()
    done = pushed(settings, crm)["hubspot"]
    assert done.counts["held"] == 5 * FIELDS
    assert any("no answer from http://127.0.0.1" in remark for remark in done.remarks)


def test_an_account_of_our_own_is_told_to_nobody(settings):
    alter(settings, "update marts.dim_accounts set is_internal = true where account_id = 'a1'")
    assert pushed(settings, CrmSettings())["hubspot"].counts["held"] == 4 * FIELDS


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_arrives_as_a_short_harmless_one(settings, tmp_path, hubspot, text):
    shown = text.replace("'", "''").replace("\x00", "'||chr(0)||'")
    alter(settings, f"update reports.rpt_accounts set main_reason = '{shown}'")
    done = pushed(settings, crm_of(tmp_path, hubspot=hubspot))["hubspot"]
    assert done.counts["accepted"] == 5 * FIELDS
    arrived = hubspot.records["a1"]["health_main_reason"]
    assert len(arrived) <= 255
    assert arrived.isprintable()
    assert not arrived.startswith(tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20"))
    assert "\u202e" not in arrived


def test_hostile_accounts_harm_no_file(tmp_path):
    settings = company_in(tmp_path, count=len(HOSTILE))
    for number, text in enumerate(HOSTILE):
        shown = text.replace("'", "''").replace("\x00", "'||chr(0)||'")
        for table in ("marts.dim_accounts", "marts.fct_account_daily", "reports.rpt_accounts"):
            alter(
                settings,
                f"update {table} set account_id = '{shown}' where account_id = 'a{number}'",
            )
    done = pushed(settings, CrmSettings())["hubspot"]
    assert sum(done.counts.values()) == 8 * len(HOSTILE)
    names = {path.name for path in done.path.parent.iterdir()}
    assert names == {"hubspot.csv", "hubspot.json", "salesforce.csv", "salesforce.json"}
    firsts = [line.split(",")[0].strip('"')[:1] for line in done.path.read_text().splitlines()]
    assert not set(firsts) & set("=+-@\t\r")


def field(kind, rounding=None):
    return Field("p", "t", "c", kind, rounding, "crm_field_map.csv, line 2")


@pytest.mark.parametrize(
    ("value", "kind", "rounding", "text"),
    [
        (63.04999, "number", 1, "63"), (63.05, "number", 1, "63.1"), (-0.04, "number", 1, "0"),
        (1250.0, "number", 0, "1250"), (1e21, "number", 0, "1" + "0" * 21),
        (2, "number", None, "2"),
        (None, "number", 1, None), (True, "boolean", None, "true"), ("", "text", None, None),
        ("abc", "text", 2, "ab"), (date(2026, 1, 2), "date", None, "2026-01-02"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_its_kind(value, kind, rounding, text):
    assert written(value, field(kind, rounding)) == text


@pytest.mark.parametrize(
    ("value", "kind"),
    [("63", "number"), (True, "number"), (float("nan"), "number"), (float("inf"), "number"),
     ("yes", "boolean"), (1, "boolean"), ("2026-01-02", "date")],
)  # fmt: skip
def test_what_is_no_value_of_its_kind_is_never_written(value, kind):
    with pytest.raises(Unusable):
        written(value, field(kind))


HEADER = (
    "destination,property,source_table,source_column,kind,rounding,valid_from,valid_to,author\n"
)
GOOD = "hubspot,ok,fct_account_daily,mrr,number,2,2000-01-01,,us\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("hubspot,p,fct_account_daily,mrrr,number,2,2000-01-01,,us", "no published fct_account_da"),
        ("hubspot,p,no_table,mrr,number,2,2000-01-01,,us", "no published table no_table"),
        ("hubspot,p,fct_account_daily,mrr,money,2,2000-01-01,,us", "kind is 'money'"),
        ("hubspot,p,fct_account_daily,mrr,number,two,2000-01-01,,us", "rounding is 'two'"),
        ("hubspot,p,fct_account_daily,mrr,number,2,soon,,us", "valid_from is 'soon'"),
        ("hubspot,p,fct_account_daily,mrr,number,2,,,us", "valid_from is empty"),
        ("hubspot,p,fct_account_daily,band,number,2,2000-01-01,,us", "is no number"),
        ("hubspot,p;drop,fct_account_daily,mrr,number,2,2000-01-01,,us", "no name of a property"),
    ],
)
def test_a_wrong_line_of_the_map_is_named_and_the_others_are_sent(
    settings, tmp_path, hubspot, line, why
):
    own = other_project(settings, tmp_path, crm_field_map=f"{HEADER}{GOOD}{line}\n")
    hubspot.properties.add("ok")
    done = pushed(own, crm_of(tmp_path, hubspot=hubspot))["hubspot"]
    assert done.counts == {
        "accepted": 5, "unchanged": 0, "refused": 0, "invalid": 5, "held": 0,
    }  # fmt: skip
    assert any(f"crm_field_map.csv, line 3: {why}" in r or why in r for r in done.remarks)


def test_a_line_holds_from_its_first_day_on_and_before_its_last(settings, tmp_path):
    lines = (
        "hubspot,p,fct_account_daily,mrr,number,0,2000-01-01,2026-11-01,us\n"
        "hubspot,p,fct_account_daily,mrr,number,2,2026-11-01,,us\n"
    )
    seeds = other_project(settings, tmp_path, crm_field_map=HEADER + lines).dbt_project / "seeds"
    for day, rounding in ((date(2026, 10, 31), 0), (date(2026, 11, 1), 2)):
        [one] = read_destinations(seeds, day)[0].fields
        assert one.rounding == rounding


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("destination,object\nhubspot,companies\n", "has no column batch_size, key_column"),
        ("destination,object,key_property,key_column,batch_size\nzoho,a,b,account_id,10\n", "zoho"),
        ("destination,object,key_property,key_column,batch_size\nhubspot,companies,k,account_id,101\n",
         "batch_size is '101'; expected 1 to 100"),
        ("destination,object,key_property,key_column,batch_size\nhubspot,a/../b,k,account_id,1\n",
         "must be names of letters"),
        ("destination,object,key_property,key_column,batch_size\nhubspot,companies,k,nothing,1\n",
         "dim_accounts does not have"),
    ],
)  # fmt: skip
def test_a_wrong_destination_stops_the_push_with_its_place(settings, tmp_path, text, why):
    with pytest.raises(CrmError, match=why):
        push_all(other_project(settings, tmp_path, crm_destinations=text), CrmSettings())


def test_a_refusal_rests_for_a_month_at_most():
    days = []
    [chosen] = choose([WantedField("a", "a", "p", "1")], {}, {}, date(2026, 1, 1))
    for _ in range(8):
        chosen = refused(chosen, "no", date(2026, 1, 1))
        days.append((chosen.next_try_date - date(2026, 1, 1)).days)
    assert days == [1, 2, 4, 8, 16, 28, 28, 28]


@pytest.mark.parametrize(
    "text", ["ftp://x", "http://api.example.com", "https://u:p@x", "https://", "x"]
)
def test_an_address_over_which_a_token_would_be_seen_is_refused(text):
    with pytest.raises(SettingsError, match="HUBSPOT_URL"):
        Settings.from_environment({"HUBSPOT_URL": text})


def test_a_token_of_the_environment_is_shown_nowhere():
    settings = Settings.from_environment({"HUBSPOT_TOKEN": TOKEN})
    assert settings.crm.systems["hubspot"].read_token() == TOKEN
    assert TOKEN not in repr(settings)


def test_a_token_file_that_cannot_be_used_holds_the_push_and_names_the_setting(settings, tmp_path):
    of = Settings.from_environment({"HUBSPOT_TOKEN_FILE": str(tmp_path / "nothing")})
    done = pushed(settings, of.crm)["hubspot"]
    assert "HUBSPOT_TOKEN_FILE" in done.held
    assert not done.is_dry


def test_the_command_says_what_became_of_it(settings, tmp_path, hubspot, monkeypatch, capsys):
    for name in (*CRM_NAMES, "AS_OF"):
        monkeypatch.delenv(name, raising=False)
    for name in ("WAREHOUSE", "PUBLISHED", "REPORTS"):
        monkeypatch.setenv(name, str(getattr(settings, name.lower())))
    assert command.main([]) == 0
    said = capsys.readouterr().out
    assert "hubspot: dry run, nothing was sent: 0 accepted, 5 unchanged" in said
    (tmp_path / "token").write_text(TOKEN)
    monkeypatch.setenv("HUBSPOT_URL", hubspot.url)
    monkeypatch.setenv("HUBSPOT_TOKEN_FILE", str(tmp_path / "token"))
    assert command.main([]) == 0
    assert "hubspot: pushed: 35 accepted" in capsys.readouterr().out
    assert command.main(["--release", "everything"]) == 2
    note_step(settings, "gate_marts", is_passed=False)
    alter(settings, "update marts.fct_account_daily set mrr = 1")
    assert command.main([]) == 1
    assert "gate_marts has not passed" in capsys.readouterr().out


def test_the_asset_tells_what_is_published_and_shows_no_token(settings, tmp_path, hubspot):
    crm = crm_of(tmp_path, hubspot=hubspot)
    assert crm_push_asset(crm).dependency_keys == {PUBLISHED}
    made = dg.materialize([crm_push_asset(crm)], resources=resources(settings))
    end_run(settings.warehouse)
    assert made.success
    [shown] = made.get_asset_materialization_events()
    metadata = {name: one.value for name, one in shown.materialization.metadata.items()}
    assert metadata["hubspot_accepted"] == 5 * FIELDS
    assert metadata["salesforce_held"] == 5 * FIELDS
    told = " ".join(str(event) for event in made.all_events)
    assert TOKEN not in told + json.dumps(made.dagster_run.run_config)


def test_the_book_holds_every_field_of_both_destinations(settings, tmp_path, hubspot):
    hubspot.refuses["a1"] = "no"
    pushed(settings, crm_of(tmp_path, hubspot=hubspot))
    rows = book(
        settings,
        "select destination, status, count(*) from raw.crm_push_fields group by all order by all",
    )
    assert rows == [
        ("hubspot", "accepted", 4 * FIELDS), ("hubspot", "refused", FIELDS),
        ("hubspot", "unchanged", 5), ("salesforce", "held", 5 * FIELDS),
        ("salesforce", "unchanged", 5),
    ]  # fmt: skip


def test_a_push_brings_the_table_and_its_published_copy_up_to_date(settings, tmp_path, hubspot):
    columns = ", ".join(f"{name} {kind}" for name, kind in CRM_BOOKS["crm_push_fields"].items())
    made = f"create schema if not exists marts; create table marts.fct_crm_push ({columns})"
    alter(settings, f"{made}; comment on table marts.fct_crm_push is 'what was pushed'")
    with Warehouse.of(settings).writing() as connection:
        connection.execute(made)
    listing = json.loads(listing_of(settings).read_text())
    listing["tables"]["marts.fct_crm_push"] = {"rows": 0}
    listing_of(settings).write_text(json.dumps(listing))
    reader = duckdb.connect(str(database_of(settings)), read_only=True)
    pushed(settings, crm_of(tmp_path, hubspot=hubspot))
    counted = "select status, count(*) from marts.fct_crm_push group by all order by all"
    # Whoever has it open keeps what was there.
    assert reader.execute(counted).fetchall() == []
    reader.close()
    told = [("accepted", 35), ("held", 35), ("unchanged", 10)]
    assert book(settings, counted) == told
    with duckdb.connect(str(database_of(settings)), read_only=True) as connection:
        assert connection.execute(counted).fetchall() == told
        assert connection.execute(
            "select comment from duckdb_tables() where table_name = 'fct_crm_push'"
        ).fetchall() == [("what was pushed",)]
    files = settings.published / "parquet" / "marts" / "fct_crm_push" / "*.parquet"
    assert duckdb.execute(f"select count(*) from '{files}'").fetchall() == [(80,)]
    assert json.loads(listing_of(settings).read_text())["tables"]["marts.fct_crm_push"] == {
        "rows": 80
    }
