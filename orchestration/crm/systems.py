"""What every customer system can do for us, and what an answer says of a record.

What is not here: how HubSpot and Salesforce say it, which their modules know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from orchestration.crm.exchange import Answer

LONGEST_ANSWER = 300
# How systems say that a record lacks a property altogether.
NO_SUCH_PROPERTY = ("PROPERTY_DOESNT_EXIST", "INVALID_FIELD", "does not exist", "No such column")


@dataclass(frozen=True)
class Record:
    """One record and what it is to hold.

    Attributes:
        account_id: of the account.
        key: value of the key property.
        trace: mark by which its answer is found.
        values: text by property; None clears it.
    """

    account_id: str
    key: str
    trace: str
    values: Mapping[str, str | None]


@dataclass(frozen=True)
class Said:
    """What a system said of a record.

    Attributes:
        is_taken: whether it has the values now.
        text: its words.
        properties: those that it refuses; none where it refuses all of the record.
    """

    is_taken: bool
    text: str = ""
    properties: frozenset[str] = frozenset()


class CustomerSystem(Protocol):
    """A system that is told values of records that it has already."""

    def missing(self, records: Sequence[Record]) -> set[str]:
        """Return the traces of records that it does not have, where it must be asked before."""

    def write(self, records: Sequence[Record]) -> Answer:
        """Send the values of a batch."""

    def outcomes(self, answer: Answer, records: Sequence[Record]) -> dict[str, Said]:
        """Return what a good answer says of each record, by trace."""

    def read_back(self, records: Sequence[Record]) -> dict[str, Mapping[str, Any]]:
        """Return what it has of each record that it finds, by trace."""

    def close(self) -> None:
        """Close the connections."""


def unknown_properties(answer: Answer, names: Sequence[str]) -> dict[str, str]:
    """Return the properties that a refusal names as ones that the system does not have."""
    found = {}
    for error in errors_of(answer.body):
        text = " ".join(_words(error))
        if any(mark.casefold() in text.casefold() for mark in NO_SUCH_PROPERTY):
            found |= dict.fromkeys(named(error, names), short(text))
    return found


def errors_of(body: Any) -> Iterator[Mapping[str, Any]]:
    """Return every error of a body, those within others too, the inner ones first."""
    if isinstance(body, list):
        for one in body:
            yield from errors_of(one)
    elif isinstance(body, dict):
        inner = body.get("errors")
        if isinstance(inner, list):
            yield from errors_of(inner)
        yield body


def named(error: Mapping[str, Any], names: Sequence[str]) -> frozenset[str]:
    """Return which of some properties an error names: in its fields, or as a word of its text."""
    context = error.get("context") if isinstance(error.get("context"), dict) else {}
    told = [error.get("fields"), context.get("propertyName"), error.get("in"), error.get("name")]
    listed = {
        text
        for one in told
        for text in (one if isinstance(one, list) else [one])
        if isinstance(text, str)
    }
    if found := listed & set(names):
        return frozenset(found)
    words = set(
        "".join(c if c.isalnum() or c == "_" else " " for c in str(error.get("message"))).split()
    )
    return frozenset(words & set(names))


def short(text: str) -> str:
    """Return a text in one line of bounded length that can be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_ANSWER]


def is_same(wanted: str | None, found: Any) -> bool:
    """Tell whether a system has a value; it may write numbers and dates in its own way."""
    if wanted is None or found is None or found == "":
        return wanted is None and found in (None, "")
    if isinstance(found, bool):
        return wanted == ("true" if found else "false")
    text = str(found)
    if text == wanted or (len(wanted) == 10 and text.startswith(f"{wanted}T")):
        return True
    try:
        return Decimal(text) == Decimal(wanted)
    except InvalidOperation:
        return False


def _words(error: Mapping[str, Any]) -> list[str]:
    names = ("code", "errorCode", "statusCode", "category", "message")
    return [error[name] for name in names if isinstance(error.get(name), str)]
