"""The catalogue of metrics, chapter by chapter."""

CHAPTERS = {
    "activity": "Activity",
    "adoption": "Adoption",
    "reliability": "Reliability",
    "satisfaction": "Support and sentiment",
    "retention": "Retention",
    "revenue": "Revenue",
}
