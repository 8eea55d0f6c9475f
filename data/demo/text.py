"""Text made from numbers, for whole columns at once.

What is here: hexadecimal identifiers, ISO timestamps and fragments of JSON as Arrow arrays.
What is not here: any knowledge of tables. Formatting row by row in Python or by
``strftime`` takes five times as long and sets the speed of the whole generator.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.demo.horizon import DAY_MS

_HEX = np.frombuffer(b"".join(b"%02x" % i for i in range(256)), np.uint8).reshape(256, 2)
_CLOCK = np.frombuffer(
    b"".join(b"T%02d:%02d:%02d." % (s // 3600, s // 60 % 60, s % 60) for s in range(86_400)),
    np.uint8,
).reshape(86_400, 10)
_MILLIS = np.frombuffer(b"".join(b"%03d" % i for i in range(1000)), np.uint8).reshape(1000, 3)


def fixed_width(matrix: np.ndarray) -> pa.StringArray:
    """Return an Arrow string for each row of a byte matrix."""
    rows, width = matrix.shape
    offsets = (np.arange(rows + 1, dtype=np.int64) * width).astype(np.int32)
    data = pa.py_buffer(np.ascontiguousarray(matrix))
    return pa.Array.from_buffers(pa.string(), rows, [None, pa.py_buffer(offsets), data])


def hexadecimal(*numbers: np.ndarray) -> pa.StringArray:
    """Return 16 digits for each column of unsigned 64-bit numbers, joined."""
    wide = np.column_stack(numbers).astype(">u8")
    digits = _HEX[wide.view(np.uint8).reshape(len(wide), -1)]
    return fixed_width(digits.reshape(len(wide), -1))


def iso(instants: np.ndarray, zulu: bool = True) -> pa.StringArray:
    """Return timestamps with milliseconds, with or without the closing Z."""
    instants = np.asarray(instants, np.int64)
    day, rest = np.divmod(instants, DAY_MS)
    low, high = (int(day.min()), int(day.max())) if len(day) else (0, 0)
    dates = np.arange(low, high + 1).astype("datetime64[D]").astype("S10")
    dates = dates.view(np.uint8).reshape(-1, 10)
    second, milli = np.divmod(rest, 1000)
    out = np.empty((len(instants), 24 if zulu else 23), np.uint8)
    out[:, :10] = dates[day - low]
    out[:, 10:20] = _CLOCK[second]
    out[:, 20:23] = _MILLIS[milli]
    if zulu:
        out[:, 23] = ord("Z")
    return fixed_width(out)


def moments(instants: Sequence[float | None] | np.ndarray) -> list[str | None]:
    """Return ISO timestamps in whole seconds; None where the instant is None or NaN."""
    missing = [value is None or value != value for value in instants]
    clean = np.array([0 if m else v for m, v in zip(missing, instants, strict=True)], np.float64)
    texts = iso(clean.astype(np.int64)).to_pylist()
    return [None if m else t[:19] + "Z" for m, t in zip(missing, texts, strict=True)]


class Vocabulary:
    """Words to pick from by code, prepared once for many columns; None for no word.

    An Arrow dictionary must not hold an empty value, which Parquet cannot write, nor a value
    twice, which it writes in different bytes from one time to the next.
    """

    def __init__(self, values: Sequence[str | None]) -> None:
        words = list(dict.fromkeys(value for value in values if value is not None))
        place = {word: number for number, word in enumerate(words)}
        self.places = np.array([place.get(value, -1) for value in values], np.int32)
        self.words = pa.array(words)

    def pick(self, codes: np.ndarray) -> pa.DictionaryArray:
        """Return a dictionary-coded column."""
        places = self.places[codes.astype(np.int32)]
        missing = pa.array(places, mask=places < 0)
        return pa.DictionaryArray.from_arrays(missing, self.words)


def chosen(codes: np.ndarray, values: Sequence[str | None]) -> pa.DictionaryArray:
    """Return a dictionary-coded column picked from a few values."""
    return Vocabulary(values).pick(codes)


def fragments(codes: np.ndarray, values: Sequence[str] | pa.StringArray) -> pa.StringArray:
    """Return pieces of text picked by code."""
    pieces = values if isinstance(values, pa.Array) else pa.array(values)
    return pieces.take(pa.array(codes.astype(np.int32)))


def json_lines(table: pa.Table) -> list[bytes]:
    """Return one JSON object for each row, without its empty values.

    Texts must hold nothing that JSON escapes. The first column must be text and never empty.
    """
    pieces: list[pa.Array | str] = ["{"]
    for place, name in enumerate(table.column_names):
        column = table[name].combine_chunks()
        quote = "" if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type) else '"'
        start = f'{"," if place else ""}"{name}":{quote}'
        piece = pc.binary_join_element_wise(start, column.cast(pa.string()), quote, "")
        pieces.append(pc.fill_null(piece, ""))
    lines = pc.binary_join_element_wise(*pieces, "}", "")
    return [line.encode() for line in lines.to_pylist()]
