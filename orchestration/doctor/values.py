"""What the values of a column look like, and where that was seen.

Values themselves are never kept: a shape writes every digit as 9 and every letter as a, so an
example tells what is meant and nothing about a person.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

from pyarrow import parquet

from orchestration.adapters.columns import WRAPPED
from orchestration.landing.blocks import read_blocks
from orchestration.landing.errors import ABOUT_THE_CONTENT, Refusal
from orchestration.landing.files import LandingFile
from orchestration.landing.headers import from_line, header_cells

ROWS_OF_A_FILE = 400
EXAMPLE_LENGTH = 32
IS_TIME = re.compile(
    r"(^|_|[a-z])(at|on|At|On)$|date|time|created|updated|start|_end|since|until", re.IGNORECASE
)
IS_AMOUNT = re.compile(
    r"amount|price|(^|_)mrr|(^|_)arr|total|charges|fee|minor|cents|preis|betrag|prix|montant", re.I
)
IS_KEY = re.compile(r"(^|[ _])(id|key|no|number|uuid)$|[a-z]I[dD]$", re.IGNORECASE)
NO_ORDER = "day in an order that is not told"
EPOCHS = (("epoch seconds", 9, 10), ("epoch milliseconds", 12, 13), ("epoch microseconds", 15, 16))
CLOCK = r"\d\d?:\d\d(:\d\d([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?"
IN_DIGITS = r"\d{4}[-/]?\d\d?[-/]?\d\d?"
IN_WORDS = r"([^\W\d_]{3,9}\.? \d\d?,? \d{4}|\d\d?[-/. ]+[^\W\d_]{3,9}\.?[-/ ]+\d{4})"
ZONED = re.compile(
    rf"({IN_DIGITS}[T ].*(Z|UTC|[+-]\d\d:?(\d\d)?)"
    rf"|({IN_DIGITS}|{IN_WORDS}),?[T ]{CLOCK} [A-Z]{{3,5}})$"
)
ZONELESS = re.compile(rf"({IN_DIGITS}|{IN_WORDS})(,? (at )?|T){CLOCK}$")
CALLED_UTC = re.compile(r"\bUTC\b|_utc$", re.IGNORECASE)
DAY = re.compile(rf"(\d{{4}}[-/]\d\d?[-/]\d\d?|{IN_WORDS})$")
OTHER_DAY = re.compile(r"(\d\d?)[./-](\d\d?)[./-]\d{4}( \d\d?:\d\d.*)?$")
SHORT_YEAR = re.compile(r"\d\d?[-/. ](\d\d?|[^\W\d_]{3,9})[-/. ]\d\d( \d\d?:\d\d.*)?$")
COMMA = re.compile(r"-?(\d{1,3}([. \u00a0\u202f'\u2019]\d{3})*|\d+),\d{1,2}$")
NUMBER = re.compile(r"-?\d+([.]\d+)?([eE][+-]?\d+)?$")
THOUSANDS = re.compile(r"-?\d{1,3}([, \u00a0\u202f'\u2019]\d{3})+([.]\d+)?$")
PARTED = re.compile(r"[1-9]\d{0,2}([.]\d{3})+$")
MONEY = r"([€$£¥]|EUR|USD|GBP|CHF)"
SIGNED = re.compile(
    rf"[(-]? ?({MONEY}\s?-?[\d.,' \u00a0\u202f]*\d|[\d.,' \u00a0\u202f]*\d\s?{MONEY})\)?$"
)


@dataclass(frozen=True)
class Seen:
    """A place where something was seen: file, line, and the shape of what stands there."""

    file: str
    line: int
    example: str

    def __str__(self) -> str:
        """Write it as people do."""
        return f"{self.file} line {self.line}, as {self.example}"


@dataclass
class Values:
    """What was seen of one column of one table.

    Attributes:
        count: values told.
        kinds: of each kind how many, and the first place.
        amounts: numbers as (file, line, number, is written with decimals).
        told: a hash of each value, to see whether they repeat.
        orders: which of day and month stands first, where a number above 12 tells it.
        points: numbers with points that may part thousands, and others with a point.

    """

    count: int = 0
    kinds: dict[str, tuple[int, Seen]] = field(default_factory=dict)
    amounts: list[tuple[str, int, float, bool]] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    points: Counter[bool] = field(default_factory=Counter)

    def add(self, name: str, file: str, line: int, value: object) -> None:
        """Count one value."""
        text = value if isinstance(value, str) else json.dumps(value, default=str)
        text = text.strip().strip('"')
        if not text or value is None:
            return
        self.count += 1
        self.told.add(hash(text))
        kind = kind_of(name, value, text)
        count, first = self.kinds.get(kind, (0, None))
        self.kinds[kind] = (count + 1, first or Seen(file, line, shape(text)))
        if kind == "number" and "." in text:
            self.points[bool(PARTED.match(text))] += 1
        if kind == NO_ORDER and max(pair := _first_two(text)) > 12:
            self.orders.add("day first" if pair[0] > 12 else "month first")
        if IS_AMOUNT.search(name) and (kind == "number with a comma" or THOUSANDS.match(text)):
            decimals = "," if kind == "number with a comma" else "."
            whole, _, rest = text.rpartition(decimals) if decimals in text else (text, "", "")
            number = float(f"{re.sub(r'[^0-9-]', '', whole)}.{rest or 0}")
            self.amounts.append((file, line, abs(number), bool(rest)))
        elif IS_AMOUNT.search(name) and NUMBER.match(text):
            # A whole number that was once a float is written with .0 and says nothing.
            has_decimals = "." in text and not re.search(r"[.]0$", text)
            self.amounts.append((file, line, abs(float(text)), has_decimals))

    @property
    def kind(self) -> str:
        """Return the kind of most values."""
        return max(self.kinds, key=lambda kind: self.kinds[kind][0], default="nothing")

    @property
    def repeats(self) -> bool:
        """Tell whether a value stands in more than one line."""
        return len(self.told) < self.count

    @property
    def unit(self) -> str | None:
        """Return whether amounts look like units, cents or both; None where there are none."""
        if not self.amounts:
            return None
        units = [number for _, _, number, decimals in self.amounts if decimals and number]
        whole = [number for _, _, number, decimals in self.amounts if not decimals and number]
        if not units:
            return "whole numbers: cents, or units without decimals"
        if len(whole) > 2 and len(units) > 2 and 20 <= median(whole) / median(units) <= 500:
            return "mixed"
        return "units with decimals"

    def seen_amount(self, has_decimals: bool) -> Seen:
        """Return the first place of an amount that is written so."""
        file, line, number, _ = next(a for a in self.amounts if a[3] == has_decimals and a[2])
        return Seen(file, line, shape(f"{number:.2f}" if has_decimals else f"{number:.0f}"))


def kind_of(name: str, value: object, text: str) -> str:
    """Say of which kind a value is."""
    if isinstance(value, dict | list) or text[:1] in "{[":
        return "JSON"
    if isinstance(value, bool) or text.lower() in ("true", "false", "yes", "no", "t", "f"):
        return "yes or no"
    if NUMBER.match(text):
        if IS_TIME.search(name):
            digits = len(text.split(".")[0].lstrip("-"))
            for epoch, least, most in EPOCHS:
                if least <= digits <= most:
                    return epoch
            if text in ("0", "0.0"):
                return "epoch zero"
        if IS_KEY.search(name) and len(text) > 1 and text.startswith("0") and "." not in text:
            return "number with leading zeros"
        return "number"
    if ZONELESS.match(text) and CALLED_UTC.search(name):
        return "time with a zone"
    for kind, pattern in (
        ("time with a zone", ZONED), ("time without a zone", ZONELESS), ("day", DAY),
        (NO_ORDER, OTHER_DAY), ("day with a year of two digits", SHORT_YEAR),
        ("number with a comma", COMMA), ("number", THOUSANDS), ("number", PARTED),
        ("number with a sign of a currency", SIGNED),
    ):  # fmt: skip
        if pattern.match(text):
            return kind
    return "text"


def _first_two(text: str) -> tuple[int, int]:
    first, second = re.findall(r"\d+", text)[:2]
    return int(first), int(second)


def shape(text: str) -> str:
    """Write a text so that it tells its form and none of its content."""
    form = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text[:EXAMPLE_LENGTH]))
    return form + ("…" if len(text) > EXAMPLE_LENGTH else "")


def values_of(files: list[LandingFile]) -> dict[str, Values]:
    """Look at the first rows of files; return what was seen by column, in their order."""
    found: dict[str, Values] = {}
    for file in files:
        # What cannot be read is refused by the loader, which says why.
        with suppress(Refusal, OSError, *ABOUT_THE_CONTENT):
            for line, row in rows_of(file):
                for name, value in _unwrapped(row).items():
                    found.setdefault(name, Values()).add(name, file.name, line, value)
    return found


def _unwrapped(row: Mapping[str, object]) -> Mapping[str, object]:
    inner = row.get(WRAPPED)
    if isinstance(inner, str):
        with suppress(ValueError, RecursionError):
            inner = json.loads(inner)
    return {**row, **inner} if isinstance(inner, dict) else row


def rows_of(file: LandingFile) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the first rows of a file with their lines."""
    if file.format == "parquet":
        batch = next(parquet.ParquetFile(file.path).iter_batches(ROWS_OF_A_FILE), None)
        yield from enumerate([] if batch is None else batch.to_pylist(), start=1)
        return
    block = next(read_blocks(file), None)
    if block is None:
        return
    text = block.text.decode()
    if file.format == "jsonl":
        for line, said in enumerate(text.split("\n")[:ROWS_OF_A_FILE], start=1):
            with suppress(ValueError, RecursionError):
                row = json.loads(said)
                if isinstance(row, dict):
                    yield line, row
        return
    names, delimiter, last = header_cells(block)
    below = from_line(block, last + 1)
    reader = csv.DictReader(io.StringIO(below.text.decode()), names, delimiter=delimiter)
    with suppress(csv.Error):
        for row in reader:
            if reader.line_num > ROWS_OF_A_FILE:
                return
            line = last + 1 + reader.line_num
            yield line, {name: value for name, value in row.items() if name and value}
