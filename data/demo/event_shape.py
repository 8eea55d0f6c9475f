"""What every event file shows, whatever its format: words, their codes, and when they drift.

What is here: the vocabulary of events. What is not here: lines (``event_lines.py``), tables
(``event_tables.py``), files (``event_files.py``).
"""

import numpy as np

from data.demo.delivery import Columns
from data.demo.mix import VARIANTS, property_texts
from data.demo.usage import World

DRIFT_FROM_SHARE = 0.5
TYPES = ("track", "page")
ARMS = ("control", "new-navigation")
DEVICE_KEYS = ("platform", "device_type", "os", "browser", "user_agent")


class EventShape:
    """Words for events of one company; a code past the last word stands for no word."""

    def __init__(self, world: World, network: str) -> None:
        self.world = world
        self.people = len(world.people.home)
        self.properties = property_texts(world.mix)
        self.is_personal = np.array(["@" in text for text in self.properties])
        self.visitors = [f"anon-{number:06x}" for number in range(self.people)]
        addresses = [f"198.18.{i // 250 % 250}.{i % 250 + 1}" for i in range(self.people)]
        self.addresses = [*addresses, f"{network}.17"]
        self.types = [TYPES[name == "page_view"] for name in world.mix.names]
        self.drift_day = 7 * round(world.horizon.weeks * DRIFT_FROM_SHARE)

    def codes(self, rows: Columns) -> Columns:
        """Return the codes of users, visitors, accounts, addresses and properties."""
        unknown, probe = rows["user"] < 0, rows["probe"].astype(bool)
        return {
            "user": np.where(unknown, self.people, rows["user"]),
            "visitor": np.where(unknown, rows["visitor"], self.people),
            "account": np.where(rows["says_account"], rows["account"], len(self.world.company)),
            "address": np.where(probe, self.people, rows["visitor"]),
            "property": rows["name"].astype(np.int64) * VARIANTS + rows["variant"],
        }

    def has_drifted(self, day: int) -> bool:
        """Tell whether files that begin on a day hold the new columns."""
        return day >= self.drift_day

    def version(self, day: int) -> str:
        """Return the version of the application on a day."""
        return f"5.{day // 14}.0"
