"""Event files: columns of numbers become JSON lines or Parquet.

What is here: the shape of an event as a file shows it, the drift of that shape, and the splicing
in of damaged lines. What is not here: which events there are, and when they arrive.
"""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.demo.company import COUNTRIES
from data.demo.damage import EVENTS, damaged_event
from data.demo.delivery import LATE_AFTER_MS, Columns
from data.demo.landing import Landing
from data.demo.mix import DEVICES, FIRST_BOT_DEVICE, VARIANTS, property_texts
from data.demo.text import chosen, fragments, hexadecimal, iso
from data.demo.usage import World

TABLE = "product/events"
DRIFT_FROM_SHARE = 0.5
TYPES = ("track", "page")


class EventFiles:
    """Writes event files, one after another."""

    def __init__(self, world: World, landing: Landing, network: str) -> None:
        self.world, self.landing, self.count = world, landing, landing.count(TABLE)
        self.properties = property_texts(world.mix)
        self.is_personal = np.array(["@" in text for text in self.properties])
        users = len(world.people.home)
        addresses = [f"198.18.{i // 250 % 250}.{i % 250 + 1}" for i in range(users)]
        self.addresses = [*addresses, f"{network}.17"]
        self.drift_day = 7 * round(world.horizon.weeks * DRIFT_FROM_SHARE)
        self.turn = 0

    def write(self, first_day: int, rows: Columns, rng: np.random.Generator) -> None:
        """Write the rows of one file, in order."""
        self._note(rows, first_day)
        stem = self.world.horizon.date_of(first_day).isoformat()
        if self.world.size.format == "parquet":
            table = spoiled_table(self._table(rows, first_day), self.count, rng)
            self.landing.parquet(TABLE, f"{stem}.parquet", table)
        else:
            data, lines = self._spliced(self._json(rows, first_day), rng)
            self.landing.write(TABLE, f"{stem}.jsonl.zst", data, lines)

    def replay(self, first_day: int) -> None:
        """Write the file of a day once more, under a name that sorts after it."""
        folder = self.landing.folder / TABLE
        original = next(folder.glob(f"{self.world.horizon.date_of(first_day).isoformat()}.*"))
        name = original.name.replace(".", ".replayed.", 1)
        self.landing.replay(TABLE, original, name, self.last_lines)

    def _note(self, rows: Columns, first_day: int) -> None:
        """Count the second deliveries, and the first ones of each remarkable kind."""
        first, people, company = ~rows["again"], self.world.people, self.world.company
        notes, late = self.count.notes, rows["received"] - rows["ts"] >= LATE_AFTER_MS
        probe = rows["probe"].astype(bool)
        kind = company.kind[rows["account"]]
        internal = (rows["user"] >= 0) & people.is_internal[rows["visitor"]]
        for name, hit in {
            "late": late, "clock_skew_kept": rows["skewed"], "without_time_zone": rows["naive"],
            "bot_by_user_agent": rows["device"] >= FIRST_BOT_DEVICE, "bot_by_network": probe,
            "by_internal_users": internal, "of_internal_accounts": kind == 3,
            "of_test_accounts": kind == 4, "anonymous": rows["user"] < 0,
            "without_account": ~rows["says_account"],
            "personal_text": self.is_personal[self._property_codes(rows)],
        }.items():  # fmt: skip
            notes[name] += int((hit & first).sum())
        self.count.duplicates += int(rows["again"].sum())
        if first_day >= self.drift_day:
            self.count.rows_with_unknown_columns += len(first)

    def _property_codes(self, rows: Columns) -> np.ndarray:
        return rows["name"].astype(np.int64) * VARIANTS + rows["variant"]

    def _addresses(self, rows: Columns) -> np.ndarray:
        return np.where(rows["probe"].astype(bool), len(self.addresses) - 1, rows["visitor"])

    def _json(self, rows: Columns, first_day: int) -> pa.StringArray:
        """Return one JSON line for each row, made of pieces; empty values are left out."""
        world, mix = self.world, self.world.mix
        users = [*(f'"user_id":"{name}",' for name in world.people.ids), ""]
        visitors = [f'"anonymous_id":"anon-{i:06x}",' for i in range(len(world.people.home))]
        accounts = [*(f'"account_id":"{name}",' for name in world.company.ids), ""]
        codes = np.where(rows["says_account"], rows["account"], len(world.company))
        session = hexadecimal(rows["session"])
        session = pc.if_else(pa.array(rows["session"] == 0), "", 
                             pc.binary_join_element_wise('"session_id":"', session, '",', ""))
        visitor = np.where(rows["user"] < 0, rows["visitor"], len(visitors))
        pieces = [
            '{"event_id":"', hexadecimal(rows["id_high"], rows["id_low"]), '",',
            fragments(rows["name"], [_name(n, f) for n, f in zip(mix.names, mix.features)]),
            '"event_ts":"', iso(rows["ts"], zulu=False),
            fragments(rows["naive"], ['Z","original_ts":"', '","original_ts":"']),
            iso(rows["original"]), '","sent_at":"', iso(rows["sent"]),
            '","received_at":"', iso(rows["received"]), '",',
            fragments(np.where(rows["user"] < 0, len(users) - 1, rows["user"]), users),
            fragments(visitor, [*visitors, ""]), fragments(codes, accounts), session,
            '"duration_ms":', pa.array(rows["duration"].astype(np.int64)).cast(pa.string()),
            fragments(rows["device"], [_device(device) for device in DEVICES]),
            fragments(self._addresses(rows), [f'"ip":"{ip}",' for ip in self.addresses]),
            f'"app_version":"{self._version(first_day)}",',
            fragments(world.company.zone[rows["account"]], [f'"country":"{code}",' for code in COUNTRIES]),
            fragments(self._property_codes(rows), [f'"properties":{t}' for t in self.properties]),
            self._drift(rows, first_day), "}\n",
        ]  # fmt: skip
        return pc.binary_join_element_wise(*pieces, "")

    def _drift(self, rows: Columns, first_day: int) -> pa.StringArray | str:
        """Return the keys that appear in the middle of the history."""
        if first_day < self.drift_day:
            return ""
        texts = [
            f',"experiment":"{arm}","context":{{"library":"js-4.2","page":{{"depth":{depth}}}}}'
            for arm in ("control", "new-navigation") for depth in (1, 2, 3)
        ]  # fmt: skip
        return fragments(rows["visitor"] % 2 * 3 + rows["variant"] % 3, texts)

    def _version(self, day: int) -> str:
        return f"5.{day // 14}.0"

    def _spliced(self, lines: pa.StringArray, rng: np.random.Generator) -> tuple[bytes, int]:
        """Return the file with damaged lines among the good ones, and its number of lines."""
        count, data = len(lines), memoryview(lines.buffers()[2])
        offsets = np.frombuffer(lines.buffers()[1], np.int32)[: count + 1]
        kinds = EVENTS.kinds(is_csv=False)
        edits: dict[int, bytes] = {}
        for index in rng.choice(count, min(max(1, count // 5000), count), replace=False):
            event = json.loads(bytes(data[offsets[index] : offsets[index + 1]]))
            edits[int(index)] = (json.dumps({**event, "duration_ms": "fast"}) + "\n").encode()
            self.count.warnings["duration_ms"] += 1
        damaged = max(3, count // 1000)
        for index in rng.choice(count, min(damaged, count), replace=False):
            kind, self.turn = kinds[self.turn % len(kinds)], self.turn + 1
            line = bytes(data[offsets[index] : offsets[index + 1]])
            bad = damaged_event(line, kind, rng) + b"\n"
            edits[int(index)] = edits.get(int(index), line) + bad
            self.count.quarantined[kind] += 1
        parts, start = [], 0
        for index in sorted(edits):
            parts += [data[start : offsets[index]], edits[index]]
            start = offsets[index + 1]
        self.last_lines = count + min(damaged, count)
        return b"".join([*parts, data[start : offsets[count]]]), self.last_lines

    def _table(self, rows: Columns, first_day: int) -> pa.Table:
        """Return the rows as an Arrow table for Parquet."""
        world, mix = self.world, self.world.mix
        said = np.where(rows["says_account"], rows["account"], len(world.company))
        person = np.where(rows["user"] < 0, len(world.people.home), rows["user"])
        visitor = np.where(rows["user"] < 0, rows["visitor"], len(world.people.home))
        anonymous = [*(f"anon-{i:06x}" for i in range(len(world.people.home))), None]
        device = {
            name: chosen(rows["device"], [row[place] for row in DEVICES])
            for place, name in enumerate(("platform", "device_type", "os", "browser", "user_agent"))
        }  # fmt: skip
        times = {"event_ts": "ts", "original_ts": "original", "sent_at": "sent",
                 "received_at": "received"}  # fmt: skip
        columns = {
            "event_id": hexadecimal(rows["id_high"], rows["id_low"]),
            "event_name": chosen(rows["name"], mix.names),
            "event_type": chosen(rows["name"], [TYPES[n == "page_view"] for n in mix.names]),
            **{name: pa.array(rows[c]).cast(pa.timestamp("ms")) for name, c in times.items()},
            "user_id": chosen(person, [*world.people.ids, None]),
            "anonymous_id": chosen(visitor, anonymous),
            "account_id": chosen(said, [*world.company.ids, None]),
            "session_id": hexadecimal(rows["session"]),
            "feature_id": chosen(rows["name"], mix.features),
            "duration_ms": pa.array(rows["duration"]), **device,
            "app_version": pa.array([self._version(first_day)]).take(
                pa.array(np.zeros(len(said), np.int8))),
            "country": chosen(world.company.zone[rows["account"]], COUNTRIES),
            "ip": chosen(self._addresses(rows), self.addresses),
            "properties": chosen(self._property_codes(rows), self.properties),
        }  # fmt: skip
        if first_day >= self.drift_day:
            columns["experiment"] = chosen(rows["visitor"] % 2, ["control", "new-navigation"])
        return pa.table(columns)


def spoiled_table(table: pa.Table, count, rng: np.random.Generator) -> pa.Table:
    """Append rows that break a rule; Parquet knows no broken lines."""
    kinds = ("future_stamp", "before_2000", "no_person", "missing_required")
    picked = max(4, len(table) // 1000) // 4 * 4
    bad = table.take(pa.array(rng.choice(len(table), picked)))
    kind = np.arange(picked) % 4
    stamp = bad["received_at"].cast(pa.int64()).to_numpy() + 30 * 3_600_000
    stamp = np.where(kind == 0, stamp, np.where(kind == 1, 17_000, bad["event_ts"].cast(pa.int64())))
    identity = hexadecimal(*rng.integers(0, 2**63, (2, picked), dtype=np.uint64))
    changed = {
        "event_id": identity, "event_ts": pa.array(stamp).cast(pa.timestamp("ms")),
        **{name: pc.if_else(pa.array(kind == 2), None, bad[name].cast(pa.string()))
           for name in ("user_id", "anonymous_id")},
        "event_name": pc.if_else(pa.array(kind == 3), None, bad["event_name"].cast(pa.string())),
    }  # fmt: skip
    for name, values in changed.items():
        place = table.schema.get_field_index(name)
        bad = bad.set_column(place, name, values)
        table = table.set_column(place, name, table[name].cast(values.type))
    for name in kinds:
        count.quarantined[name] += picked // 4
    return pa.concat_tables([table, bad.cast(table.schema)])


def _name(name: str, feature: str | None) -> str:
    kind = TYPES[name == "page_view"]
    said = f'"feature_id":"{feature}",' if feature else ""
    return f'"event_name":"{name}","event_type":"{kind}",{said}'


def _device(device: tuple[str | None, ...]) -> str:
    keys = ("platform", "device_type", "os", "browser", "user_agent")
    said = {key: value for key, value in zip(keys, device, strict=True) if value}
    return "," + json.dumps(said, separators=(",", ":"))[1:-1] + ","


