"""The contract of every source table, as its entry in the dbt sources YAML states it.

A table gets here by declaring ``config.meta.identity`` there; Python knows none by name.
What is not here: how a contract is applied to a file, which ``statements`` writes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.landing.errors import ContractError

TYPES = {
    "varchar": "a text",
    "json": "JSON",
    "boolean": "a boolean",
    "integer": "an integer",
    "bigint": "an integer",
    "double": "a number",
    "date": "a date",
    "timestamp": "a timestamp",
}
# What is said of a value that is none of them, in the words of whoever looks at the file.
NOT_OF_TYPE = {
    "varchar": "is no text",
    "json": "is no JSON",
    "boolean": "is neither yes nor no",
    "integer": "is no whole number",
    "bigint": "is no whole number",
    "double": "is no number",
    "date": "is no date",
    "timestamp": "is no time",
}

# What a personal column tells who somebody is by: their number in our systems, a number that a
# device was given, or an e-mail address.
MARKS = ("person", "device", "address")


@dataclass(frozen=True)
class Column:
    """A column of a source table.

    Attributes:
        name: as the file writes it.
        data_type: one of ``TYPES``; a timestamp is in UTC.
        required: a line without it goes to quarantine.
        personal: it can tell who somebody is.
        identifies: one of ``MARKS`` where its values are the marks of persons; else None.
        remains: SQL over the columns of the table: what may stay of a value when its person is
            erased; None where nothing may.
        earliest: ISO date; an earlier time is a zero time of some program.
        latest: ISO date; a time from then on means never.
        least: a smaller number is none that the column can hold; None where any can be.
        most: the same for a greater one.
        must_be_read: a line whose value is told and cannot be read is refused, as without it the
            line would say something else: what has ended would go on.
        words: the canonical ones where its values are words, which staging understands.
        keeps_other_words: a word that nobody explains is kept, as it only groups.

    """

    name: str
    data_type: str
    required: bool = False
    personal: bool = False
    identifies: str | None = None
    remains: str | None = None
    earliest: str = "1990-01-01"
    latest: str = "2100-01-01"
    least: float | None = None
    most: float | None = None
    must_be_read: bool = False
    words: tuple[str, ...] = ()
    keeps_other_words: bool = False

    @property
    def has_words(self) -> bool:
        """Tell whether its values are words."""
        return bool(self.words)

    @property
    def is_time(self) -> bool:
        """Tell whether its values are days or times."""
        return self.data_type in ("timestamp", "date")

    @property
    def is_bounded_number(self) -> bool:
        """Tell whether its values are numbers within bounds."""
        return not self.is_time and (self.least is not None or self.most is not None)

    @property
    def is_identifier(self) -> bool:
        """Tell whether its values name a thing."""
        return self.data_type == "varchar" and self.name.endswith("_id")

    @property
    def names_somebody(self) -> bool:
        """Tell whether its values name a person, a device or a customer."""
        return self.identifies is not None or self.name.endswith("account_id")


@dataclass(frozen=True)
class RefusalRule:
    """A line whose typed values fulfil ``condition`` (SQL) is refused for ``reason``."""

    reason: str
    condition: str


@dataclass(frozen=True)
class SourceTable:
    """A table of a source system and what a line of it must look like.

    Attributes:
        system: folder under the landing folder.
        name: folder under that.
        identifier: name of the raw table.
        required: without a row of it nothing can be computed.
        columns: in the order of the contract.
        refuse_when: rules over the typed columns, the first that holds gives the reason.
        identity: columns that tell one thing from another.
        seed: dbt seed that speaks in its place while nothing has landed, if one does.

    """

    system: str
    name: str
    identifier: str
    columns: tuple[Column, ...]
    required: bool = False
    refuse_when: tuple[RefusalRule, ...] = ()
    identity: tuple[str, ...] = ()
    seed: str | None = None

    @property
    def folder(self) -> str:
        """Return the folder of its files, relative to the landing folder."""
        return f"{self.system}/{self.name}"

    @property
    def column_names(self) -> list[str]:
        """Return the names of its columns in the order of the contract."""
        return [column.name for column in self.columns]

    def marks(self, kind: str) -> list[str]:
        """Return the names of its columns that hold one of ``MARKS``."""
        return [column.name for column in self.columns if column.identifies == kind]

    @property
    def times(self) -> list[Column]:
        """Return its columns of days and times."""
        return [column for column in self.columns if column.is_time]

    @property
    def bounded_numbers(self) -> list[Column]:
        """Return its columns of numbers within bounds."""
        return [column for column in self.columns if column.is_bounded_number]

    @property
    def identifiers(self) -> list[Column]:
        """Return its columns that name things."""
        return [column for column in self.columns if column.is_identifier]

    @property
    def required_columns(self) -> list[str]:
        """Return the names of the columns that no line may lack."""
        return [column.name for column in self.columns if column.required]


def declared_tables(manifest: Mapping[str, Any]) -> list[SourceTable]:
    """Read every source table that lands as files from a dbt manifest, sorted by folder.

    Raises:
        ContractError: a column has no usable type, or a name that the loader needs itself, or
            what is to become of it when a person is erased cannot be told.

    """
    sources = manifest["sources"].values()
    tables = [_source_table(source) for source in sources if _meta(source).get("identity")]
    return sorted(tables, key=lambda table: table.folder)


def declared_among(names: Iterable[str], table: SourceTable) -> str:
    """Write the names of declared columns as a phrase; of others their number only.

    What a file calls its columns may be what it holds, and that a person.
    """
    folded = {name.lower(): name for name in table.column_names}
    names = list(names)
    declared = sorted(folded[name.lower()] for name in names if name.lower() in folded)
    if others := len(names) - len(declared):
        declared.append(f"{others} that the contract does not name")
    return ", ".join(declared)


def _source_table(source: Mapping[str, Any]) -> SourceTable:
    meta = _meta(source)
    folder = f"{source['source_name']}/{source['name']}"
    return SourceTable(
        system=source["source_name"],
        name=source["name"],
        identifier=source["identifier"],
        columns=tuple(_column(folder, column) for column in source["columns"].values()),
        required=bool(meta.get("required")),
        refuse_when=tuple(_rules(meta.get("refuse_when", ()))),
        identity=tuple(meta["identity"]),
        seed=meta.get("seed"),
    )


def _column(folder: str, column: Mapping[str, Any]) -> Column:
    name, data_type = column["name"], (column.get("data_type") or "").lower()
    if data_type not in TYPES:
        raise ContractError(
            f"The contract of {folder} gives column {name} the data_type {data_type!r}; "
            f"expected one of {', '.join(TYPES)}. Correct it in the sources YAML of the system."
        )
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise ContractError(
            f"The contract of {folder} names a column {name!r}; expected a letter followed by "
            "letters, digits and underscores. Correct it in the sources YAML of the system."
        )
    meta = _meta(column)
    personal, identifies = bool(meta.get("personal")), meta.get("identifies")
    is_mark = identifies in MARKS and data_type == "varchar"
    if (identifies and not is_mark) or (not personal and {"identifies", "remains"} & {*meta}):
        raise ContractError(
            f"The contract of {folder} gives column {name} ({data_type}, personal: {personal}) "
            f"identifies: {identifies!r} and remains: {meta.get('remains')!r}; expected one of "
            f"{', '.join(MARKS)} on a varchar, or nothing, and either only where personal is "
            "true. Correct it in the sources YAML of the system."
        )
    required = bool(meta.get("required"))
    bounds = {key: str(meta[key]) for key in ("earliest", "latest") if key in meta}
    bounds |= {key: float(meta[key]) for key in ("least", "most") if key in meta}
    kind = {key: bool(meta.get(key)) for key in ("must_be_read", "keeps_other_words")}
    words = tuple(map(str, meta.get("words", ())))
    return Column(
        name, data_type, required, personal, identifies, meta.get("remains"), words=words,
        **kind, **bounds,
    )  # fmt: skip


def _rules(entries: Sequence[Mapping[str, str]]) -> Iterable[RefusalRule]:
    return (RefusalRule(entry["reason"], entry["condition"]) for entry in entries)


def _meta(node: Mapping[str, Any]) -> Mapping[str, Any]:
    # dbt 1.10 moved meta under config; manifests hold it in either place.
    return {**(node.get("meta") or {}), **((node.get("config") or {}).get("meta") or {})}
