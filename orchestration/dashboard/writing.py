"""Where the dashboard is put: the folder ``dashboard`` beside the report of its day.

The whole folder is written beside its place and renamed, so the last good pages stay where these
cannot be made. What is not here: what the pages say.
"""

import json
import shutil
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path

from orchestration.dashboard.site import SitePage
from orchestration.reporting.facts import Fact, with_schema
from orchestration.reporting.writing import FACTS
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.state_files import read_state

FOLDER = "dashboard"
FIELDS = [field.name for field in fields(Fact)]
# Their facts stand in the pages alone: listed they would be a hundred megabytes.
UNLISTED = "accounts/"


def write_dashboard(pages: Iterable[SitePage], reports: Path, as_of: date) -> Path:
    """Write every page, and add their facts to ``facts.json`` of the day.

    Args:
        pages: as they are made.
        reports: folder of all reports.
        as_of: the day that the pages show.

    Returns:
        The path of the first page.
    """
    day = reports / as_of.isoformat()
    unfinished, replaced = day / f".{FOLDER}.unfinished", day / f".{FOLDER}.replaced"
    for left_behind in (unfinished, replaced):
        shutil.rmtree(left_behind, ignore_errors=True)
    unfinished.mkdir(parents=True)
    listed: dict[str, list[Fact]] = {}
    try:
        for page in pages:
            path = unfinished / page.place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.html, "utf-8")
            if not page.place.startswith(UNLISTED):
                listed[f"{FOLDER}/{page.place}"] = page.facts
        if (day / FOLDER).exists():
            (day / FOLDER).replace(replaced)
        unfinished.replace(day / FOLDER)
    finally:
        for left_behind in (unfinished, replaced):
            shutil.rmtree(left_behind, ignore_errors=True)
    add_facts(day / FACTS, listed, as_of)
    return day / FOLDER / "index.html"


def add_facts(path: Path, listed: dict[str, list[Fact]], as_of: date) -> None:
    """Add the facts of the dashboard to those of the report, in place of its former ones.

    Args:
        path: of the list.
        listed: facts by page.
        as_of: the day that they show.
    """
    known = (read_state(path, ["facts"]) or {"facts": []})["facts"]
    kept = [fact for fact in known if "pages" not in fact]
    found: dict[tuple[str, str], dict] = {}
    for page, facts in listed.items():
        for fact in facts:
            key = (fact.name, fact.kind)
            if key not in found:
                found[key] = _entry(fact)
            if page not in found[key]["pages"]:
                found[key]["pages"].append(page)
    with write_atomically(path) as unfinished:
        listing = {"as_of": as_of.isoformat(), "facts": kept + list(found.values())}
        unfinished.write_text(json.dumps(listing, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _entry(fact: Fact) -> dict:
    told = {name: getattr(fact, name) for name in FIELDS}
    return {"fact": fact.name, **told, "table": with_schema(fact.table), "pages": []}
