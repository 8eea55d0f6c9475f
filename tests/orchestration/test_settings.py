"""What the environment may say, and what is said of what it may not."""

import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.dbt_in_process import _surroundings
from orchestration.machine import cores, memory_bytes
from orchestration.settings import MEMORY, Settings, SettingsError
from orchestration.warehouse import Warehouse


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
     ("THREADS", "0"), ("THREADS", "-2"), ("THREADS", "two"), ("AS_OF", "31.10.2026")],
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
