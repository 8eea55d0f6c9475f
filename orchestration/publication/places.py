"""Where the publication lies, and what it says about itself. What is not here: how it is made.

Each publication is a folder of its own below ``publications``; the link ``current`` names the one
that holds, and the promised names are links through it. So one rename changes all of them at once.
"""

from datetime import date
from pathlib import Path
from typing import Any

from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.state_files import read_state

DATABASE, PAGE, LISTING, PARQUET = (
    "customer_health.duckdb",
    "page.duckdb",
    "manifest.json",
    "parquet",
)
# What people and BI tools open; nothing else of the folder is promised.
NAMES = (DATABASE, PAGE, PARQUET, LISTING)
CURRENT = "current"
FOLDERS = "publications"


def current_of(published: Path) -> Path:
    """Return the folder of the publication that holds; who reads several files asks this once.

    Where none was made it is the folder of all of them, in which nothing lies then.
    """
    link = published / CURRENT
    return link.resolve() if link.exists() else published


def database_of(settings: PublicationSettings) -> Path:
    """Return the path of the published database."""
    return settings.published / DATABASE


def page_database_of(settings: PublicationSettings) -> Path:
    """Return the path of the database that only the page reads."""
    return settings.published / PAGE


def listing_of(settings: PublicationSettings) -> Path:
    """Return the path of what the publication says about itself."""
    return settings.published / LISTING


def is_as_published(path: Path, folder: Path) -> bool:
    """Tell whether a file of the publication in a folder is there as it was published.

    The listing is written last, so whatever is younger was changed by somebody else since.
    """
    try:
        return path.stat().st_mtime_ns <= (folder / LISTING).stat().st_mtime_ns
    except OSError:
        return False


def published_listing(settings: PublicationSettings) -> dict[str, Any] | None:
    """Read what the last publication says about itself; None where there is none."""
    return listing_in(settings.published)


def listing_in(folder: Path, is_said: bool = True) -> dict[str, Any] | None:
    """Read what the publication in a folder says about itself; None where there is none.

    One that cannot be read is said in a line, unless whoever asks does.
    """
    return read_state(folder / LISTING, ["run_id", "as_of", "tables"], _is_listing, is_said)


def _is_listing(state: dict[str, Any]) -> bool:
    date.fromisoformat(state["as_of"])
    return isinstance(state["run_id"], str) and isinstance(state["tables"], dict)
