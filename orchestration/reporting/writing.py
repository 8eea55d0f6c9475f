"""Where the report is put: in the folder of its day, and as the latest one.

Everything is written beside its place and renamed, so the last good report stays when this one
cannot be made. What is not here: what the pages say.
"""

import json
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from pathlib import Path

from orchestration.reporting.facts import Fact, with_schema
from orchestration.reporting.rendering import Report
from orchestration.reporting.scopes import Scope
from orchestration.warehouse.atomic_write import write_atomically

PAGE = "report.html"
FACTS = "facts.json"
SUMMARY = "summary.txt"
LATEST = "latest.html"
# What lies beside the page: the copy of it stands one folder higher, so its links start there.
BESIDE = re.compile(r'href="(?=(?:exports|dashboard)/)')


def write_report(report: Report, reports: Path, narrower: Sequence[Report] = ()) -> Path:
    """Write ``<day>/report.html``, ``<day>/facts.json`` and ``latest.html``.

    Beside them stands ``summary.txt``, which letters quote, and both for each narrower scope.

    Args:
        report: the rendered report, of everybody.
        reports: folder of all reports.
        narrower: reports of segments and owners, whose facts are listed with the others.

    Returns:
        The path of the page.
    """
    folder = reports / report.as_of.isoformat()
    with ExitStack() as files:
        if not _later_reports(reports, report.as_of):
            linked = BESIDE.sub(f'href="{folder.name}/', report.html)
            files.enter_context(write_atomically(reports / LATEST)).write_text(linked, "utf-8")
        listing = _listing(report, narrower)
        files.enter_context(write_atomically(folder / FACTS)).write_text(listing, "utf-8")
        for one in (report, *narrower):
            said = "".join(f"{line}\n" for line in one.summary)
            place = folder / summary_of(one.scope)
            files.enter_context(write_atomically(place)).write_text(said, "utf-8")
        for one in narrower:
            place = folder / one.scope.file
            files.enter_context(write_atomically(place)).write_text(one.html, "utf-8")
        files.enter_context(write_atomically(folder / PAGE)).write_text(report.html, "utf-8")
    return folder / PAGE


def summary_of(scope: Scope) -> str:
    """Return the name of the file with the statements of a report, which letters quote."""
    return SUMMARY if scope.is_all else str(Path(scope.file).with_suffix(".txt"))


def write_paper(paper: bytes | None, page: Path) -> Path | None:
    """Put the PDF beside its page; without one, the PDF of an earlier page goes.

    Args:
        paper: the PDF, None where none could be made.
        page: the page that it is of.

    Returns:
        The path of the PDF.
    """
    place = page.with_suffix(".pdf")
    if paper is None:
        place.unlink(missing_ok=True)
        return None
    with write_atomically(place) as path:
        path.write_bytes(paper)
    return place


def _later_reports(reports: Path, as_of: date) -> list[Path]:
    # A report of a past day that is made again is not the latest.
    return [path for path in reports.glob(f"*/{PAGE}") if path.parent.name > as_of.isoformat()]


def _listing(report: Report, narrower: Sequence[Report]) -> str:
    every = (fact for one in (report, *narrower) for fact in one.facts)
    unique = {(fact.name, fact.kind): fact for fact in every}
    facts = [{"fact": fact.name, **_fields(fact)} for fact in unique.values()]
    listing = {"as_of": report.as_of.isoformat(), "facts": facts}
    return json.dumps(listing, ensure_ascii=False, indent=0) + "\n"


def _fields(fact: Fact) -> dict:
    return asdict(fact) | {"table": with_schema(fact.table)}
