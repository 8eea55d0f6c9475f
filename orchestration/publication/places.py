"""Where the publication lies, and what it says about itself. What is not here: how it is made."""

import json
from pathlib import Path
from typing import Any

from orchestration.settings.environment import Settings


def database_of(settings: Settings) -> Path:
    """Return the path of the published database."""
    return settings.published / "customer_health.duckdb"


def page_database_of(settings: Settings) -> Path:
    """Return the path of the database that only the page reads."""
    return settings.published / "page.duckdb"


def listing_of(settings: Settings) -> Path:
    """Return the path of what the publication says about itself."""
    return settings.published / "manifest.json"


def published_listing(settings: Settings) -> dict[str, Any] | None:
    """Read what the last publication says about itself; None where there is none."""
    path = listing_of(settings)
    return json.loads(path.read_text("utf-8")) if path.exists() else None
