"""Whatever lands, in whatever form, order and number of runs, the same rows are in raw."""

import csv
import gzip
import io
import json
import random
import re
import tempfile
from datetime import datetime
from pathlib import Path

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from orchestration.landing import blocks
from orchestration.landing.casts import NULL_OF_TEXTS, NULLS
from orchestration.landing.load import land
from orchestration.warehouse.connection import Warehouse
from tests.orchestration.landing.conftest import ORDERS

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive]

TIME = "2026-01-31T10:00:00Z"
# What says that nothing is told, as NULL does, is no text: test_landing_exports.py has it.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12).filter(
    lambda text: not re.fullmatch(NULLS + NULL_OF_TEXTS, text.lower())
)
KINDS = ["good", "good", "good", "no time", "bad time", "negative", "drift"]
ROWS = st.lists(st.tuples(st.sampled_from(KINDS), TEXT), min_size=1, max_size=12)
BROKEN = {
    "jsonl": [b"{", b"[1]", b'"text"', b"\xff\xfe", b'{"id": "\xc3"}'],
    "csv": [b"x", b"a,b,c,d,e,f", b'x,"', b'x,y"z",,', b"\xff,,,", b'"a"b,,,'],
}
FORMS = ["jsonl", "jsonl.gz", "jsonl.zst", "csv", "csv.gz", "csv.zst", "parquet"]
FILE = st.tuples(
    st.sampled_from(FORMS), ROWS, st.lists(st.integers(0, 5), max_size=4), st.randoms()
)


def values(kind: str, identifier: str, note: str) -> dict:
    times = {"no time": "", "bad time": "then"}
    amounts = {"negative": "-1"}
    return {
        "id": identifier,
        "placed_at": times.get(kind, TIME),
        "amount": amounts.get(kind, "1.5"),
        "note": note,
    }


def jsonl(rows: list[dict], broken: list[int], order: random.Random) -> bytes:
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in rows]
    lines += [BROKEN["jsonl"][number % 5] for number in broken]
    order.shuffle(lines)
    return order.choice([b"\n", b"\r\n"]).join(lines)


def table(rows: list[dict], broken: list[int], order: random.Random) -> bytes:
    records = []
    for row in rows:
        text = io.StringIO()
        csv.DictWriter(text, list(rows[0]), lineterminator="\r\n").writerow(row)
        records.append(text.getvalue().removesuffix("\r\n").encode())
    records += [BROKEN["csv"][number % 6] for number in broken if number % 6 != 2]
    order.shuffle(records)
    return b"\n".join([",".join(rows[0]).encode(), *records])


def columns(rows: list[dict]) -> bytes:
    sink = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), sink)
    return sink.getvalue()


def written(form: str, rows: list[dict], broken: list[int], order: random.Random) -> bytes:
    if form == "parquet":
        return columns(rows)
    content = (jsonl if form.startswith("jsonl") else table)(rows, broken, order)
    if form.endswith(".gz"):
        return gzip.compress(content)
    if form.endswith(".zst"):
        return pyarrow.Codec("zstd").compress(content, asbytes=True)
    return content


def loaded(
    files: dict[str, bytes], runs: list[list[str]], read_bytes: int = blocks.READ_BYTES
) -> tuple[list, list, tuple]:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(blocks, "READ_BYTES", read_bytes)
        landing = Path(folder) / "landing" / "shop" / "orders"
        landing.mkdir(parents=True)
        with Warehouse(Path(folder) / "w.duckdb").writing() as connection:
            for names in runs:
                for name in names:
                    (landing / name).write_bytes(files[name])
                land(connection, [ORDERS], landing.parents[1], datetime(2026, 11, 1), str)
            fetch = lambda query: connection.execute(query).fetchall()  # noqa: E731
            return (
                fetch(
                    "select id, note, _file, _line, _load_id, _extra from raw.shop_orders "
                    "order by all"
                ),
                fetch("select * from raw.quarantine order by all"),
                fetch("select * exclude loaded_at from raw.loads order by all"),
            )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FILE, min_size=1, max_size=5), st.randoms())
def test_every_line_is_loaded_or_quarantined_whatever_the_order_and_the_number_of_runs(
    drawn, order
):
    files, expected = {}, []
    for place, (form, kinds, broken, own_order) in enumerate(drawn):
        rows = []
        for number, (kind, note) in enumerate(kinds):
            row = values(kind, f"{place}-{number}", note)
            if any(kind == "drift" for kind, _ in kinds):
                row["new"] = "x"
            rows.append(row)
            if kind in ("good", "drift"):
                expected.append((row["id"], note or None))
        files[f"{place}.{form}"] = written(form, rows, broken, own_order)
    shuffled = sorted(files)
    order.shuffle(shuffled)
    cut = order.randint(0, len(shuffled))
    rows, quarantined, loads = loaded(files, [sorted(files)])
    assert sorted((row[0], row[1]) for row in rows) == sorted(
        expected, key=lambda pair: (pair[0], pair[1] or "")
    )
    assert len(rows) == sum(load[6] for load in loads)
    assert len(quarantined) == sum(load[7] for load in loads)
    assert all(read == good + bad for *_, read, good, bad, _ in loads)
    read_bytes = order.choice([1, 7, 64])
    assert loaded(files, [shuffled[:cut], shuffled[cut:]], read_bytes) == (
        rows,
        quarantined,
        loads,
    )
