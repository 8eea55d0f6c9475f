"""Whatever bytes land under whatever name, the load ends and every file is named in the books."""

import gzip
import io
import os
import random
import tempfile
from datetime import datetime
from pathlib import Path

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from orchestration.landing.load import land
from orchestration.warehouse.connection import Warehouse
from tests.orchestration.landing.conftest import ORDERS

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive]

TIME = "2026-01-31T10:00:00Z"
LINES = [
    '{"id": "%d", "placed_at": "2026-01-31T10:00:00Z", "seats": {"a": [1]}, "note": "x"}',
    '{"id": "%d", "id": "b", "placed_at": 1790000000, "deleted": true, "new": {"k": -1.5e3}}',
    '{"id": %d, "placed_at": "20260131", "amount": NaN, "seats": "1.0", "is_open": "Yes"}',
]
RECORDS = [
    "%d,2026-01-31T10:00:00Z,1.5,hello,,",
    '%d,2026-01-31,,"two\nlines, ""quoted""",,true',
    "Total,,%d,,,",
    "id,placed_at,amount,note,%d,_fivetran_deleted",
]
NAMES = st.text(
    st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1, max_size=8
) | st.sampled_from(["a[1]", "*", "?", "a\\[b", "**", "day=1", "{a,b}", "'", '"', "%s", "-", "~"])
ENDINGS = st.sampled_from(
    ["jsonl", "csv", "parquet", "jsonl.gz", "csv.gz", "csv.zst", "jsonl.zst", "ndjson", "CSV", "gz"]
)
PIECES = st.sampled_from(
    [
        *(b"\r", b"\n", b"\r\n", b'"', b'""', b",", b";", b"\t", b"\\", b"{", b"}", b"[", b":"),
        *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"NaN", b"1e999"),
        *(b"id,placed_at", b"placed_at,id", b"sep=;\n", b"Total", b"null", b"'", b"$.", b"\x1f"),
        *(b'"id":1,', b"PAR1", b"\x1f\x8b", b"9" * 400, b"[" * 2000, b"," * 300, b"\r" * 40),
    ]
)
# Where to change a content, how much of it goes, and what comes there instead.
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 4, 60]), PIECES | st.binary(max_size=6)),
    max_size=6,
)


def lines(count: int) -> bytes:
    return "\n".join(LINES[n % 3] % n for n in range(count)).encode()


def records(count: int) -> bytes:
    rows = [RECORDS[n % 4] % n for n in range(count)]
    return "\n".join(["id,placed_at,amount,note,,_fivetran_deleted", *rows]).encode()


def columns(count: int, codec: str) -> bytes:
    table = pyarrow.table(
        {
            "id": [str(number) for number in range(count)],
            "placed_at": [TIME] * count,
            "properties": [{"x": [number]} for number in range(count)],
            "amount": [float(number) for number in range(count)],
        }
    )
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression=codec)
    return sink.getvalue()


def changed(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, gone, piece in changes:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + gone :]
    return content


TEXTS = st.builds(
    lambda write, count, changes, pack, after: changed(pack(changed(write(count), changes)), after),
    st.sampled_from([lines, records]),
    st.sampled_from([1, 3, 20, 1200]),
    CHANGES,
    st.sampled_from(
        [bytes, gzip.compress, lambda c: pyarrow.Codec("zstd").compress(c, asbytes=True)]
    ),
    st.just([]) | CHANGES,
)
PARQUETS = st.builds(
    lambda count, codec, changes: changed(columns(count, codec), changes),
    st.sampled_from([0, 1, 50, 3000]),
    st.sampled_from(["none", "snappy", "gzip", "zstd"]),
    CHANGES,
)
CONTENTS = st.binary(max_size=300) | TEXTS | PARQUETS | st.builds(changed, st.just(b""), CHANGES)


KINDS = st.lists(
    st.tuples(
        NAMES,
        ENDINGS,
        st.sampled_from(["pipe", "folder", "nothing", "up", "beside", "zero", "/etc/hostname"]),
    ),
    max_size=3,
)


def stand(path: Path, kind: str) -> None:
    """Put something there that is no regular file."""
    if path.is_symlink() or path.exists():
        return
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        aims = {"up": "../..", "beside": "good.csv", "zero": "/dev/zero"}
        path.symlink_to(aims.get(kind, kind))


def landed(
    files: dict[str, bytes], kinds: dict[str, str] | None = None
) -> tuple[list[tuple], list[str]]:
    """Land the files beside a good one; return the books and what was reported."""
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        orders = Path(folder) / "landing/shop/orders"
        orders.mkdir(parents=True)
        (orders / "good.csv").write_text(f"id,placed_at\ngood,{TIME}\n")
        for name, content in files.items():
            (orders / name).write_bytes(content)
        for name, kind in (kinds or {}).items():
            stand(orders / name, kind)
        with Warehouse(Path(folder) / "w.duckdb").writing() as connection:
            land(connection, [ORDERS], orders.parents[1], datetime(2026, 11, 1), said.append)
            assert connection.execute(
                "select count(*) from raw.shop_orders where _file = 'shop/orders/good.csv'"
            ).fetchone() == (1,)
            books = connection.execute(
                "select file, lines_read, rows_loaded, rows_quarantined, refusal from raw.loads "
                "union all select file, lines, 0, 0, 'replay' from raw.replays order by all"
            ).fetchall()
            assert connection.execute("select count(*) from raw.shop_orders").fetchone()[0] == sum(
                loaded for _, _, loaded, *_ in books
            )
    return books, said


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NAMES, ENDINGS, CONTENTS), min_size=1, max_size=4), KINDS)
def test_every_file_is_loaded_or_refused_by_name(drawn, other_kinds):
    files = {f"{name.lstrip('.') or 'x'}.{ending}": content for name, ending, content in drawn}
    files = {name: content for name, content in files.items() if len(os.fsencode(name)) < 200}
    kinds = {f"{name.lstrip('.') or 'y'}.{ending}": kind for name, ending, kind in other_kinds}
    kinds = {n: kind for n, kind in kinds.items() if len(os.fsencode(n)) < 200 and n not in files}
    books, said = landed({"a": b"", **files}, kinds)
    named = {file for file, *_ in books}
    kinds = {name: kind for name, kind in kinds.items() if kind != "folder"}
    expected = {
        "".join(c if c.isprintable() else ascii(c).strip("'") for c in f"shop/orders/{name}")
        for name in ["a", "good.csv", *files, *kinds]
    }
    assert named == expected
    assert all(read == good + bad for _, read, good, bad, no in books if no is None)
    refused = [file for file, *_, refusal in books if refusal not in (None, "replay")]
    assert sum(line.startswith("Refused ") for line in said) == len(refused)


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_file_that_nobody_touched_is_read(ending):
    content = {"jsonl": lines(40), "csv": records(40), "parquet": columns(40, "snappy")}[ending]
    [good, other] = sorted(landed({f"one.{ending}": content})[0])
    assert good[4] is other[4] is None
    assert other[2] > 10


def test_a_header_with_no_meaning_is_never_told():
    random_words = random.Random(1)
    for _ in range(5):
        word = "".join(random_words.choices("abcdefghijklmnop", k=12))
        _, said = landed({"x.csv": f"{word},{word}@example.org\n{word},1\n".encode()})
        assert not any(word in line for line in said)
