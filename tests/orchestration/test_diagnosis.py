"""What is wrong with a warehouse, a disk or a path is said as what it is, in one sentence."""

import errno
import random
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import duckdb
import pytest

from orchestration.commands import run as command
from orchestration.commands.rebuild import move_aside, take_over_what_was_told
from orchestration.dagster_instance import opened_instance
from orchestration.landing.tables import ensure_books
from orchestration.publication.places import listing_of
from orchestration.settings.environment import SettingsError
from orchestration.warehouse import disk_space
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.connection import (
    DamagedWarehouse,
    LockedWarehouse,
    Warehouse,
    WarehouseError,
)
from orchestration.warehouse.run_lock import begin_run, end_run
from tests.conftest import settings_in

HOLDING = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
SUMMED = "select count(*), bit_xor(hash(text)) from a"


@pytest.fixture
def settings(tmp_path):
    # The words stand in the path, too, and a quote.
    return settings_in(tmp_path / "it's a block, no lock", tmp_path / "landing")


@pytest.fixture
def whole(settings) -> bytes:
    with Warehouse.of(settings).writing() as connection:
        connection.execute("create table a as select md5(range::varchar) as text from range(50000)")
    return settings.warehouse.read_bytes()


def flipped(content: bytes, seed: int) -> bytes:
    drawn = random.Random(seed)
    at = drawn.randrange(len(content) - 64)
    return content[:at] + drawn.randbytes(64) + content[at + 64 :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: b"",
        lambda c: b"{}",
        lambda c: c[:1],
        lambda c: c[: len(c) // 2],
        lambda c: c[:-4096],
        lambda c: random.Random(1).randbytes(50_000),
        *(lambda c, seed=seed: flipped(c, seed) for seed in range(6)),
    ],
)
def test_a_damaged_warehouse_is_said_to_be_damaged_and_how_it_is_mended(settings, whole, spoil):
    settings.warehouse.write_bytes(spoil(whole))
    with (
        pytest.raises(DamagedWarehouse, match=r"is damaged: .*make rebuild") as raised,
        Warehouse.of(settings).reading() as connection,
    ):
        connection.execute(SUMMED).fetchone()
    assert str(settings.warehouse) in str(raised.value)
    assert "held by another process" not in str(raised.value)


def test_a_damaged_log_beside_a_whole_warehouse_is_said_to_be_damage(settings, whole):
    leaving = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute("
    leaving += "'create table b as select range as n from range(90000)'); os._exit(0)"
    subprocess.run([sys.executable, "-c", leaving, str(settings.warehouse)], check=True)
    ahead = settings.warehouse.with_name(f"{settings.warehouse.name}.wal")
    ahead.write_bytes(flipped(ahead.read_bytes(), 1))
    with pytest.raises(DamagedWarehouse, match="make rebuild"), Warehouse.of(settings).reading():
        pass
    # With the log it is moved aside, and the next run begins anew.
    assert move_aside(settings.warehouse)
    with Warehouse.of(settings).reading() as connection:
        assert connection.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


def test_a_warehouse_that_this_process_holds_in_another_way_is_not_said_to_be_damaged(
    settings, whole
):
    with (
        duckdb.connect(str(settings.warehouse), config={"threads": 1}),
        pytest.raises(WarehouseError, match="still open in this process") as raised,
        Warehouse.of(settings).reading(),
    ):
        pass
    assert not isinstance(raised.value, DamagedWarehouse)


def test_a_held_warehouse_is_said_to_be_held(settings, whole):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(settings.warehouse)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "1\n"
        with (
            pytest.raises(LockedWarehouse, match="is held by another process"),
            Warehouse.of(settings).reading(),
        ):
            pass
        with pytest.raises(LockedWarehouse, match="make rebuild again"):
            move_aside(settings.warehouse)
    finally:
        holder.communicate("\n")


@pytest.mark.parametrize("place", ["folder", "below a file"])
def test_a_place_that_can_hold_no_file_is_said(settings, place, monkeypatch, capsys):
    if place == "folder":
        settings.warehouse.mkdir(parents=True)
        with pytest.raises(WarehouseError, match="cannot be opened: it is a folder"):
            Warehouse.of(settings)._open()
        return
    settings.warehouse.parent.parent.mkdir(parents=True)
    settings.warehouse.parent.write_text("x")

    def opens(opened, _job):
        with Warehouse.of(opened).reading():
            return 0

    monkeypatch.setattr(command.Settings, "from_environment", lambda: settings)
    assert command.run_command(opens, "daily") == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "can only be read"), (errno.EACCES, "may not")],
)
def test_what_the_machine_refuses_is_one_sentence(settings, monkeypatch, capsys, number, says):
    def fails(_settings, _job):
        raise OSError(number, "as the system says it", "/some/where")

    monkeypatch.setattr(command.Settings, "from_environment", lambda: settings)
    assert command.run_command(fails, "daily") == 1
    said = capsys.readouterr().err
    assert said.startswith("/some/where cannot be used: ")
    assert says in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("what", ["the lock of a run", "a file"])
def test_a_full_disk_is_said_with_the_place_and_leaves_nothing_held(
    settings, monkeypatch, capsys, what
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    def does(opened, _job):
        if what == "a file":
            with write_atomically(opened.reports / "page.html") as path:
                path.write_text("x")
        else:
            begin_run(opened.warehouse)
            end_run(opened.warehouse)
        return 0

    monkeypatch.setattr(command.Settings, "from_environment", lambda: settings)
    with monkeypatch.context() as patched:
        patched.setattr("os.write" if what != "a file" else "pathlib.Path.write_text", full)
        assert command.run_command(does, "daily") == 1
    said = capsys.readouterr().err
    place = settings.reports / "page.html" if what == "a file" else settings.warehouse
    assert said.startswith(str(place.with_suffix("")))
    assert "the disk is full" in said
    assert command.run_command(does, "daily") == 0


ABSENT = [
    "select * from raw.none", "select none from there", "select there.none from there",
    "update there set none = 1", "select none.none from there",
    "select * exclude (none) from there",
]  # fmt: skip
FAULTS = [
    "select json_extract('{}', '$.[')", "select none(1)", "select a, count(*) from there",
    "select cast('a@b.example' as int)", "select strptime('a@b.example', '%Y')",
]  # fmt: skip


def asked_of_duckdb(monkeypatch, settings, query, **how):
    def asks(_settings, _job):
        with duckdb.connect() as connection:
            connection.execute("create table there (a int)")
            connection.execute(query)
        return 0

    monkeypatch.setattr(command.Settings, "from_environment", lambda: settings)
    return command.run_command(asks, "push", **how)


@pytest.mark.parametrize("query", ABSENT)
def test_only_who_reads_what_is_built_says_that_it_is_of_another_version(
    settings, monkeypatch, capsys, query
):
    assert asked_of_duckdb(monkeypatch, settings, query, reads_built=True) == 1
    assert capsys.readouterr().err.startswith("What is built is of another version of the project")
    assert asked_of_duckdb(monkeypatch, settings, query) == 1
    assert "another version" not in capsys.readouterr().err


@pytest.mark.parametrize("query", FAULTS)
def test_what_no_version_is_to_blame_for_is_one_line_with_its_place_and_without_values(
    settings, monkeypatch, capsys, query
):
    def asks():
        return asked_of_duckdb(monkeypatch, settings, query, reads_built=True)

    assert asks() == 1
    said = capsys.readouterr().err
    assert said.startswith("DuckDB could not do what orchestration/commands/run.py:")
    assert "another version" not in said
    assert "a@b" not in said
    assert said.count("\n") == 1


def test_too_little_memory_is_said_with_the_setting(settings, monkeypatch, capsys):
    query = "set memory_limit = '10MB'; set max_temp_directory_size = '0MB'; "
    query += "create table big as select random() from range(50_000_000)"
    assert asked_of_duckdb(monkeypatch, settings, query) == 1
    said = capsys.readouterr().err
    assert "MEMORY_LIMIT" in said
    assert said.count("\n") == 1


def test_too_little_room_is_said_before_anything_begins(settings, monkeypatch, capsys):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(disk_space.shutil, "disk_usage", lambda _: usage(9, 9, 20_000_000))
    monkeypatch.setattr(command.Settings, "from_environment", lambda: settings)
    assert command.run_command(command.run, "daily") == 1
    said = capsys.readouterr().err
    assert "has 20 MB free, and a run needs some 300 MB, so nothing was begun" in said
    assert not settings.warehouse.exists()


def test_room_is_asked_by_what_lies_there(settings):
    settings.landing.mkdir()
    (settings.landing / "a.csv").write_bytes(b"x" * 200_000_000)
    needed = disk_space.space_needed(settings.warehouse, settings.landing, settings.published)
    assert needed == 900_000_000


def test_room_is_asked_for_both_publications_of_a_run(settings):
    # The one before them stays for as long as somebody may read it; so does the first of the two.
    for path, size in ((settings.warehouse, 40_000_000), (settings.published / "a", 50_000_000)):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x" * size)
    needed = disk_space.space_needed(settings.warehouse, settings.landing, settings.published)
    assert needed == 20_000_000 + 2 * 50_000_000 + disk_space.LEAST // 3


def test_nothing_published_is_said_only_where_nothing_was(settings):
    assert command._what_stays(settings, None) == "Nothing was published."
    listing_of(settings).parent.mkdir(parents=True)
    listing_of(settings).write_text('{"run_id": "b", "as_of": "2026-10-31", "tables": {}}')
    assert "last good publication stays" in command._what_stays(settings, "b")
    assert "Nothing" not in command._what_stays(settings, "a")


def test_a_rebuild_moves_the_file_aside_and_keeps_what_people_were_told(settings):
    told = "('acc', date '2026-10-31', 'v1', 'good', 'scored', 80.0, 0.9, 'run')"
    with Warehouse.of(settings).writing() as connection:
        ensure_books(connection)
        connection.execute(f"insert into raw.published_scores values {told}")
    aside = move_aside(settings.warehouse)
    assert not settings.warehouse.exists()
    assert take_over_what_was_told(settings, aside) == []
    with Warehouse.of(settings).reading() as connection:
        assert connection.execute("select account_id from raw.published_scores").fetchall() == [
            ("acc",)
        ]
    shutil.copy(aside, settings.warehouse)
    settings.warehouse.write_bytes(b"garbage" * 1000)
    again = move_aside(settings.warehouse)
    assert again.read_bytes() == b"garbage" * 1000
    [line] = take_over_what_was_told(settings, again)
    assert "starts anew" in line


def test_a_rebuild_by_an_older_version_takes_over_all_books_that_it_knows(settings):
    with Warehouse.of(settings).writing() as connection:
        ensure_books(connection)
        connection.execute("alter table raw.published_scores add column told_how varchar")
        for book in ("published_scores", "published_actions"):
            connection.execute(f"insert into raw.{book} (account_id) values ('acc')")
        # What cannot be read as it is meant keeps none of the others back.
        connection.execute("alter table raw.play_effects drop column fitted_on")
        connection.execute("alter table raw.play_effects add column fitted_on varchar")
        connection.execute("insert into raw.play_effects (fitted_on) values ('some day')")
    said = take_over_what_was_told(settings, move_aside(settings.warehouse))
    assert len(said) == 2
    assert said[0].startswith("raw.published_scores: told_how is no column of this version")
    assert said[1].startswith("raw.play_effects: what no landing file holds cannot be read")
    with Warehouse.of(settings).reading() as connection:
        for book in ("published_scores", "published_actions"):
            rows = connection.execute(f"select account_id from raw.{book}").fetchall()
            assert rows == [("acc",)]


@pytest.mark.parametrize("content", [b"", b"garbage" * 3000, None])
def test_a_damaged_record_of_runs_is_put_aside_and_begun_anew(
    settings, monkeypatch, capsys, content
):
    for name in ("DAGSTER_HOME", "PYTHONPATH", "DAGSTER_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        monkeypatch.setenv(name, "")
    opened_instance(settings.dagster_home).dispose()
    stores = sorted(settings.dagster_home.rglob("*.db"))
    assert len(stores) >= 2
    for store in stores:
        store.write_bytes(store.read_bytes()[:6000] if content is None else content)
    with opened_instance(settings.dagster_home) as instance:
        assert list(instance.get_runs()) == []
    said = capsys.readouterr().err
    assert "Traceback" not in said
    if content:
        assert all(Path(f"{store}.damaged").exists() for store in stores)
        assert said.count("was damaged, so a new one is begun") == len(stores)


def test_a_wrong_key_file_is_no_damage(settings, whole):
    wrong = Warehouse(settings.warehouse, "1GB", settings.warehouse.with_name("absent"))
    with pytest.raises(SettingsError, match="cannot be read"), wrong.reading():
        pass
    with duckdb.connect(str(settings.warehouse)) as connection:
        assert connection.execute("select count(*) from a").fetchone() == (50_000,)
