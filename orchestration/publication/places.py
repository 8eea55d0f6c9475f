"""Where the publication lies, and what it says about itself. What is not here: how it is made."""

from pathlib import Path
from typing import Any

from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.state_files import read_state


def database_of(settings: PublicationSettings) -> Path:
    """Return the path of the published database."""
    return settings.published / "customer_health.duckdb"


def page_database_of(settings: PublicationSettings) -> Path:
    """Return the path of the database that only the page reads."""
    return settings.published / "page.duckdb"


def listing_of(settings: PublicationSettings) -> Path:
    """Return the path of what the publication says about itself."""
    return settings.published / "manifest.json"


def published_listing(settings: PublicationSettings) -> dict[str, Any] | None:
    """Read what the last publication says about itself; None where there is none."""
    return read_state(listing_of(settings), ["run_id", "as_of", "tables"])
