"""Whoever is to be erased is found in every kind of file that a run writes or that lands."""

import gzip
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from html import escape

import pyarrow
import pytest
from pyarrow import parquet

from orchestration.erasure.bytes_search import files_with_marks, holds, matches, pattern_of
from orchestration.erasure.traces import remove_traces
from tests.conftest import settings_in

PLAIN, WITH_UMLAUT, IRISH = "usr_770001", "jürgen@bücher.example", "o'neil@orchid.example"
PATTERN = pattern_of([PLAIN, WITH_UMLAUT, IRISH])


def letter(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Alert"
    message.set_content("x" * 70 + text + " und für alle")
    return message.as_bytes()


def workbook(path, text: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/sheet.xml", "-" * 99_999 + f"<t>{text}</t>")


WRITERS = {
    "log": lambda path, text: path.write_text(f"Refused to {text}."),
    "utf16.log": lambda path, text: path.write_text(f"- {text} -", encoding="utf-16"),
    "json": lambda path, text: path.write_text(json.dumps({"said": text})),
    "html": lambda path, text: path.write_text(f"<td>{escape(text)}</td>"),
    "jsonl.gz": lambda path, text: path.write_bytes(gzip.compress(text.upper().encode())),
    "eml": lambda path, text: path.write_bytes(letter(text)),
    "xlsx": lambda path, text: workbook(path, escape(text)),
    "parquet": lambda path, text: parquet.write_table(
        pyarrow.table({"a": ["x"] * 5000 + [text], "b": [1] * 5001}), path, compression="zstd"
    ),
    # Its halves are there before, so that no byte of the packed file tells the whole.
    "parquet.zst": lambda path, text: parquet.write_table(
        pyarrow.table({"a": [text[:6], text[6:]] * 9 + [text]}),
        path,
        compression="zstd",
        use_dictionary=False,
        write_statistics=False,
    ),
    "nested.parquet": lambda path, text: parquet.write_table(
        pyarrow.table({"a": [[{"b": text}]] * 3}), path, compression="zstd"
    ),
    "header.parquet": lambda path, text: parquet.write_table(
        pyarrow.table({text: [1]}), path, compression="zstd"
    ),
}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("mark", [PLAIN, WITH_UMLAUT, IRISH])
def test_a_mark_is_found_in_every_kind_of_file(tmp_path, kind, mark):
    if kind.startswith("utf16") and not mark.isascii():
        pytest.skip("what is of two bytes is searched for letters of one")
    path = tmp_path / f"file.{kind}"
    WRITERS[kind](path, f" {mark} ")
    assert holds(path, PATTERN)
    WRITERS[kind](path, f" {mark}9 x{mark} ")
    assert not holds(path, PATTERN)


def test_what_is_cut_or_is_not_what_its_name_says_is_read_as_far_as_it_goes(tmp_path):
    for kind, write in WRITERS.items():
        path = tmp_path / f"file.{kind}"
        write(path, "nobody")
        path.write_bytes(path.read_bytes()[:-7])
        other = tmp_path / f"other.{kind}"
        other.write_bytes(b"\xff\x00PK\x03\x04 nothing of the kind")
    assert files_with_marks([tmp_path], PATTERN) == []


def test_more_persons_than_one_expression_takes_are_found():
    marks = [f"person.{n}.planted@orchid-{n}.example" for n in range(3000)]
    pattern = pattern_of(marks)
    assert matches(f"to {marks[-1]}, and".encode(), pattern)
    assert not matches(b"to person.1.planted@orchid-2.example, and", pattern)


def test_what_was_printed_of_a_page_goes_with_the_page(tmp_path):
    for name, text in (("report", PLAIN), ("other", "nobody")):
        (tmp_path / f"{name}.html").write_text(text)
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF glyphs")
    found = files_with_marks([tmp_path], PATTERN)
    assert [path.name for path in found] == ["report.html", "report.pdf"]


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path, tmp_path / "landing")
    settings.warehouse.parent.mkdir()
    return replace(settings, landing=tmp_path / "landing")


def test_what_killed_processes_left_half_made_is_removed(settings):
    beside = settings.warehouse.parent
    for name in ("editions/weekly-2026-10-31/warehouse.duckdb", "warehouse.duckdb.adapted/0/1"):
        (beside / name).parent.mkdir(parents=True)
        (beside / name).write_bytes(b"packed")
    remove_traces(settings, PATTERN)
    assert list(beside.iterdir()) == []


def test_what_a_pruned_record_still_has_in_free_pages_is_gone(settings):
    record = settings.dagster_home / "runs.db"
    record.parent.mkdir(parents=True)
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("pragma secure_delete = off")
        connection.execute("create table event_logs (event text)")
        connection.execute("insert into event_logs values (?), ('nobody')", [f"to {PLAIN}, " * 9])
        connection.commit()
        connection.execute("delete from event_logs where event != 'nobody'")
        connection.commit()
    assert holds(record, PATTERN)
    remove_traces(settings, PATTERN)
    assert not holds(record, PATTERN)
    with closing(sqlite3.connect(record)) as connection:
        assert connection.execute("select * from event_logs").fetchall() == [("nobody",)]
