"""A ``mapping.yml`` for a folder that nobody knows, drafted from its columns and to be edited.

A draft says what is nearest by name and leaves a line for what it does not know. What is not
here: how a mapping is read, which the adapters know.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

import yaml

from orchestration.doctor.values import Values
from orchestration.landing.contract import Column, SourceTable

NEAR = 0.74
# The first line of a draft, by which nobody takes it for a decision.
DRAFTED = "# Drafted by make doctor"
# What others call a column of ours; plain words, compared without blanks and capitals.
ALSO = {
    "account_id": ("customerid", "customer", "customerno", "companyid", "organizationid",
                   "organisationid", "accountno", "client", "clientid", "account", "company"),
    "name": ("company", "companyname", "customername", "accountname"),
    "user_id": ("person", "personid", "contactid", "userno", "member"),
    "event_ts": ("timestamp", "time", "eventtime", "eventdate", "date", "datetime"),
    "event_name": ("event", "action", "eventtype", "name"),
    "event_id": ("id", "uuid", "messageid"),
    "created_at": ("since", "created", "opened", "openedat", "createdon", "signupdate",
                   "createdate"),
    "started_at": ("start", "startdate", "started", "from"),
    "ended_at": ("end", "enddate", "ended", "until"),
    "status": ("state",),
    "attempted_at": ("paid", "paidat", "chargedat", "date"),
    "amount_minor": ("amount", "total", "sum"),
    "unit_amount_minor": ("price", "monthlyprice", "monthlycharges", "unitprice", "amount"),
    "quantity": ("seats", "licenses", "units"),
    "email": ("mail", "emailaddress"),
    "subscription_id": ("contract", "contractid", "contractno", "subscription", "subscriptionno"),
    "payment_id": ("id", "no"),
    "ticket_id": ("id", "ticket", "ticketno", "caseid", "key", "number"),
    "priority": ("prio", "urgency", "severity"),
}  # fmt: skip


def draft(
    folder: str, tables: Mapping[str, Mapping[str, Values]], declared: Iterable[SourceTable]
) -> str:
    """Draft the mapping of a folder from what was seen of its tables' columns."""
    known = [table for table in declared if table.system != "catalogue"]
    lines = [
        f"{DRAFTED}: take this line away once it is right, and make init puts it in place.",
        f"# For the folder {folder}. Left stand our columns, right yours. make doctor tries it.",
        "time_zone: UTC                # of times without an offset, as Europe/Berlin",
        *_how_written(tables),
        "tables:",
    ]
    for name, seen in tables.items():
        lines += _table(name, seen, known)
    return "\n".join(lines) + "\n"


def _how_written(tables: Mapping[str, Mapping[str, Values]]) -> list[str]:
    """Return the lines that somebody must decide on, where days or numbers can be read two ways."""
    every = [values for seen in tables.values() for values in seen.values()]
    lines = []
    if any("day in an order that is not told" in values.kinds for values in every):
        lines.append("# dates: day first            # NEEDED: day first or month first?")
    if any("number with a comma" in values.kinds for values in every):
        lines.append("decimals: comma               # as numbers like 49,00 were seen")
    return lines


def nearest(name: str, seen: Iterable[str], declared: Sequence[SourceTable]) -> list[SourceTable]:
    """Return our tables, the one first to which a table is nearest by its columns and its name."""
    columns = [*seen]
    return sorted(declared, key=lambda table: (-_nearness(name, columns, table), table.folder))


def _table(name: str, seen: Mapping[str, Values], declared: Sequence[SourceTable]) -> list[str]:
    best, *others = nearest(name, seen, declared)
    pairs = _with_times(_pairs([*seen], best.columns), seen, best.columns)
    lines = [
        f"  {_said(name)}:",
        f"    becomes: {best.folder}    # else perhaps {' or '.join(t.folder for t in others[:2])}",
        "    columns:",
    ]
    for column in best.columns:
        if column.name in pairs:
            doubt = best.identity == (column.name,) and seen[pairs[column.name]].repeats
            why = "    # NEEDED? its values repeat, and lines with one value are one thing"
            lines.append(f"      {column.name}: {_said(pairs[column.name])}{why if doubt else ''}")
        elif column.required:
            lines.append(f"      # {column.name}:    # NEEDED ({column.data_type}): which column?")
    lines += [
        f"      # {column.name}:"
        for column in best.columns
        if column.name not in pairs and not column.required
    ]
    lines += ["    # constants: {}           # what is the same in every line, as {currency: EUR}"]
    units = [
        ours
        for ours, theirs in pairs.items()
        if ours.endswith("_minor") and (seen[theirs].unit or "").startswith("units")
    ]
    if units:
        lines.append(f"    amounts_in_units: [{', '.join(units)}]    # as decimals were seen")
    if unused := [column for column in seen if column not in pairs.values()]:
        lines.append(f"    # not used: {', '.join(_said(column) for column in unused)}")
        lines += _rest(unused, [table for table in declared if table is not best])
    return lines


def _rest(unused: Sequence[str], declared: Sequence[SourceTable]) -> list[str]:
    """Say which other table the columns that are left could be, where two or more fit it."""
    fitting = [(_pairs(unused, table.columns), table.folder) for table in declared]
    pairs, folder = min(fitting, key=lambda found: (-len(found[0]), found[1]))
    if len(pairs) < 2:
        return []
    said = ", ".join(f"{ours}: {_said(theirs)}" for ours, theirs in pairs.items())
    return [
        f"    # They could be {folder} ({said}): one table may become two things,",
        "    # each an entry of a list that begins with - becomes.",
    ]


def _pairs(seen: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    ranked = sorted(
        (
            (-_likeness(column.name, theirs), not column.required, place, column.name, theirs)
            for place, column in enumerate(columns)
            for theirs in seen
        )
    )
    needed = {column.name for column in columns if column.required}
    pairs: dict[str, str] = {}
    # What is needed chooses first: without it no line is loaded.
    for is_needed in (True, False):
        for negative, _, _, ours, theirs in ranked:
            is_free = ours not in pairs and theirs not in pairs.values()
            if -negative >= NEAR and is_free and (ours in needed) == is_needed:
                pairs[ours] = theirs
    return {column.name: pairs[column.name] for column in columns if column.name in pairs}


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


def _nearness(name: str, seen: Sequence[str], table: SourceTable) -> float:
    pairs = _pairs(seen, table.columns)
    needed = [column.name in pairs for column in table.columns if column.required]
    share = sum(needed) / len(needed) if needed else 0
    # Where few columns are needed they say little, and a table that is called the same much, unless
    # half of them are absent.
    called = SequenceMatcher(None, _plain(name), _plain(table.name)).ratio()
    return share / 2 + len(pairs) / max(len(seen), 1) + (1 if called >= NEAR and share > 0.5 else 0)


def _likeness(ours: str, theirs: str) -> float:
    one, other = _plain(ours), _plain(theirs)
    if one == other:
        return 1
    if other in (also := ALSO.get(ours, ())):
        return 0.95 - also.index(other) / 100
    return SequenceMatcher(None, one, other).ratio() * 0.9


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _said(name: str) -> str:
    return yaml.safe_dump(name, allow_unicode=True, default_flow_style=True).split("\n")[0]
