"""A ``mapping.yml`` for a folder that nobody knows, drafted from its columns and to be edited.

A draft says what is nearest by name and leaves a line for what it does not know. What is not
here: how a mapping is read, which the adapters know.
"""

from collections.abc import Iterable, Mapping, Sequence

from orchestration.doctor.doubts import (
    PRICE,
    SEATS_OPEN,
    about_constants,
    about_durations,
    about_last_days,
    about_seats,
    about_units,
    doubt_of,
    how_written,
    said_of,
    with_seats,
)
from orchestration.doctor.likeness import (
    NEAR,
    differing_by_numbers,
    is_called,
    likeness,
    without_numbers,
)
from orchestration.doctor.values import Values
from orchestration.landing.contract import Column, SourceTable

# The first line of a draft, by which nobody takes it for a decision.
DRAFTED = "# Drafted by make doctor"
# A table of contracts tells what they cost as well, which is a landing table of its own.
SECOND = {"billing/subscriptions": "billing/subscription_items"}
SAME = {
    **{"subscription_item_id": "subscription_id", "subscription_id": "subscription_id"},
    **{"valid_from": "started_at", "valid_to": "ended_at"},
}
TIMES = ("timestamp", "date")
NUMBERS = ("integer", "bigint", "double")


def draft(
    folder: str, tables: Mapping[str, Mapping[str, Values]], declared: Iterable[SourceTable]
) -> str:
    """Draft the mapping of a folder from what was seen of its tables' columns."""
    known = [table for table in declared if table.system != "catalogue"]
    lines = [
        f"{DRAFTED}: take this line away once it is right, and make init puts it in place.",
        f"# For the folder {folder}. Left stand our columns, right yours. make doctor tries it.",
        "time_zone: UTC                # of times without an offset, as Europe/Berlin",
        *how_written(tables),
        "tables:",
    ]
    for name, others in differing_by_numbers(tables):
        lines += _table(name, tables[name], known)
        if others:
            more = " and others" if len(others) > 1 else ""
            lines.append(
                f"    # NEEDED: {said_of(others[0])}{more} differ from it by numbers only: put "
                f"them all into a folder {said_of(without_numbers(name))} and call it so above, "
                "then they are one table"
            )
    return "\n".join(lines) + "\n"


def nearest(
    name: str, seen: Mapping[str, Values], declared: Sequence[SourceTable]
) -> list[SourceTable]:
    """Return our tables, the one first to which a table is nearest by its columns and its name."""
    return sorted(declared, key=lambda table: (-_nearness(name, seen, table), table.folder))


def _table(name: str, seen: Mapping[str, Values], declared: Sequence[SourceTable]) -> list[str]:
    best, *others = nearest(name, seen, declared)
    pairs = _with_times(_pairs(name, seen, best), seen, best.columns)
    becomes = (
        f"becomes: {best.folder}    # else perhaps {' or '.join(t.folder for t in others[:2])}"
    )
    lines = [becomes, *_columns(pairs, seen, best)]
    second = next((table for table in declared if table.folder == SECOND.get(best.folder)), None)
    unused = {column: seen[column] for column in seen if column not in pairs.values()}
    also = _pairs(name, unused, second) if second else {}
    if second and PRICE in also:
        same = {ours: pairs[theirs] for ours, theirs in SAME.items() if theirs in pairs}
        both = same | {ours: theirs for ours, theirs in also.items() if ours not in same}
        entry = _columns(with_seats(both), seen, second, doubted=False)
        entry = [about_seats(both) if line == SEATS_OPEN else line for line in entry]
        lines = _listed(lines) + _listed([f"becomes: {second.folder}", *entry])
        unused = {column: found for column, found in unused.items() if column not in both.values()}
    elif unused:
        rest = [table for table in declared if table is not best]
        lines += _rest(name, unused, rest)
    if unused:
        lines.append(f"# not used: {', '.join(said_of(column) for column in unused)}")
    if objects := [said_of(column) for column, values in unused.items() if "JSON" in values.kinds]:
        lines.append(
            f"# in {', '.join(objects)} stand objects: what is inside of one has no name to map, "
            "unless it is a column of its own"
        )
    return [f"  {said_of(name)}:", *(f"    {line}" for line in lines)]


def _listed(lines: Sequence[str]) -> list[str]:
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _columns(
    pairs: Mapping[str, str], seen: Mapping[str, Values], table: SourceTable, doubted: bool = True
) -> list[str]:
    """Return the lines of an entry below what it becomes."""
    lines = ["columns:"]
    for column in table.columns:
        if column.name in pairs:
            doubt = doubt_of(column, seen[pairs[column.name]], doubted and table.identity)
            lines.append(f"  {column.name}: {said_of(pairs[column.name])}{doubt}")
        elif column.required:
            words = f"; or below, a constant of {', '.join(column.words)}" if column.words else ""
            lines.append(
                f"  # {column.name}:    # NEEDED ({column.data_type}): which column{words}?"
            )
    lines += [
        f"  # {column.name}:"
        for column in table.columns
        if column.name not in pairs and not column.required
    ]
    lines.append(about_constants(pairs))
    lines += about_units(pairs, seen)
    lines += about_durations(pairs)
    lines += about_last_days(pairs, seen)
    return lines


def _rest(name: str, unused: Mapping[str, Values], declared: Sequence[SourceTable]) -> list[str]:
    """Say which other table the columns that are left could be, where two or more fit it."""
    fitting = [(_pairs(name, unused, table), table.folder) for table in declared]
    pairs, folder = min(fitting, key=lambda found: (-len(found[0]), found[1]))
    if len(pairs) < 2:
        return []
    said = ", ".join(f"{ours}: {said_of(theirs)}" for ours, theirs in pairs.items())
    return [
        f"# They could be {folder} ({said}): one table may become two things,",
        "# each an entry of a list that begins with - becomes.",
    ]


def _pairs(name: str, seen: Mapping[str, Values], table: SourceTable) -> dict[str, str]:
    identity = _identifier(table)
    ranked = sorted(
        (-near, not column.required, place, column.name, theirs)
        for place, column in enumerate(table.columns)
        for theirs, values in seen.items()
        if _can_be(column, values)
        and (near := likeness(column.name, theirs, name, column.name == identity)) >= NEAR
    )
    needed = {column.name for column in table.columns if column.required}
    pairs: dict[str, str] = {}
    # What is needed chooses first: without it no line is loaded.
    for is_needed in (True, False):
        for _, _, _, ours, theirs in ranked:
            is_free = ours not in pairs and theirs not in pairs.values()
            if is_free and (ours in needed) == is_needed:
                pairs[ours] = theirs
    return {column.name: pairs[column.name] for column in table.columns if column.name in pairs}


def _identifier(table: SourceTable) -> str | None:
    """Return the column that says which thing a line is about, where no other is needed for it."""
    return table.identity[0] if not {*table.identity[1:]} & {*table.required_columns} else None


def _can_be(column: Column, values: Values) -> bool:
    """Tell whether what was seen of their column can be values of ours."""
    kind = values.kind
    is_time = kind.startswith(("time", "day", "epoch"))
    if kind == "nothing":
        return True
    if column.data_type in TIMES:
        return is_time
    return kind.startswith("number") if column.data_type in NUMBERS else not is_time


def _with_times(
    pairs: Mapping[str, str], seen: Mapping[str, Values], columns: Sequence[Column]
) -> dict[str, str]:
    """Add the only column of times that is left, where one is needed and none is called like it."""
    open_columns = [
        column.name
        for column in columns
        if column.required and column.data_type == "timestamp" and column.name not in pairs
    ]
    left = [
        name
        for name, values in seen.items()
        if name not in pairs.values() and values.kind.startswith(("time", "day", "epoch"))
    ]
    both = dict(pairs)
    if len(open_columns) == 1 and len(left) == 1:
        both[open_columns[0]] = left[0]
    return {column.name: both[column.name] for column in columns if column.name in both}


def _nearness(name: str, seen: Mapping[str, Values], table: SourceTable) -> float:
    pairs = _pairs(name, seen, table)
    needed = [column.name in pairs for column in table.columns if column.required]
    share = sum(needed) / len(needed) if needed else 0
    # Where few columns are needed they say little, and a table that is called the same much, unless
    # half of them are absent.
    return (
        share / 2
        + len(pairs) / max(len(seen), 1)
        + ((1 if share > 0.5 else 0.5) if is_called(name, table) else 0)
    )
