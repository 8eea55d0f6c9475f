"""The examination as text for a terminal and as a page.

What is not here: what is said, which the examination knows.
"""

from collections.abc import Iterator
from pathlib import Path

from orchestration.adapters.definition import known_adapters
from orchestration.doctor.examination import Examination, SeenTable
from orchestration.doctor.prospects import Addition
from orchestration.reporting.rendering import environment, style

FINDINGS_SHOWN = 40
ADDITIONS_SHOWN = 5


def text_of(done: Examination) -> Iterator[str]:
    """Yield the lines for a terminal."""
    yield looked_at(done)
    for folder in done.folders:
        yield ""
        yield f"{folder.name}/: {folder.taken_for}"
        if folder.problem:
            yield f"  NOT READ: {folder.problem}."
        for table in folder.tables:
            yield from _table(table)
    yield ""
    yield f"What is wrong ({len(done.findings)}):" if done.findings else "Nothing is wrong."
    for finding in done.findings[:FINDINGS_SHOWN]:
        column = f", column {finding.column}" if finding.column else ""
        yield f"  - {finding.place}{column}{': ' if finding.place else ''}{finding.text}."
    if len(done.findings) > FINDINGS_SHOWN:
        yield f"  and {len(done.findings) - FINDINGS_SHOWN} more, on the page."
    yield ""
    yield "Accounts that each system names, and whom the CRM knows of them:"
    for row in done.matched:
        yield (
            f"  {row.system} ({row.table}): {row.total} = {row.by_key} by key + {row.by_domain} by "
            f"domain + {row.ambiguous} ambiguous + {row.unmatched} unmatched"
            + (f", such as {row.example}" if row.example else "")
        )
    if not done.matched:
        yield "  none"
    yield ""
    yield from what_will_be(done)


def looked_at(done: Examination) -> str:
    """Say how much was read."""
    size = f"{done.files} files, {_bytes(done.bytes)}"
    if done.is_sampled:
        return (
            f"Looked at the beginnings of {size}: what is said of values and counts holds of this "
            "sample, and more may be found when all is loaded."
        )
    return f"Looked at all of {size}."


def what_will_be(done: Examination) -> Iterator[str]:
    """Yield what figures will exist, what is missing, and what would add the most."""
    told = done.prospects
    if told is None:
        return
    if told.needed:
        yield f"NOTHING CAN BE BUILT YET: {', '.join(told.needed)} is missing."
    for kind, plural in (("metric", "metrics"), ("component", "components of the score")):
        present = [figure for figure in told.present if figure.kind == kind]
        absent = {figure: lacks for figure, lacks in told.absent.items() if figure.kind == kind}
        yield f"{len(present)} of {len(present) + len(absent)} {plural} will exist."
        by_lack: dict[tuple[str, ...], list[str]] = {}
        for figure, lacks in absent.items():
            by_lack.setdefault(lacks, []).append(figure.label)
        for lacks, labels in sorted(by_lack.items(), key=lambda entry: -len(entry[1])):
            more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
            yield f"  NULL for want of {' and '.join(lacks)}: {'; '.join(labels[:3])}{more}"
    if told.additions:
        yield f"What one further file would add most: {addition(told.additions[0])}"
        for other in told.additions[1:ADDITIONS_SHOWN]:
            yield f"  then {addition(other)}"


def addition(added: Addition) -> str:
    """Say what a file would add."""
    metrics = sum(figure.kind == "metric" for figure in added.figures)
    components = len(added.figures) - metrics
    what = f"{metrics} metrics and {components} components"
    if added.columns:
        return f"{', '.join(added.columns)} in {added.folder}, which is there without it: {what}."
    writers = sorted(
        {
            adapter.vendor
            for adapter in known_adapters()
            for write in adapter.writes
            if write.landing_table == added.folder
        }
    )
    of = f" (an export of {', '.join(writers)} gives it)" if writers else ""
    return f"{added.folder}{of}: {what}."


def page_of(done: Examination, landing: Path, drafts: dict[str, Path]) -> str:
    """Return the page."""
    return (
        environment()
        .get_template("doctor.html.jinja")
        .render(
            done=done, landing=landing, drafts=drafts, looked_at=looked_at(done),
            what_will_be=list(what_will_be(done)), size=_bytes, **style(),
        )
    )  # fmt: skip


def _table(table: SeenTable) -> Iterator[str]:
    becomes = f" -> {', '.join(table.becomes)}" if table.becomes else " -> nothing"
    sampled = ", in part" if table.in_part else ""
    yield f"  {table.name}: {table.files} files, {_bytes(table.bytes)}{sampled}{becomes}"
    for status in ("mapped", "needed and absent", "optional and absent", "unknown"):
        if names := table.named(status):
            yield f"    {status}: {', '.join(names)}"
    for column in table.columns:
        if column.guess.startswith(("epoch", "time without", "day in")) or ";" in column.guess:
            yield f"    {column.name} looks like {column.guess} ({column.evidence})"


def _bytes(size: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
