"""Events as lines of JSON, with damaged lines among them.

What is here: the composing of lines out of pieces, a column at a time, and the splicing in of
damage. What is not here: compression and counting of files (``event_files.py``).
"""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.demo.company import COUNTRIES
from data.demo.damage import EVENTS, damaged_event
from data.demo.delivery import Columns
from data.demo.event_shape import ARMS, DEVICE_KEYS, EventShape
from data.demo.ledger import TableCount
from data.demo.mix import DEVICES
from data.demo.text import fragments, hexadecimal, iso

UNREADABLE_EVERY, DAMAGED_EVERY = 5000, 1000
NEW_KEYS = ',"experiment":"{arm}","context":{{"library":"js-4.2","page":{{"depth":{depth}}}}}'


class EventLines:
    """Composes lines; a piece is ``"key":value,`` or nothing where the value is missing."""

    def __init__(self, shape: EventShape) -> None:
        world, mix = shape.world, shape.world.mix
        self.shape, self.turn = shape, 0
        self.pieces = {
            "user": _pieces("user_id", [*world.people.ids, None]),
            "visitor": _pieces("anonymous_id", [*shape.visitors, None]),
            "account": _pieces("account_id", [*world.company.ids, None]),
            "address": _pieces("ip", shape.addresses),
            "country": _pieces("country", COUNTRIES),
            "property": pa.array([f'"properties":{text}' for text in shape.properties]),
            "device": pa.array([_device(device) for device in DEVICES]),
            "new": pa.array([NEW_KEYS.format(arm=a, depth=d) for a in ARMS for d in (1, 2, 3)]),
        }
        words = zip(mix.names, shape.types, mix.features, strict=True)
        self.pieces["name"] = pa.array([_name(*word) for word in words])

    def compose(self, rows: Columns, first_day: int) -> pa.StringArray:
        """Return one line of JSON for each row."""
        codes, has_drifted = self.shape.codes(rows), self.shape.has_drifted(first_day)
        codes |= {"name": rows["name"], "device": rows["device"]}
        codes["country"] = self.shape.world.company.zone[rows["account"]]
        codes["new"] = rows["visitor"] % 2 * 3 + rows["variant"] % 3
        said = {name: fragments(code, self.pieces[name]) for name, code in codes.items()}
        duration = pa.array(rows["duration"].astype(np.int64)).cast(pa.string())
        return pc.binary_join_element_wise(
            *(
                '{"event_id":"',
                hexadecimal(rows["id_high"], rows["id_low"]),
                '",',
                said["name"],
            ),
            *_times(rows),
            *(said["user"], said["visitor"], said["account"], _session(rows["session"])),
            *('"duration_ms":', duration, said["device"], said["address"]),
            f'"app_version":"{self.shape.version(first_day)}",',
            *(said["country"], said["property"], said["new"] if has_drifted else "", "}\n"),
            "",
        )

    def spoil(
        self, lines: pa.StringArray, count: TableCount, rng: np.random.Generator
    ) -> tuple[bytes, int]:
        """Return the file's content with its damage, and its number of lines."""
        rows, data = len(lines), memoryview(lines.buffers()[2])
        offsets = np.frombuffer(lines.buffers()[1], np.int32)[: rows + 1]
        kinds, edits = EVENTS.kinds(is_csv=False), {}

        def line(index: int) -> bytes:
            return bytes(data[offsets[index] : offsets[index + 1]])

        for index in rng.choice(rows, min(max(1, rows // UNREADABLE_EVERY), rows), replace=False):
            event = json.loads(line(index)) | EVENTS.warnings
            edits[int(index)] = json.dumps(event).encode() + b"\n"
            count.warnings["duration_ms"] += 1
        damaged = rng.choice(rows, min(max(3, rows // DAMAGED_EVERY), rows), replace=False)
        for index in damaged:
            kind, self.turn = kinds[self.turn % len(kinds)], self.turn + 1
            bad = damaged_event(line(index), kind, rng) + b"\n"
            edits[int(index)] = edits.get(int(index), line(index)) + bad
            count.quarantined[kind] += 1
        return _edited(data, offsets, edits), rows + len(damaged)


def _edited(data: memoryview, offsets: np.ndarray, edits: dict[int, bytes]) -> bytes:
    """Return lines with some replaced; copies whole stretches between them."""
    parts, start = [], 0
    for index in sorted(edits):
        parts += [data[start : offsets[index]], edits[index]]
        start = offsets[index + 1]
    return b"".join([*parts, data[start : offsets[-1]]])


def _times(rows: Columns) -> list[pa.StringArray | str]:
    """Return the four timestamps; a few of the first lack their zone."""
    zone = fragments(rows["naive"], ['Z","original_ts":"', '","original_ts":"'])
    return [
        *('"event_ts":"', iso(rows["ts"], zulu=False), zone, iso(rows["original"])),
        *('","sent_at":"', iso(rows["sent"]), '","received_at":"', iso(rows["received"]), '",'),
    ]


def _session(sessions: np.ndarray) -> pa.StringArray:
    digits = hexadecimal(sessions)
    said = pc.binary_join_element_wise('"session_id":"', digits, '",', "")
    return pc.if_else(pa.array(sessions == 0), "", said)


def _pieces(key: str, values: list[str | None] | tuple[str, ...]) -> pa.StringArray:
    return pa.array(["" if value is None else f'"{key}":"{value}",' for value in values])


def _name(name: str, kind: str, feature: str | None) -> str:
    said = f'"feature_id":"{feature}",' if feature else ""
    return f'"event_name":"{name}","event_type":"{kind}",{said}'


def _device(device: tuple[str | None, ...]) -> str:
    said = {key: value for key, value in zip(DEVICE_KEYS, device, strict=True) if value}
    return "," + json.dumps(said, separators=(",", ":"))[1:-1] + ","
