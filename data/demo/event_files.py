"""Event files, one for each week and, at the end, for each day.

What is here: writing, counting and replaying of files. What is not here: how an event looks in
them (``event_lines.py``, ``event_tables.py``).
"""

import numpy as np

from data.demo.delivery import LATE_AFTER_MS, Columns
from data.demo.event_lines import EventLines
from data.demo.event_shape import EventShape
from data.demo.event_tables import EventTables, spoiled
from data.demo.landing import Landing
from data.demo.mix import FIRST_BOT_DEVICE
from data.demo.usage import World

TABLE = "product/events"


class EventFiles:
    """Writes event files, one after another."""

    def __init__(self, world: World, landing: Landing, network: str) -> None:
        self.world, self.landing, self.count = world, landing, landing.count(TABLE)
        self.shape = EventShape(world, network)
        self.lines, self.tables = EventLines(self.shape), EventTables(self.shape)
        self.sizes: dict[int, int] = {}

    def write(self, first_day: int, rows: Columns, rng: np.random.Generator) -> None:
        """Write the rows of one file, in order."""
        self._note(rows, first_day)
        stem = self.world.horizon.date_of(first_day).isoformat()
        if self.world.size.format == "parquet":
            table = spoiled(self.tables.compose(rows, first_day), self.count, rng)
            self.landing.parquet(TABLE, f"{stem}.parquet", table)
            self.sizes[first_day] = len(table)
        else:
            composed = self.lines.compose(rows, first_day)
            data, self.sizes[first_day] = self.lines.spoil(composed, self.count, rng)
            self.landing.write(TABLE, f"{stem}.jsonl.zst", data, self.sizes[first_day])

    def replay(self, first_day: int) -> None:
        """Write the file of a day once more, under a name that sorts after it."""
        folder = self.landing.folder / TABLE
        original = next(folder.glob(f"{self.world.horizon.date_of(first_day).isoformat()}.*"))
        name = original.name.replace(".", ".replayed.", 1)
        self.landing.replay(TABLE, original, name, self.sizes[first_day])

    def _note(self, rows: Columns, first_day: int) -> None:
        """Count the second deliveries, and the first ones of each remarkable kind."""
        people, kind = self.world.people, self.world.company.kind[rows["account"]]
        properties = self.shape.codes(rows)["property"]
        remarkable = {
            "late": rows["received"] - rows["ts"] >= LATE_AFTER_MS,
            "clock_skew_kept": rows["skewed"],
            "without_time_zone": rows["naive"],
            "bot_by_user_agent": rows["device"] >= FIRST_BOT_DEVICE,
            "bot_by_network": rows["probe"].astype(bool),
            "by_internal_users": (rows["user"] >= 0) & people.is_internal[rows["visitor"]],
            "of_internal_accounts": kind == 3,
            "of_test_accounts": kind == 4,
            "anonymous": rows["user"] < 0,
            "without_account": ~rows["says_account"],
            "personal_text": self.shape.is_personal[properties],
        }
        for name, hit in remarkable.items():
            self.count.notes[name] += int((hit & ~rows["again"]).sum())
        self.count.duplicates += int(rows["again"].sum())
        if self.shape.has_drifted(first_day):
            self.count.rows_with_unknown_columns += len(rows["again"])
