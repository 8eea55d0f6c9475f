"""The key of the pseudonyms: read from its file, carried by each session, and kept nowhere."""

import hashlib
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.adapters.adapt import land
from orchestration.commands.rebuild import move_aside, take_over_what_was_told
from orchestration.dbt_runner.build_state import _cause, must_be_full
from orchestration.landing.errors import LandingError
from orchestration.settings.environment import ROOT
from orchestration.settings.pseudonym_key import DEMONSTRATION_KEY, read_pseudonym_key
from orchestration.settings.values import SettingsError
from orchestration.warehouse.connection import Warehouse
from tests.cases import built
from tests.conftest import settings_in

KEY = "0123456789abcdef-a-key-that-stands-nowhere"
LOGIN = {"event_id": "e1", "event_name": "login", "event_ts": "2026-10-01T10:00:00Z",
         "received_at": "2026-10-01T10:00:01Z", "user_id": "usr_1", "account_id": "a"}  # fmt: skip


def pseudonym(key: str, person: str) -> str:
    return hashlib.md5((key + person).encode()).hexdigest()[:16]


def test_the_key_is_read_from_its_file(tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert read_pseudonym_key(tmp_path / "key") == KEY
    assert read_pseudonym_key(None) == DEMONSTRATION_KEY


def test_a_key_file_that_cannot_be_used_is_named_without_its_content(tmp_path):
    with pytest.raises(SettingsError, match=r"PSEUDONYM_KEY_FILE .*absent cannot be read"):
        read_pseudonym_key(tmp_path / "absent")
    (tmp_path / "short").write_text("secret")
    with pytest.raises(SettingsError, match="holds a key too short") as raised:
        read_pseudonym_key(tmp_path / "short")
    assert "secret" not in str(raised.value)


def test_code_opens_the_warehouse_with_the_key_of_the_settings():
    wrong = [
        str(path)
        for path in (ROOT / "orchestration").rglob("*.py")
        if re.search(r"(?<![\w])(?<!class )Warehouse\(", path.read_text())
    ]
    assert wrong == [], "open it by Warehouse.of(settings), or the demonstration's key is used"


def test_pseudonyms_are_made_with_a_key_that_no_file_holds(tmp_path, monkeypatch):
    key_file = tmp_path / "secret" / "key"
    key_file.parent.mkdir()
    key_file.write_text(KEY)
    folder = tmp_path / "kept"
    landing = built.write_landing(tmp_path / "landing", {"product/events": [LOGIN]})
    monkeypatch.setattr(
        built, "settings_in", lambda *at: replace(settings_in(*at), pseudonym_key_file=key_file)
    )
    settings = built.build(folder, landing, ["stg_product__events"])
    ask = built.asking(settings)
    assert ask("select user_id from staging.stg_product__events") == [(pseudonym(KEY, "usr_1"),)]
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        with pytest.raises(duckdb.Error, match="no key for pseudonyms"):
            connection.execute("select user_id from staging.stg_product__events").fetchall()
        texts = connection.execute("select string_agg(sql) from duckdb_views()").fetchone()[0]
    assert KEY not in texts
    for place in (folder, settings.dbt_target):
        for path in (path for path in Path(place).rglob("*") if path.is_file()):
            assert KEY.encode() not in path.read_bytes(), path
    assert not any(KEY in value for value in os.environ.values())


def test_another_key_asks_for_a_full_build(tmp_path):
    settings = settings_in(tmp_path, tmp_path)
    (tmp_path / "key").write_text(KEY)
    other = replace(settings, pseudonym_key_file=tmp_path / "key")
    with Warehouse.of(settings).writing() as connection:
        connection.execute("create schema raw")
        connection.execute(
            "create table raw.run_parameters as select date '2026-10-31' "
            "as as_of_date, null as last_full_date, null as as_of_reason, 3 as n"
        )
        connection.execute("create table raw.loads (load_id varchar, refusal varchar)")
        connection.execute("create table raw.built_loads (load_id varchar)")
        connection.execute("create table raw.replays (first_load_id varchar, file varchar)")
        cause = _cause(settings, connection)
        connection.execute(
            "create table raw.last_build as select date '2026-10-31' as as_of_date, ? as cause",
            [cause],
        )
    assert not must_be_full(settings)
    assert must_be_full(other)


def land_nothing(settings):
    with Warehouse.of(settings).writing() as connection:
        land(connection, [], settings.landing, datetime(2026, 11, 1, tzinfo=UTC), lambda text: None)


def test_without_its_key_a_warehouse_of_real_people_is_not_gone_on_with(tmp_path):
    without = settings_in(tmp_path / "kept", tmp_path / "landing")
    without.landing.mkdir()
    (tmp_path / "key").write_text(KEY)
    with_key = replace(without, pseudonym_key_file=tmp_path / "key")
    land_nothing(without)
    # An operator may choose a key later, and another one after it.
    land_nothing(with_key)
    (tmp_path / "key").write_text(f"another-{KEY}")
    land_nothing(with_key)
    # Settings that were lost are no choice.
    with pytest.raises(LandingError, match="PSEUDONYM_KEY_FILE is not set"):
        land_nothing(without)
    take_over_what_was_told(without, move_aside(without.warehouse))
    with pytest.raises(LandingError, match="PSEUDONYM_KEY_FILE is not set"):
        land_nothing(without)
    land_nothing(with_key)
