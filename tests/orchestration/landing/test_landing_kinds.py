"""Whatever stands in a landing folder: files are read once, all else is named, nothing waits."""

import errno
import gzip
import io
import os
import random
import socket
import subprocess
import threading
import time
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from orchestration.landing import files, quiet_files
from orchestration.landing.files import LINK, NO_FILE, NO_FOLDER, Limits
from orchestration.landing.headers import MOST_CELLS

DAY = "2026-01-31"
GOOD = f"id,placed_at\ngood,{DAY}\n"
PLANS = "plan,price\nbasic,3\n"
DEEPER_THAN_CALLS = 1500


def books(company) -> dict[str, str | None]:
    return dict(company.rows("select file, refusal from raw.loads"))


def test_what_is_no_regular_file_is_named_and_keeps_nobody_waiting(company, tmp_path):
    outside = tmp_path / "secret.csv"
    outside.write_text(GOOD.replace("good", "secret"))
    orders = company.put("good.csv", GOOD).parent
    os.mkfifo(orders / "pipe.jsonl")
    (orders / "zero.csv").symlink_to("/dev/zero")
    (orders / "out.csv").symlink_to(outside)
    (orders / "again.csv").symlink_to(orders / "good.csv")
    (orders / "up").symlink_to("../..")
    (orders / "self.csv").symlink_to("self.csv")
    (orders / "nowhere.csv").symlink_to("nothing")
    here = Path.cwd()
    os.chdir(orders)  # The address of a socket may be no longer than 107 bytes.
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("listening.csv")
        os.chdir(here)
        company.land()
    links = ("again.csv", "nowhere.csv", "out.csv", "self.csv", "up", "zero.csv")
    assert books(company) == {
        "shop/orders/good.csv": None,
        "shop/orders/listening.csv": NO_FILE,
        "shop/orders/pipe.jsonl": NO_FILE,
        **{f"shop/orders/{name}": LINK for name in links},
    }
    assert company.ids() == ["good"]


def test_a_file_that_becomes_a_pipe_before_it_is_opened_keeps_nobody_waiting(company, monkeypatch):
    path = company.put("one.csv", GOOD)
    company.put("two.csv", GOOD.replace("good", "b"))
    kind = files._kind

    def swapped(looked_at: Path) -> str | None:
        said = kind(looked_at)
        if looked_at == path:
            path.unlink()
            os.mkfifo(path)
        return said

    monkeypatch.setattr(files, "_kind", swapped)
    company.land()
    assert books(company) == {"shop/orders/one.csv": NO_FILE, "shop/orders/two.csv": None}


@pytest.mark.parametrize("folder", ["shop", "shop/orders"])
def test_a_folder_that_is_a_link_is_named_and_the_other_tables_load(company, tmp_path, folder):
    (tmp_path / "elsewhere/orders").mkdir(parents=True)
    (tmp_path / "elsewhere/orders/x.csv").write_text(GOOD)
    (tmp_path / "elsewhere/x.csv").write_text(GOOD)
    if folder == "shop/orders":
        company.put("basic.csv", PLANS, "shop/plans")
    (company.landing / folder).symlink_to(tmp_path / "elsewhere")
    company.land()
    loaded = {"shop/plans/basic.csv": None} if folder == "shop/orders" else {}
    assert books(company) == {"shop/orders": LINK, **loaded}
    assert company.ids() == []


def test_a_file_in_the_place_of_a_folder_is_named(company):
    company.put("orders", GOOD, "shop")
    company.put("basic.csv", PLANS, "shop/plans")
    company.land()
    assert books(company) == {"shop/orders": NO_FOLDER, "shop/plans/basic.csv": None}


def test_a_folder_that_cannot_be_listed_is_named_and_the_rest_loads(company, monkeypatch):
    company.put("one.csv", GOOD)
    closed = company.put("two.csv", GOOD, "shop/orders/closed").parent
    listed = files.visible

    def visible(folder: Path) -> list[Path]:
        if folder == closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(files, "visible", visible)
    company.land()
    assert books(company) == {
        "shop/orders/one.csv": None,
        "shop/orders/closed": "cannot be read: Permission denied",
    }


def test_folders_deeper_than_calls_may_be_are_walked(company):
    company.put("one.csv", GOOD)
    here = Path.cwd()
    os.chdir(company.landing / "shop/orders")
    try:
        for _ in range(DEEPER_THAN_CALLS):
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
        company.land()
    finally:
        os.chdir(here)
        # Python's own way to remove a folder calls itself for each below it.
        subprocess.run(["rm", "-rf", company.landing / "shop/orders/d"], check=True)
    assert company.ids() == ["good"]


def test_names_that_are_no_text_are_told_escaped(company):
    company.put("one.csv", GOOD)
    for name in (b"caf\xe9", b"new\nline", "turned\u202e".encode()):
        os.mkdir(os.fsencode(company.landing) + b"/" + name)  # noqa: PTH102
        path = os.fsencode(company.landing / "shop/orders") + b"/" + name + b".csv"
        Path(os.fsdecode(path)).write_bytes(GOOD.encode() + name[:2])
    company.land()
    assert company.reported[0] == (
        "Not loaded, as no source table is declared for it: caf\\udce9, new\\nline, turned\\u202e"
    )
    assert sorted(books(company)) == [
        "shop/orders/caf\\udce9.csv",
        "shop/orders/new\\nline.csv",
        "shop/orders/one.csv",
        "shop/orders/turned\\u202e.csv",
    ]
    assert all(line.isprintable() for line in company.reported)


def test_a_thousand_strangers_are_one_short_line(company):
    for number in range(1000):
        company.put(f"stray{number:04}.csv", "", "")
    company.land()
    assert company.reported[0].endswith("stray0019.csv and 980 more")


@pytest.mark.parametrize("count", [MOST_CELLS + 1, 2_000_000])
def test_a_header_of_too_many_columns_is_refused_at_once(company, count):
    company.put("wide.csv", "id,placed_at" + ",x" * (count - 2) + f"\na,{DAY}\n")
    company.put("good.csv", GOOD)
    started = time.process_time()
    company.land()
    assert company.refusals() == [
        f"line 1 has {count:,} cells; expected a header of at most {MOST_CELLS:,}"
    ]
    assert time.process_time() - started < 20


def test_a_header_with_a_carriage_return_among_its_cells_costs_no_other_file(company):
    company.put("one.csv", f"id,pla\rced_at\na,{DAY}\n")
    company.put("two.csv", f"id\r,placed_at\nb,{DAY}\n")
    company.put("three.csv", f"\r\r\nid,placed_at\r\r\nc,{DAY}\r\r\n")
    company.put("good.csv", GOOD)
    company.land()
    assert "good" in company.ids()
    assert len(books(company)) == 4


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv.gz", b"Josefine"),
        ("x.csv.gz", gzip.compress(GOOD.encode(), mtime=0) + b"Josefine"),
        ("x.csv.zst", b"Josefine"),
        ("x.parquet", b"Josefine" * 20),
        ("x.parquet", b"PAR1Josefine" * 20 + b"PAR1"),
        ("x.csv", f"id,placed_at,NOTE,NOTE,Josefine,Josefine\na,{DAY},1,2,3,4\n".encode()),
        ("x.csv", b"Josefine," * (MOST_CELLS + 1)),
    ],
)
def test_a_refusal_shows_no_byte_of_the_file(company, name, content):
    company.put(name, content)
    company.land()
    [refusal] = company.refusals()
    told = "\n".join([*company.reported, *map(str, company.rows("from raw.quarantine"))])
    assert "Jo" not in refusal + told


@pytest.mark.parametrize("pack", [gzip.compress, lambda c: pyarrow.compress(c, "zstd", True)])
def test_a_file_that_unpacks_beyond_the_ratio_is_refused_while_it_is_read(
    company, monkeypatch, pack
):
    monkeypatch.setattr(files, "LEAST_LIMIT", 1024 * 1024)
    bomb = pack(b"\n" * 40_000_000)
    suffix = "gz" if pack is gzip.compress else "zst"
    company.put(f"bomb.jsonl.{suffix}", bomb)
    told_apart = random.Random(1)
    rows = [f"{told_apart.getrandbits(256):064x},{DAY}\n" for _ in range(20_000)]
    company.put(f"large.csv.{suffix}", pack("".join(["id,placed_at\n", *rows]).encode()))
    company.land(limits=Limits(unpack_ratio=100))
    [refusal] = company.refusals()
    assert refusal.startswith("it unpacks to more than ")
    assert refusal.endswith("raise UNPACK_RATIO")
    assert len(company.ids()) == len(rows)
    company.land(limits=Limits(unpack_ratio=10**9))
    assert company.refusals() == ["empty file: it has no lines"]


def test_a_file_cut_in_its_last_field_is_left_to_the_next_run(company, monkeypatch):
    path = company.put("one.csv", f"id,placed_at,amount\na,{DAY},1.5\nb,{DAY},12")
    company.put("two.csv", GOOD)
    whole = f"id,placed_at,amount\na,{DAY},1.5\nb,{DAY},1250\n"
    # The other process writes on while this one waits, and is not done yet.
    monkeypatch.setattr(quiet_files.time, "sleep", lambda _: path.write_text(whole[:-2]))
    done = company.land(limits=Limits(quiet_seconds=5))["orders"]
    assert company.ids() == ["good"]
    assert list(done.waiting) == ["shop/orders/one.csv"]
    assert company.reported[0].startswith("Waiting ")
    assert company.reported[1].startswith("Not loaded yet: shop/orders/one.csv waits for the next")
    path.write_text(whole)
    company.land(limits=Limits(quiet_seconds=5))
    assert company.rows("select amount from raw.shop_orders where id = 'b'") == [(1250.0,)]


def test_a_file_without_a_last_line_end_is_read_once_it_has_been_quiet(company, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(quiet_files.time, "sleep", slept.append)
    path = company.put("one.csv", GOOD.rstrip())
    company.land(limits=Limits(quiet_seconds=5))
    assert company.ids() == ["good"]
    assert len(slept) == 1
    assert 0 < slept[0] <= 5
    path.write_text(GOOD.replace("good", "b").rstrip())
    os.utime(path, (0, time.time() - 60))
    company.put("two.csv", GOOD)
    company.put("three.csv.gz", gzip.compress(GOOD.replace("good", "c").rstrip().encode()))
    company.land(limits=Limits(quiet_seconds=5))
    assert company.ids() == ["b", "c", "good"]
    assert len(slept) == 1


def test_a_file_that_somebody_writes_slowly_never_brings_half_a_value(company):
    """A writer that pauses in the midst of a field, for less than a file has to be quiet."""
    path = company.put("one.csv", "id,placed_at,amount\n")
    done = threading.Event()

    def write() -> None:
        with path.open("a") as out:
            for number in range(12):
                for part in (f"{number},{DAY},1", "2345"):
                    out.write(part)
                    out.flush()
                    time.sleep(0.08)
                out.write("\n")
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        company.land(limits=Limits(quiet_seconds=0.4))
        assert company.rows("select count(*) from raw.shop_orders where amount <> 12345") == [(0,)]
    writer.join()
    company.land(limits=Limits(quiet_seconds=0.4))
    assert company.rows("select count(*) from raw.shop_orders") == [(12,)]


def test_a_parquet_file_is_no_stream_that_waits(company):
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"id": ["p"], "placed_at": [DAY]}), sink)
    company.put("one.parquet", sink.getvalue())
    assert company.land(limits=Limits(quiet_seconds=60))["orders"].waiting == {}
    assert company.ids() == ["p"]


def test_a_file_is_no_replay_of_one_that_was_refused(company):
    """Whoever puts a name right may leave the file of the wrong one where it is."""
    packed = gzip.compress(GOOD.encode())
    for name in ("one.csv", "one.csv.gz", "two.csv.gz", "three.csv"):
        company.put(name, packed)
    for _ in range(2):
        company.land()
        assert company.ids() == ["good"]
        assert books(company) == {"shop/orders/one.csv.gz": None}
        replays = {file for (file,) in company.rows("select file from raw.replays")}
        assert replays == {f"shop/orders/{n}" for n in ("one.csv", "three.csv", "two.csv.gz")}
        assert not [line for line in company.reported if line.startswith("Refused ")]


def test_equal_files_that_cannot_be_read_are_refused_by_name_each(company):
    for name in ("one.csv", "two.csv", "three.csv"):
        company.put(name, gzip.compress(GOOD.encode()))
    company.land()
    assert len(books(company)) == 3
    assert None not in books(company).values()
    assert company.rows("select file from raw.replays") == []
