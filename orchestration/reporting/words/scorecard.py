"""The catalogue of metrics, chapter by chapter."""

from orchestration.reporting.facts import Row
from orchestration.reporting.words.general import plain

CHAPTERS = {
    "activity": "Activity",
    "adoption": "Adoption",
    "reliability": "Reliability",
    "satisfaction": "Support and sentiment",
    "retention": "Retention",
    "revenue": "Revenue",
}


def by_chapter(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Group metrics by chapter, those that are named here first."""
    order = dict.fromkeys([*CHAPTERS, *(row["chapter"] for row in rows)])
    groups = [(code, [row for row in rows if row["chapter"] == code]) for code in order]
    return [(CHAPTERS.get(code, plain(code)), group) for code, group in groups if group]
