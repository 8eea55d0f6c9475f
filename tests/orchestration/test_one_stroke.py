"""A publication changes in one stroke: whoever reads meanwhile sees one of them, whole.

``PUBLICATIONS`` says how many follow each other under open readers.
"""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace

import duckdb
import pytest

from orchestration.landing.tables import ensure_books
from orchestration.publication import publish as publishing
from orchestration.publication.places import (
    NAMES,
    current_of,
    database_of,
    listing_of,
    published_listing,
)
from orchestration.publication.publish import publish
from orchestration.publication.refresh import refresh_published
from orchestration.publication.relations import Relation
from orchestration.publication.switch import clear_replaced
from orchestration.settings.environment import ROOT
from tests.conftest import settings_in
from tests.orchestration.killed import OUTSIDE

PUBLICATIONS = int(os.environ.get("PUBLICATIONS", "20"))
READERS = 2
COPIED = [
    Relation("marts", "fct_days", "Days.", {"day": "Day.", "number": "Number."}, day="day"),
    Relation("reports", "rpt_number", "Number.", {"number": "Number."}),
]
PAGE = [Relation("reports", "rpt_page", "Number.", {"number": "Number."})]
# What changes from one publication to the next is the number, in every table and file of it.
NUMBERED = """
create or replace table marts.fct_days as
select day::date as day, {number} as number
from generate_series(date '2026-01-01', date '2026-12-31', interval 1 day) as days (day);
create or replace table reports.rpt_number as select {number} as number;
create or replace table reports.rpt_page as select {number} as number;
"""
# A reader of its own process, until it is told to stop: says what it saw, in a line each time.
READING = """
import json, sys, traceback
from pathlib import Path
import duckdb
published, stop = Path(sys.argv[1]), Path(sys.argv[2])
def numbers(folder):
    seen = [json.loads((folder / "manifest.json").read_text())["run_id"]]
    with duckdb.connect(str(folder / "customer_health.duckdb"), read_only=True) as connection:
        tables = ("marts.fct_days", "reports.rpt_number")
        seen += [connection.execute(f"select distinct number from {t}").fetchall() for t in tables]
    with duckdb.connect(str(folder / "page.duckdb"), read_only=True) as connection:
        seen.append(connection.execute("select number from reports.rpt_page").fetchall())
    with duckdb.connect() as connection:
        for table in ("marts/fct_days", "reports/rpt_number"):
            files = folder / "parquet" / table / "*.parquet"
            seen.append(connection.execute(f"select distinct number from '{files}'").fetchall())
    return seen
while True:
    done = stop.exists()
    try:
        # Who reads several files asks once where the publication lies.
        print(json.dumps(numbers((published / "current").resolve())), flush=True)
        # One file alone can be opened by its promised name.
        for name in ("customer_health.duckdb", "page.duckdb"):
            with duckdb.connect(str(published / name), read_only=True) as connection:
                connection.execute("select count(*) from duckdb_tables()").fetchone()
        json.loads((published / "manifest.json").read_text())
        with duckdb.connect() as connection:
            files = published / "parquet/reports/rpt_number/*.parquet"
            connection.execute(f"select number from '{files}'").fetchall()
    except Exception:
        print(json.dumps(["error", traceback.format_exc()]), flush=True)
    if done:
        break
"""
PUBLISHING = """
import os, signal, sys
from pathlib import Path
from orchestration.publication.publish import publish
from tests.orchestration.killed import counting
from orchestration.publication import publish as publishing
from tests.orchestration.test_one_stroke import COPIED, PAGE, keep_no_other_books, settings_in
vars(publishing).update(keep_no_other_books())
folder, at, run_id = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
sys.setprofile(counting(at))
publish(settings_in(folder, folder), COPIED, run_id, PAGE)
sys.setprofile(None)
print(counting.calls)
"""


def change(settings, number: int, since: str = "0001-01-01") -> None:
    """Give every table a number, where any day can differ from what is published or later ones."""
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(NUMBERED.format(number=number))
        connection.execute(
            "update raw.last_publication set unpublished_from = cast(? as date)", [since]
        )


def keep_no_other_books() -> dict[str, object]:
    """Return what stands in the place of the notes that a publication leaves in the warehouse.

    They are made of tables of a whole company, and are not what is published.
    """
    noted = [name for name in vars(publishing) if name.startswith("remember_")]
    return {
        name: lambda *_: None
        for name in (*noted, "write_assignments")
        if name != "remember_publication"
    }


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Return settings of a warehouse of three tiny tables, published once as number 0."""
    for name, nothing in keep_no_other_books().items():
        monkeypatch.setattr(publishing, name, nothing)
    settings = settings_in(tmp_path, tmp_path / "landing")
    settings.warehouse.parent.mkdir()
    with duckdb.connect(str(settings.warehouse)) as connection:
        ensure_books(connection)
        connection.execute("create schema marts; create schema reports")
        connection.execute(
            "create table raw.run_parameters as select date '2026-12-31' as as_of_date"
        )
    change(settings, 0)
    publish(settings, COPIED, "0", PAGE)
    return settings


def numbers(settings) -> list[int]:
    """Return the number that each form of the publication has, by its promised name."""
    published = settings.published
    found = [int(json.loads((published / "manifest.json").read_text())["run_id"])]
    for name, table in (("customer_health", "rpt_number"), ("page", "rpt_page")):
        with duckdb.connect(str(published / f"{name}.duckdb"), read_only=True) as connection:
            found += connection.execute(f"select number from reports.{table}").fetchone()
    files = published / "parquet/reports/rpt_number/*.parquet"
    return [*found, *duckdb.execute(f"select number from '{files}'").fetchone()]


@pytest.mark.exhaustive
def test_readers_during_many_publications_see_no_error_and_nothing_mixed(settings, tmp_path):
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READING, str(settings.published), str(stop)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(READERS)]
    try:
        for number in range(1, PUBLICATIONS + 1):
            change(settings, number)
            publish(settings, COPIED, str(number), PAGE)
    finally:
        stop.touch()
    seen = [
        json.loads(line)
        for one in readers
        for line in one.communicate(timeout=120)[0].split("\n")
        if line
    ]
    assert [one for one in seen if one[0] == "error"] == []
    for run_id, *others in seen:
        assert others == [[[int(run_id)]]] * 5
    assert len({run_id for run_id, *_ in seen}) > min(3, PUBLICATIONS / 4)
    assert max(int(run_id) for run_id, *_ in seen) == PUBLICATIONS


def test_the_promised_names_lead_to_the_one_that_holds(settings):
    assert numbers(settings) == [0, 0, 0, 0]
    change(settings, 1)
    publish(settings, COPIED, "1", PAGE)
    assert numbers(settings) == [1, 1, 1, 1]
    for name in NAMES:
        assert (settings.published / name).resolve().parent == current_of(settings.published)


def test_a_reader_that_holds_the_old_one_keeps_all_of_it_for_the_hours_set(settings):
    old = current_of(settings.published)
    change(settings, 1)
    publish(settings, COPIED, "1", PAGE)
    assert duckdb.execute(f"select number from '{old}/parquet/reports/*/*.parquet'").fetchall() == [
        (0,)
    ]
    assert clear_replaced(settings.published, hours=1) == 0
    os.utime(old, (time.time() - 3601,) * 2)
    change(settings, 2)
    publish(settings, COPIED, "2", PAGE)
    assert not old.exists()
    assert len(list((settings.published / "publications").iterdir())) == 2
    assert clear_replaced(settings.published, hours=0) == 1
    assert numbers(settings) == [2, 2, 2, 2]


def test_after_an_erasure_no_older_publication_stays(settings):
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("delete from raw.last_publication")
    publish(settings, COPIED, "1", PAGE)
    assert [path.name for path in (settings.published / "publications").iterdir()] == ["000002"]


def test_files_that_cannot_have_changed_are_the_same_files_and_take_no_room(settings):
    quarters = settings.published / "parquet/marts/fct_days"
    before = {path.name: path.stat().st_ino for path in quarters.iterdir()}
    change(settings, 0, since="2026-10-05")
    publish(settings, COPIED, "1", PAGE)
    after = {path.name: path.stat().st_ino for path in quarters.iterdir()}
    assert len(before) == 4
    assert {name for name in before if before[name] == after[name]} == {
        "2026-q1.parquet", "2026-q2.parquet", "2026-q3.parquet",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["customer_health.duckdb", "page.duckdb", "q1", "manifest.json"])
@pytest.mark.parametrize("left", [0, 0.5, None])
def test_what_somebody_spoilt_of_the_last_one_is_not_taken_over(settings, name, left):
    folder = current_of(settings.published)
    path = folder / name
    if name == "q1":
        path = folder / "parquet/marts/fct_days/2026-q1.parquet"
    content = path.read_bytes()
    path.write_bytes(b"spoilt" * 999 if left is None else content[: int(left * len(content))])
    change(settings, 0, since="2026-10-05")
    publish(settings, COPIED, "1", PAGE)
    assert numbers(settings) == [1, 0, 0, 0]
    files = settings.published / "parquet/marts/fct_days/*.parquet"
    assert duckdb.execute(f"select count(*) from '{files}'").fetchone() == (365,)


def test_where_a_file_can_have_one_name_only_it_is_copied(settings, monkeypatch):
    def refused(*_):
        raise PermissionError("no second name of a file here")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refused)
    change(settings, 0, since="2026-10-05")
    publish(settings, COPIED, "1", PAGE)
    files = settings.published / "parquet/marts/fct_days/*.parquet"
    assert duckdb.execute(f"select count(*) from '{files}'").fetchone() == (365,)


def test_what_lay_there_without_links_is_taken_over(settings):
    """As publications did before they were folders of their own."""
    place = current_of(settings.published)
    for name in NAMES:
        (settings.published / name).unlink()
        (place / name).rename(settings.published / name)
    (settings.published / "current").unlink()
    shutil.rmtree(settings.published / "publications")
    plain = {path.name: path.stat().st_ino for path in settings.published.glob("parquet/marts/*/*")}
    assert published_listing(settings)["run_id"] == "0"
    change(settings, 1, since="2026-10-05")
    publish(settings, COPIED, "1", PAGE)
    assert numbers(settings) == [1, 1, 1, 1]
    taken = {path.name: path.stat().st_ino for path in settings.published.glob("parquet/marts/*/*")}
    assert sum(taken[name] == plain[name] for name in plain) == 3


def test_a_copy_of_the_folder_without_links_is_published_over(settings, tmp_path):
    shutil.copytree(settings.published, tmp_path / "plain")
    moved = replace(settings, published=tmp_path / "plain")
    change(settings, 1)
    publish(moved, COPIED, "1", PAGE)
    assert numbers(moved) == [1, 1, 1, 1]


def test_what_fails_leaves_every_name_as_it_was(settings):
    before = current_of(settings.published)
    with pytest.raises(duckdb.CatalogException):
        publish(settings, [*COPIED, Relation("marts", "fct_not_there", "", {})], "1", PAGE)
    assert current_of(settings.published) == before
    assert [path.name for path in (settings.published / "publications").iterdir()] == ["000001"]


def test_what_people_open_is_as_open_as_asked_and_the_page_is_its_owners(settings):
    modes = {
        name: stat.S_IMODE((settings.published / name).stat().st_mode)
        for name in ("customer_health.duckdb", "manifest.json", "page.duckdb", "parquet")
    }
    assert modes["page.duckdb"] == 0o600
    assert modes["customer_health.duckdb"] == modes["manifest.json"] >= 0o600
    assert modes["parquet"] & 0o700 == 0o700


def test_a_table_brought_up_to_date_alone_changes_in_every_form_at_once(settings):
    before, held = current_of(settings.published), numbers(settings)
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create table marts.fct_pushed as select 0 as number")
        connection.execute("create table raw.pushes as select unnest(range(5)) as number")
    pushed = Relation("marts", "fct_pushed", "Number.", {"number": "Number."})
    publish(settings, [*COPIED, pushed], "1", PAGE)
    old, seen = current_of(settings.published), []

    def hook(frame, event, called):
        if event == "c_call" and called.__name__ in OUTSIDE:
            sys.setprofile(None)
            folder = current_of(settings.published)
            seen.append((folder.name, *rows_of_pushed(folder)))
            sys.setprofile(hook)

    with duckdb.connect(str(settings.warehouse)) as connection:
        sys.setprofile(hook)
        refresh_published(settings, connection, "fct_pushed", "pushes")
        sys.setprofile(None)
    assert set(seen) == {("000002", 1, 1, 1), ("000003", 5, 5, 5)}
    assert rows_of_pushed(old) == (1, 1, 1)
    assert rows_of_pushed(current_of(settings.published)) == (5, 5, 5)
    assert numbers(settings) == [1, *held[1:]]
    assert before.exists()
    same = {path.stat().st_ino for path in old.rglob("fct_days/*")}
    assert same == {p.stat().st_ino for p in current_of(settings.published).rglob("fct_days/*")}


def rows_of_pushed(folder) -> tuple[int, int, int]:
    """Return the rows of a table as each form of a publication has them."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder}/customer_health.duckdb' as c (read_only)")
        (rows,) = connection.execute("select count(*) from c.marts.fct_pushed").fetchone()
        files = folder / "parquet/marts/fct_pushed/*.parquet"
        (in_files,) = connection.execute(f"select count(*) from '{files}'").fetchone()
    listing = json.loads((folder / "manifest.json").read_text())
    return rows, in_files, listing["tables"]["marts.fct_pushed"]["rows"]


@pytest.mark.exhaustive
def test_killed_anywhere_it_is_the_old_or_the_new_one_and_the_next_completes_it(settings):
    folder = settings.published.parent
    kills = int(os.environ.get("KILLS", "4"))

    def published(at: int, run_id: int) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", PUBLISHING, str(folder), str(at), str(run_id)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    change(settings, 1)
    whole = published(0, 1)
    assert whole.returncode == 0, whole.stderr
    calls, last = int(whole.stdout), 1
    for number in range(kills):
        at = 1 + number * (calls - 1) // max(1, kills - 1)
        change(settings, number + 2)
        killed = published(at, number + 2)
        assert killed.returncode in (-signal.SIGKILL, 0), killed.stderr
        found = numbers(settings)
        assert len(set(found)) == 1, (at, found)
        assert found[0] in (last, number + 2)
        completed = published(0, number + 2)
        assert completed.returncode == 0, (at, completed.stderr)
        last = number + 2
        assert numbers(settings) == [last] * 4
        assert not list(settings.published.glob("**/*unfinished*"))
    assert listing_of(settings).exists()
    assert database_of(settings).exists()
