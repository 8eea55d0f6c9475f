"""Where the records of a CSV text begin and end, and which of them are malformed.

A quoted field may hold delimiters and line ends, so a record may span lines. A quote that is
never closed costs its own line only, not the rest of the file. What is not here: the fields'
values, which pyarrow reads in ``records``.
"""

import re
from dataclasses import dataclass, field

import numpy
import pyarrow
from pyarrow import compute

from orchestration.landing.blocks import texts

LONGEST_RECORD = 16 * 1024 * 1024
QUOTE, RETURN, NEWLINE = ord('"'), ord("\r"), ord("\n")


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written.

    Attributes:
        delimiter: between the fields.
        header: what the fields are called, also those whose cell in the header is empty.
        named: place of the last field that the header gives a name, from 1.

    """

    delimiter: str
    header: tuple[str, ...]
    named: int = 0
    whole: re.Pattern[bytes] = field(init=False)
    opening: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Write the patterns of a well-quoted record and of one whose last quote is open."""
        delimiter = self.escaped
        quoted = r'"[^"]*+(?:""[^"]*+)*+'
        any_field = rf'(?:{quoted}"|[^"{delimiter}]*+)'
        whole = rf"{any_field}(?:{delimiter}{any_field})*+"
        opening = rf"(?:{any_field}{delimiter})*+{quoted}"
        object.__setattr__(self, "whole", re.compile(whole.encode()))
        object.__setattr__(self, "opening", re.compile(opening.encode()))

    @property
    def escaped(self) -> str:
        """Return the delimiter for a regular expression; Arrow's know a tab by its letter only."""
        return r"\t" if self.delimiter == "\t" else re.escape(self.delimiter)


@dataclass(frozen=True)
class Records:
    """The records of a text.

    Attributes:
        first_lines: index of the line at which each record begins.
        ends: end of each record in the text.
        badly_quoted: for each record, whether its quotes make no sense.
        unfinished_from: index of the line at which an open record begins, if one does.

    """

    first_lines: numpy.ndarray
    ends: numpy.ndarray
    badly_quoted: numpy.ndarray
    unfinished_from: int | None = None


def split_records(text: bytes, ends: numpy.ndarray, dialect: Dialect, last: bool) -> Records:
    """Join the lines of a text into records.

    Only lines with an odd number of quotes are looked at one by one: they begin or end a field
    that spans lines, or are malformed.
    """
    quotes = count_by_line(positions(text, QUOTE), ends)
    starts = numpy.concatenate(([0], ends[:-1]))
    joined = numpy.zeros(len(ends), bool)
    bad = numpy.zeros(len(ends), bool)
    done_until, unfinished = 0, None
    odd = numpy.flatnonzero(quotes % 2).tolist()
    for place, line in enumerate(odd):
        if line < done_until:
            continue
        until = odd[place + 1] if place + 1 < len(odd) else None
        opens = dialect.opening.fullmatch(text[starts[line] : ends[line]])
        if opens and until is None and not last and len(text) < LONGEST_RECORD:
            unfinished = line
            break
        if opens and until is not None and is_whole(text[starts[line] : ends[until]], dialect):
            joined[line + 1 : until + 1] = True
            done_until = until + 1
        else:
            bad[line] = True
    alone = numpy.flatnonzero((quotes > 0) & (quotes % 2 == 0) & ~joined)
    if len(alone):
        bad[alone] = ~_are_whole(texts(text, ends).take(alone), dialect)
    kept = numpy.arange(len(ends)) < (len(ends) if unfinished is None else unfinished)
    first_lines = numpy.flatnonzero(~joined & kept)
    last_lines = numpy.append(first_lines, numpy.count_nonzero(kept))[1:] - 1
    return Records(first_lines, ends[last_lines], bad[first_lines], unfinished)


def is_whole(record: bytes, dialect: Dialect) -> bool:
    """Tell whether every quote of a record opens, closes or is doubled, as RFC 4180 has it."""
    return dialect.whole.fullmatch(record.removesuffix(b"\n").removesuffix(b"\r")) is not None


def _are_whole(lines: pyarrow.StringArray, dialect: Dialect) -> numpy.ndarray:
    # Arrow's regular expressions never backtrack, so they need no possessive quantifiers.
    pattern = dialect.whole.pattern.decode().replace("*+", "*")
    found = compute.match_substring_regex(lines, rf"^(?:{pattern})\r?\n?$")
    return found.to_numpy(zero_copy_only=False)


def count_fields(text: bytes, records: Records, dialect: Dialect) -> numpy.ndarray:
    """Count the fields of each record; a bare carriage return counts as no field at all."""
    count = 1 + count_by_line(_outside_quotes(text, records, dialect.delimiter), records.ends)
    returns = _outside_quotes(text, records, "\r")
    following = numpy.frombuffer(text + b"\n", numpy.uint8)[returns + 1]
    bare = count_by_line(returns[following != NEWLINE], records.ends)
    return numpy.where(bare > 0, 0, count)


def positions(text: bytes, character: int) -> numpy.ndarray:
    """Return where a character occurs in a text."""
    return numpy.flatnonzero(numpy.frombuffer(text, numpy.uint8) == character)


def count_by_line(places: numpy.ndarray, ends: numpy.ndarray) -> numpy.ndarray:
    """Count the places in each piece of a text that is cut at the given ends."""
    return numpy.diff(numpy.searchsorted(places, ends), prepend=0)


def _outside_quotes(text: bytes, records: Records, character: str) -> numpy.ndarray:
    places = positions(text[: records.ends[-1]], ord(character))
    quotes = positions(text, QUOTE)
    if not len(quotes) or not len(places):
        return places
    starts = numpy.concatenate(([0], records.ends[:-1]))
    own_start = starts[numpy.searchsorted(records.ends, places, side="right")]
    before = numpy.searchsorted(quotes, places) - numpy.searchsorted(quotes, own_start)
    return places[before % 2 == 0]
