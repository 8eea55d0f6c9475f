"""Events as Arrow tables for Parquet, with rows that break a rule at their end.

What is here: the columns of the contract, and the drift. What is not here: broken lines, which
Parquet does not know.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.demo.company import COUNTRIES
from data.demo.delivery import Columns
from data.demo.event_shape import ARMS, DEVICE_KEYS, EventShape
from data.demo.horizon import HOUR_MS
from data.demo.ledger import TableCount
from data.demo.mix import DEVICES
from data.demo.text import Vocabulary, chosen, hexadecimal

TIMES = {
    "event_ts": "ts",
    "original_ts": "original",
    "sent_at": "sent",
    "received_at": "received",
}
KINDS = ("future_stamp", "before_2000", "no_person", "missing_required")
DAMAGED_EVERY = 1000


class EventTables:
    """Composes tables."""

    def __init__(self, shape: EventShape) -> None:
        self.shape = shape
        self.addresses = Vocabulary(shape.addresses)
        self.visitors = Vocabulary([*shape.visitors, None])
        self.properties = Vocabulary(shape.properties)

    def compose(self, rows: Columns, first_day: int) -> pa.Table:
        """Return the rows as a table in the order of the contract."""
        world, mix, codes = self.shape.world, self.shape.world.mix, self.shape.codes(rows)
        columns = {
            "event_id": hexadecimal(rows["id_high"], rows["id_low"]),
            "event_name": chosen(rows["name"], mix.names),
            "event_type": chosen(rows["name"], self.shape.types),
            **{name: pa.array(rows[of]).cast(pa.timestamp("ms")) for name, of in TIMES.items()},
            "user_id": world.people.words.pick(codes["user"]),
            "anonymous_id": self.visitors.pick(codes["visitor"]),
            "account_id": world.company.words.pick(codes["account"]),
            "session_id": hexadecimal(rows["session"]),
            "feature_id": chosen(rows["name"], mix.features),
            "duration_ms": pa.array(rows["duration"]),
        }
        for place, name in enumerate(DEVICE_KEYS):
            columns[name] = chosen(rows["device"], [device[place] for device in DEVICES])
        version = self.shape.version(first_day)
        columns["app_version"] = chosen(np.zeros(len(rows["ts"]), np.int32), [version])
        columns["country"] = chosen(world.company.zone[rows["account"]], COUNTRIES)
        columns["ip"] = self.addresses.pick(codes["address"])
        columns["properties"] = self.properties.pick(codes["property"])
        if self.shape.has_drifted(first_day):
            columns["experiment"] = chosen(rows["visitor"] % 2, ARMS)
        return pa.table(columns)


def spoiled(table: pa.Table, count: TableCount, rng: np.random.Generator) -> pa.Table:
    """Return the table with rows appended that break one rule each."""
    picked = max(4, len(table) // DAMAGED_EVERY) // 4 * 4
    bad = table.take(pa.array(rng.choice(len(table), picked)))
    kind = np.arange(picked) % 4
    received = bad["received_at"].cast(pa.int64()).to_numpy()
    stamp = bad["event_ts"].cast(pa.int64()).to_numpy()
    stamp = np.select([kind == 0, kind == 1], [received + 30 * HOUR_MS, 17_000], stamp)
    changed = {
        "event_id": hexadecimal(*rng.integers(0, 2**63, (2, picked), dtype=np.uint64)),
        "event_ts": pa.array(stamp).cast(pa.timestamp("ms")),
    }
    for name, place in (("user_id", 2), ("anonymous_id", 2), ("event_name", 3)):
        text = bad[name].cast(pa.string())
        changed[name] = pc.if_else(pa.array(kind == place), None, text)
    for name, values in changed.items():
        place = table.schema.get_field_index(name)
        bad = bad.set_column(place, name, values)
        table = table.set_column(place, name, table[name].cast(values.type))
    count.quarantined.update(dict.fromkeys(KINDS, picked // 4))
    return pa.concat_tables([table, bad.cast(table.schema)])
