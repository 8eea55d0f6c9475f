"""Salesforce: collections of records that are found by an external identifier of theirs.

An upsert creates what it does not know, so it is asked first which identifiers exist, and only
those are sent. A batch of 200 is one request, answered in its order with status 200 whatever
became of each record.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from orchestration.crm.exchange import Answer, Exchange, Unanswered, said
from orchestration.crm.field_map import Destination
from orchestration.crm.systems import Record, Said, errors_of, named, short

# An address may have some 16,000 characters.
LONGEST_QUERY = 12_000
DAILY = "REQUEST_LIMIT_EXCEEDED"


def is_for_today(answer: Answer) -> bool:
    """Tell whether the requests of the day are used up."""
    return answer.status in (403, 429) and DAILY in json.dumps(answer.body, default=str)


class Salesforce:
    """Records of one kind in Salesforce."""

    def __init__(self, exchange: Exchange, destination: Destination, version: str) -> None:
        self.exchange, self.destination = exchange, destination
        self.base = f"/services/data/{version}"
        self.kinds = {field.name: field.kind for field in destination.fields}

    def missing(self, records: Sequence[Record]) -> set[str]:
        """Return the traces of the records whose external identifier nobody has, or several."""
        found = self._found(records, [])
        return {record.trace for record in records if record.key.casefold() not in found}

    def write(self, records: Sequence[Record]) -> Answer:
        """Send one collection."""
        key, kind = self.destination.key_property, self.destination.object
        sent = [
            {
                "attributes": {"type": kind},
                key: record.key,
                **{name: self._typed(name, value) for name, value in record.values.items()},
            }
            for record in records
        ]
        path = f"{self.base}/composite/sobjects/{kind}/{key}"
        return self.exchange.ask("PATCH", path, {"allOrNone": False, "records": sent})

    def outcomes(self, answer: Answer, records: Sequence[Record]) -> dict[str, Said]:
        """Pair the answers with the records, by their order."""
        body = answer.body if isinstance(answer.body, list) else []
        if len(body) != len(records):
            # Whose answer is whose cannot be told any more.
            text = f"{len(body)} answers to {len(records)} records"
            return {record.trace: Said(False, text) for record in records}
        return {record.trace: _said(one, record) for one, record in zip(body, records, strict=True)}

    def read_back(self, records: Sequence[Record]) -> dict[str, Mapping[str, Any]]:
        """Return what Salesforce has of the fields of these records."""
        names = sorted({name for record in records for name in record.values})
        found = self._found(records, names)
        keys = {record.trace: record.key.casefold() for record in records}
        return {trace: found[key] for trace, key in keys.items() if key in found}

    def close(self) -> None:
        """Close the connections."""
        self.exchange.close()

    def _found(self, records: Sequence[Record], names: Sequence[str]) -> dict[str, Mapping]:
        key = self.destination.key_property
        found: dict[str, Mapping] = {}
        for chosen in _queries([record.key for record in records], LONGEST_QUERY):
            columns = ", ".join([key, *names])
            query = f"SELECT {columns} FROM {self.destination.object} WHERE {key} IN ({chosen})"
            path: str | None = f"{self.base}/query?q={quote(query, safe='')}"
            while path:
                answer = self.exchange.ask("GET", path)
                if not answer.is_good or not isinstance(answer.body, dict):
                    raise Unanswered(f"asked what exists, status {answer.status}: {said(answer)}")
                for row in answer.body.get("records") or []:
                    if isinstance(row, dict) and isinstance(row.get(key), str):
                        found[row[key].casefold()] = row
                following = answer.body.get("nextRecordsUrl")
                path = following if isinstance(following, str) else None
                # Only a path of its own: the token goes nowhere else.
                if path and not path.startswith("/services/"):
                    path = None
        return found

    def _typed(self, name: str, value: str | None) -> Any:
        kind = self.kinds.get(name)
        if value is None or kind in ("text", "date"):
            return value
        if kind == "boolean":
            return value == "true"
        return int(value) if "." not in value else float(value)


def _said(one: Any, record: Record) -> Said:
    answer = one if isinstance(one, dict) else {}
    if answer.get("success") is True:
        if answer.get("created") is True:
            return Said(True, f"created, though it was there before: {answer.get('id')}")
        return Said(True, "updated")
    errors = list(errors_of(answer.get("errors")))
    text = short("; ".join(said(Answer(0, e, {})) for e in errors)) or "no reason was given"
    names = frozenset(name for e in errors for name in named(e, [*record.values]))
    return Said(False, text, names)


def _queries(keys: Sequence[str], longest: int) -> Iterator[str]:
    """Return the keys as literals of the query language, in lists that fit into an address."""
    listed, length = [], 0
    for key in keys:
        escaped = key.replace("\\", "\\\\").replace("'", "\\'")
        literal = f"'{escaped}'"
        size = len(quote(literal, safe="")) + 6
        if listed and length + size > longest:
            yield ", ".join(listed)
            listed, length = [], 0
        listed.append(literal)
        length += size
    if listed:
        yield ", ".join(listed)
