"""What the environment may say, and what is said of what it may not."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.commands import erase, run, shadow_scores, ui
from orchestration.dbt_runner.in_process import _surroundings
from orchestration.definitions import defs
from orchestration.settings.environment import NAMES, ROOT, RUNS_KEPT, Settings, SettingsError
from orchestration.settings.machine import cores, memory_bytes
from orchestration.settings.values import MEMORY
from orchestration.warehouse.connection import Warehouse


def test_without_a_word_half_of_the_memory_and_every_core_are_used():
    settings = Settings.from_environment({})
    assert settings.memory_limit == f"{memory_bytes() // 2_000_000}MB"
    assert settings.threads == cores() >= 1


def test_a_container_that_may_use_less_than_the_machine_has_is_believed(tmp_path):
    limit = tmp_path / "memory.max"
    machine = memory_bytes(limit)
    limit.write_text("1000000\n")
    assert memory_bytes(limit) == 1_000_000
    for unlimited in ("max\n", f"{machine * 1000}\n"):
        limit.write_text(unlimited)
        assert memory_bytes(limit) == machine


@pytest.mark.parametrize("text", ["2500MB", "8GB", "4GiB", "1.5 TB", "512mb"])
def test_an_amount_of_memory_is_one_that_duckdb_reads(text, tmp_path):
    settings = Settings.from_environment({"MEMORY_LIMIT": text})
    with Warehouse(tmp_path / "w.duckdb", settings.memory_limit).writing() as connection:
        (limit,) = connection.execute("select current_setting('memory_limit')").fetchone()
    with duckdb.connect(config={"memory_limit": text}) as expected:
        assert limit == expected.execute("select current_setting('memory_limit')").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [("MEMORY_LIMIT", "much"), ("MEMORY_LIMIT", "0MB"), ("MEMORY_LIMIT", "80%"),
     ("THREADS", "0"), ("THREADS", "-2"), ("THREADS", "two"), ("AS_OF", "31.10.2026"),
     ("RUNS_KEPT", "0"), ("RUNS_KEPT", "all")],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_value_and_what_was_expected(name, text):
    with pytest.raises(SettingsError, match=rf"^{name}: '{text}' is no .*expected"):
        Settings.from_environment({name: text})


def test_dbt_hears_of_the_settings_and_of_nothing_afterwards(tmp_path):
    settings = replace(
        Settings.from_environment({"MEMORY_LIMIT": "1GB", "THREADS": "3"}),
        warehouse=tmp_path / "w" / "warehouse.duckdb",
    )
    before = os.environ.copy()
    with _surroundings(settings):
        assert (os.environ["MEMORY_LIMIT"], os.environ["THREADS"]) == ("1GB", "3")
        assert Path(os.environ["WAREHOUSE"]) == settings.warehouse
    assert os.environ == before


def test_every_amount_that_is_left_out_is_one_that_may_be_said():
    assert MEMORY.fullmatch(Settings.from_environment({}).memory_limit)


@pytest.fixture
def env_file(tmp_path):
    """Return a function that writes a file of settings and gives its path."""

    def write(text):
        file = tmp_path / ".env"
        file.write_text(text)
        return file

    return write


def test_what_the_environment_leaves_out_is_read_from_the_file(env_file, tmp_path):
    file = env_file(
        "# ours\n\nLANDING=exports/today  # relative to this file\n"
        "export AS_OF='2026-10-31'\nTHREADS=3\nKNOWN_ON=2026-11-02\r\nSLACK_TOKEN=x=y\n"
        f'WAREHOUSE="{tmp_path}/with a space.duckdb"\n'
    )
    settings = Settings.from_environment({"THREADS": "1", "KNOWN_ON": ""}, file)
    assert settings.landing == tmp_path / "exports" / "today"
    assert settings.warehouse == tmp_path / "with a space.duckdb"
    assert str(settings.as_of) == "2026-10-31"
    # The environment goes before the file, also where it asks for what holds by itself.
    assert (settings.threads, settings.known_on) == (1, None)
    assert settings.runs_kept == RUNS_KEPT


def test_without_the_file_nothing_is_missed(tmp_path):
    assert Settings.from_environment({}, tmp_path / ".env") == Settings.from_environment({})


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("THREADS=1\n\nAS_OF=31.10.2026\n", 3, "AS_OF: '31.10.2026' is no date; expected"),
        ("\n\nTHREADS=two\n", 3, "THREADS: 'two' is no number of threads; expected"),
        ("THREADS=1\nMEMORY_LIMIT=80%\n", 2, "MEMORY_LIMIT: '80%' is no amount of memory"),
        ("THREADS=1\nsecret words\n", 2, "this is no setting; expected NAME=value"),
        ("THREADS\n", 1, "this is no setting; expected NAME=value"),
        ("THREADS=1\nAS_OF='2026-10-31\nX=1\n", 2, "this is no setting; expected NAME=value"),
        ("THREADS=1\nWAREHUOSE=x\n", 2, "WAREHUOSE is no setting; did you mean WAREHOUSE?"),
        ("threads=1\n", 1, "threads is no setting; did you mean THREADS?"),
    ],
)
def test_what_the_file_says_wrongly_is_named_with_file_and_line(env_file, text, line, said):
    file = env_file(text)
    with pytest.raises(SettingsError) as error:
        Settings.from_environment({}, file)
    assert str(error.value).startswith(f"{file}, line {line}: {said}")
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"\.env: cannot be read \(UnicodeDecodeError\)"):
        Settings.from_environment({}, tmp_path / ".env")


@pytest.mark.parametrize(
    "command",
    [
        lambda: run.main(["daily"]),
        lambda: erase.main([]),
        lambda: shadow_scores.main(["mature-2"]),
        lambda: ui.main([]),
    ],
    ids=["run", "erase", "shadow", "ui"],
)
def test_every_command_reads_the_file(env_file, command, monkeypatch, capsys):
    monkeypatch.setattr("orchestration.settings.environment.ENV_FILE", env_file("RUNS_KEPT=many\n"))
    monkeypatch.delenv("RUNS_KEPT", raising=False)
    monkeypatch.setattr(run, "remember_interrupts", lambda: None)
    assert command() == 1
    assert ".env, line 1: RUNS_KEPT: 'many' is no number of runs" in capsys.readouterr().err


def test_dagster_reads_the_file_too(env_file, monkeypatch):
    monkeypatch.setattr("orchestration.settings.environment.ENV_FILE", env_file("RUNS_KEPT=many\n"))
    monkeypatch.delenv("RUNS_KEPT", raising=False)
    with pytest.raises(SettingsError, match="line 1: RUNS_KEPT"):
        defs()


def test_the_example_names_every_setting_and_what_it_is_when_left_out(env_file):
    lines = [line.removeprefix("# ") for line in (ROOT / ".env.example").read_text().splitlines()]
    said = {line.split("=")[0]: line for line in lines if line.split("=")[0] in NAMES}
    assert set(said) == set(NAMES)
    changing = {"AS_OF", "KNOWN_ON", "MEMORY_LIMIT", "THREADS"}
    same = Settings.from_environment(
        dict(line.split("=", 1) for name, line in said.items() if name not in changing)
    )
    assert same == Settings.from_environment({})
    # Taking away the # before every setting gives a file that can be read.
    Settings.from_environment({}, env_file("\n".join(said.values())))


def test_no_company_is_invented_beside_a_warehouse_or_with_a_key_of_real_people(tmp_path):
    def named(**settings):
        asked = [sys.executable, "-m", "orchestration.settings.environment"]
        places = {"LANDING": str(tmp_path), "WAREHOUSE": str(tmp_path / "w.duckdb"), **settings}
        environment = {**os.environ, "PSEUDONYM_KEY_FILE": "", **places}
        told = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=True)
        return told.stdout.decode().strip()

    # The Makefile invents one where this names the folder of the project and nothing lies in it.
    assert named() == str(tmp_path)
    assert named(PSEUDONYM_KEY_FILE=str(tmp_path / "key")) == ""
    (tmp_path / "w.duckdb").touch()
    # Its files may be on a disk that is not mounted today.
    assert named() == ""
