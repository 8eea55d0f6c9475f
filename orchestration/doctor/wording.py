"""The examination as text for a terminal and as a page.

What is not here: what is said, which the examination knows.
"""

from collections.abc import Iterator
from pathlib import Path

from orchestration.adapters.known import known_adapters
from orchestration.adapters.our_contract import landing_tables
from orchestration.doctor.examination import Examination
from orchestration.doctor.prospects import DETAILS, Addition
from orchestration.doctor.seen import SeenTable
from orchestration.reporting.rendering import environment, style

FINDINGS_SHOWN = 40
ADDITIONS_SHOWN = 5
HOW_TO_MATCH = (
    "Whose an unmatched or ambiguous name is, a file crm/account_keys/keys.csv says, with the "
    "columns system (the folder), foreign_key (the name) and account_id (the CRM's)."
)


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
    yield (
        f"What is wrong ({len(done.findings)}):"
        if done.findings
        else "Nothing that was read is wrong."
    )
    for finding in done.findings[:FINDINGS_SHOWN]:
        column = f", column {finding.column}" if finding.column else ""
        text = _above(done).get(finding.text, finding.text)
        end = "" if text.endswith("…") else "."
        yield f"  - {finding.place}{column}{': ' if finding.place else ''}{text}{end}"
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
    if said := how_to_match(done):
        yield f"  {said}"
    yield ""
    yield from what_will_be(done)


def _above(done: Examination) -> dict[str, str]:
    """Return what is said shorter, as it stands above with its folder."""
    return {
        f"Not read: the folder {folder.name}, as {folder.problem}": (
            f"Not read: the folder {folder.name}, see above"
        )
        for folder in done.folders
    }


def how_to_match(done: Examination) -> str:
    """Say how a name gets its account, where one has none."""
    is_open = any(row.ambiguous or row.unmatched for row in done.matched)
    return HOW_TO_MATCH if is_open else ""


def looked_at(done: Examination) -> str:
    """Say how much was read."""
    size = f"{_counted(done.files, 'file')}, {_bytes(done.bytes)}"
    if done.is_sampled:
        return (
            f"Looked at the beginnings of {size}: what is said of values and counts holds of this "
            "sample, and more may be found when all is loaded."
        )
    return f"Looked at all of {size}."


def what_will_be(done: Examination) -> Iterator[str]:
    """Yield what figures will exist, what is missing, and what would add the most."""
    yield from headlines(done)
    for lacks, metrics, components in lacking(done):
        labels = [*components, *metrics]
        more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
        yield f"  NULL for want of {lacks}: {'; '.join(labels[:3])}{more}"
    yield from further(done)


def headlines(done: Examination) -> Iterator[str]:
    """Yield whether anything can be built, and how many figures will exist."""
    told = done.prospects
    if told is None:
        return
    if told.needed:
        verb = "is" if len(told.needed) == 1 else "are"
        yield f"NOTHING CAN BE BUILT YET: {', '.join(told.needed)} {verb} missing."
    for kind, plural in (("metric", "metrics"), ("component", "components of the score")):
        present = sum(figure.kind == kind for figure in told.present)
        every = present + sum(figure.kind == kind for figure in told.absent)
        yield f"{present} of {every} {plural} have what they need; the others will be NULL."
    yield "Some need weeks of history first, which only a build can tell."


def lacking(done: Examination) -> list[tuple[str, list[str], list[str]]]:
    """Return what is lacking, with the metrics and the components that are NULL for it."""
    rows: dict[str, tuple[list[str], list[str]]] = {}
    called = {table.identifier: table.folder for table in landing_tables()}
    called |= {name: f"{column} in {folder}" for name, (folder, column, _) in DETAILS.items()}
    for figure, lacks in done.prospects.absent.items() if done.prospects else ():
        metrics, components = rows.setdefault(
            " and ".join(called.get(lack, lack) for lack in lacks), ([], [])
        )
        (metrics if figure.kind == "metric" else components).append(figure.label)
    ranked = sorted(rows.items(), key=lambda row: -sum(map(len, row[1])))
    return [(lacks, *labels) for lacks, labels in ranked]


def further(done: Examination) -> Iterator[str]:
    """Yield which one further file would add the most, then others."""
    additions = done.prospects.additions if done.prospects else ()
    for number, added in enumerate(additions[:ADDITIONS_SHOWN]):
        before = "  then" if number else "What one further file would add most:"
        yield f"{before} {addition(added)}"


def addition(added: Addition) -> str:
    """Say what a file would add."""
    metrics = sum(figure.kind == "metric" for figure in added.figures)
    components = len(added.figures) - metrics
    what = f"{_counted(metrics, 'metric')} and {_counted(components, 'component')}"
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
            headlines=list(headlines(done)), lacking=lacking(done), further=list(further(done)),
            how_to_match=how_to_match(done), size=_bytes, **style(),
        )
    )  # fmt: skip


def _table(table: SeenTable) -> Iterator[str]:
    becomes = f" -> {', '.join(table.becomes)}" if table.becomes else " -> nothing"
    sampled = ", in part" if table.in_part else ""
    size = f"{_counted(table.files, 'file')}, {_bytes(table.bytes)}"
    yield f"  {table.name}: {size}{sampled}{becomes}"
    for status in ("mapped", "needed and absent", "optional and absent", "unknown"):
        if names := table.named(status):
            yield f"    {status}: {', '.join(names)}"
    for column in table.columns:
        if column.guess.startswith(("epoch", "time without", "day in")) or ";" in column.guess:
            yield f"    {column.name} looks like {column.guess} ({column.evidence})"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _bytes(size: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
