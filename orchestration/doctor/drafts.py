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
    "event_ts": ("timestamp", "time", "eventtime", "date", "datetime"),
    "event_name": ("event", "eventtype", "action", "name"),
    "event_id": ("id", "uuid", "messageid"),
    "created_at": ("since", "created", "opened", "openedat", "createdon", "signupdate",
                   "createdate"),
    "started_at": ("start", "startdate", "started", "from"),
    "ended_at": ("end", "enddate", "ended", "until"),
    "status": ("state",),
    "attempted_at": ("paid", "paidat", "chargedat", "date"),
    "amount_minor": ("amount", "total", "sum"),
    "unit_amount_minor": ("price", "monthlycharges", "unitprice", "amount"),
    "quantity": ("seats", "licenses", "units"),
    "email": ("mail", "emailaddress"),
    "subscription_id": ("contract", "contractid", "subscription"),
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
        "tables:",
    ]
    for name, seen in tables.items():
        lines += _table(name, seen, known)
    return "\n".join(lines) + "\n"


def nearest(name: str, seen: Iterable[str], declared: Sequence[SourceTable]) -> list[SourceTable]:
    """Return our tables, the one first to which a table is nearest by its columns and its name."""
    columns = [*seen]
    return sorted(declared, key=lambda table: (-_nearness(name, columns, table), table.folder))


def _table(name: str, seen: Mapping[str, Values], declared: Sequence[SourceTable]) -> list[str]:
    best, *others = nearest(name, seen, declared)
    pairs = _pairs([*seen], best.columns)
    lines = [
        f"  {_said(name)}:",
        f"    becomes: {best.folder}    # else perhaps {' or '.join(t.folder for t in others[:2])}",
        "    columns:",
    ]
    for column in best.columns:
        if column.name in pairs:
            lines.append(f"      {column.name}: {_said(pairs[column.name])}")
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
    return lines


def _pairs(seen: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    ranked = sorted(
        (
            (-_likeness(column.name, theirs), not column.required, place, column.name, theirs)
            for place, column in enumerate(columns)
            for theirs in seen
        )
    )
    pairs: dict[str, str] = {}
    for negative, _, _, ours, theirs in ranked:
        if -negative >= NEAR and ours not in pairs and theirs not in pairs.values():
            pairs[ours] = theirs
    return {column.name: pairs[column.name] for column in columns if column.name in pairs}


def _nearness(name: str, seen: Sequence[str], table: SourceTable) -> float:
    pairs = _pairs(seen, table.columns)
    needed = [column.name in pairs for column in table.columns if column.required]
    share = sum(needed) / len(needed) if needed else 0
    # Where few columns are needed they say little, and a table that is called the same much.
    called = SequenceMatcher(None, _plain(name), _plain(table.name)).ratio()
    return share / 2 + len(pairs) / max(len(seen), 1) + (1 if called >= NEAR else 0)


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
