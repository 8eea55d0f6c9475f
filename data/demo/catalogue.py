"""What the company sells, counts and states about itself, and the landing of it.

What is here: plans, features, events, what marks a machine or one of us, the steps of onboarding
and what is usual among its customers, each a file in ``catalogues``. What is not here: any copy of
those lists.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.demo.landing import Landing

FOLDER = Path(__file__).parent / "catalogues"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Catalogue:
    """The lists that the simulation needs."""

    plans: Rows
    features: Rows
    events: Rows
    internal_domain: str
    bot_network: str

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


def read_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read the lists; raises FileNotFoundError where one is missing."""
    marks = {row["mark_kind"]: row["mark"] for row in _rows(folder / "internal_marks.csv")}
    return Catalogue(
        plans=_rows(folder / "plans.csv"),
        features=_rows(folder / "feature_catalog.csv"),
        events=_rows(folder / "event_catalog.csv"),
        internal_domain=marks["email_domain"],
        bot_network=marks["ip_network"],
    )


def write_catalogue(landing: Landing, folder: Path = FOLDER) -> None:
    """Land every list as it stands, as what is invented is in force for nobody else."""
    for path in sorted(folder.glob("*.csv")):
        rows = _rows(path)
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        landing.rows(f"catalogue/{path.stem}", path.name, columns)


def _rows(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
