"""The catalogues of the demonstration company, for companies whose events bear its names."""

import csv
from pathlib import Path

CATALOGUES = Path(__file__).parents[2] / "data/demo/catalogues"
NAMES = ("event_catalog", "feature_catalog", "onboarding_milestones")


def catalogues() -> dict[str, list[dict[str, str]]]:
    """Return their rows by landed table; an empty cell is left out."""
    return {
        f"catalogue/{name}": [
            {column: value for column, value in row.items() if value}
            for row in csv.DictReader((CATALOGUES / f"{name}.csv").open())
        ]
        for name in NAMES
    }
