"""What the company sells and counts, read from ``dbt_project/seeds``.

What is here: plans, features, events and what marks a machine or one of us. What is not here:
any copy of those lists.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"


@dataclass(frozen=True)
class Catalogue:
    """The seeds that the simulation needs."""

    plans: list[dict[str, str]]
    features: list[dict[str, str]]
    events: list[dict[str, str]]
    internal_domain: str
    bot_network: str

    def feature_of(self, event: str) -> str:
        """Return the feature of an event name, empty for none."""
        return next(row["feature_id"] for row in self.events if row["event_name"] == event)

    def includes(self, plan: int, feature: str) -> bool:
        """Tell whether a plan includes a feature; no feature is included in every plan."""
        for row in self.features:
            if row["feature_id"] == feature and row["plans"]:
                return self.plans[plan]["plan_id"] in row["plans"].split("|")
        return True

    def exists_on(self, platform: str, feature: str) -> bool:
        """Tell whether a feature exists on a platform; no feature exists on all of them."""
        for row in self.features:
            if row["feature_id"] == feature and row["platforms"]:
                return platform in row["platforms"].split("|")
        return True

    def released_on(self, feature: str) -> date:
        """Return the release day of a feature, long ago for none."""
        for row in self.features:
            if row["feature_id"] == feature:
                return date.fromisoformat(row["released_on"])
        return date(2020, 1, 1)


def read_catalogue(folder: Path = SEEDS) -> Catalogue:
    """Read the seeds; raises FileNotFoundError where one is missing."""

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return Catalogue(
        plans=rows("plans"),
        features=rows("feature_catalog"),
        events=rows("event_catalog"),
        internal_domain=rows("internal_domains")[0]["email_domain"],
        bot_network=rows("bot_ip_networks")[0]["ip_network"],
    )
