"""HubSpot: batch update of records that are found by a unique property of theirs.

A batch of 100 is one request. Its answer is paired with the records by ``objectWriteTraceId``, as
the order proves nothing; a record of which it says nothing was not taken. The version of the path
is a setting: HubSpot dates its interface, and each date ends.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.crm.exchange import Answer, Exchange, said
from orchestration.crm.field_map import Destination
from orchestration.crm.systems import Record, Said, errors_of, is_same, named, short


def is_for_today(answer: Answer) -> bool:
    """Tell whether the requests of the day are used up; they begin anew at midnight."""
    body = answer.body if isinstance(answer.body, dict) else {}
    return answer.status == 429 and str(body.get("policyName", "")).upper() == "DAILY"


class HubSpot:
    """Records of one kind in HubSpot."""

    def __init__(self, exchange: Exchange, destination: Destination, version: str) -> None:
        self.exchange, self.destination = exchange, destination
        self.path = f"/crm/objects/{version}/{destination.object}/batch"

    def missing(self, records: Sequence[Record]) -> set[str]:
        """Return none: an update creates nothing and names what it does not find."""
        return set()

    def write(self, records: Sequence[Record]) -> Answer:
        """Send one batch update; every value is a string, and an empty one clears."""
        inputs = [
            {
                "id": record.key,
                "idProperty": self.destination.key_property,
                "objectWriteTraceId": record.trace,
                "properties": {name: value or "" for name, value in record.values.items()},
            }
            for record in records
        ]
        return self.exchange.ask("POST", f"{self.path}/update", {"inputs": inputs})

    def outcomes(self, answer: Answer, records: Sequence[Record]) -> dict[str, Said]:
        """Pair results and errors with the records."""
        body = answer.body if isinstance(answer.body, dict) else {}
        by_key = {record.key: record for record in records}
        by_trace = {record.trace: record for record in records}
        found: dict[str, Said] = {}
        for result in _dicts(body.get("results")):
            record = by_trace.get(result.get("objectWriteTraceId")) or by_key.get(
                _properties(result).get(self.destination.key_property)
            )
            if record:
                found[record.trace] = _taken(record, _properties(result))
        unpaired = []
        for error in _dicts(body.get("errors")):
            about = self._about(error, by_trace, by_key)
            for record in about:
                names = [n for one in errors_of(error) for n in named(one, [*record.values])]
                found[record.trace] = Said(False, short(_told(error)), frozenset(names))
            if not about:
                unpaired.append(short(_told(error)))
        rest = unpaired[0] if unpaired else f"no answer for this record (status {answer.status})"
        return {record.trace: found.get(record.trace, Said(False, rest)) for record in records}

    def read_back(self, records: Sequence[Record]) -> dict[str, Mapping[str, Any]]:
        """Return what HubSpot has of the properties of these records."""
        names = sorted({name for record in records for name in record.values})
        key_property = self.destination.key_property
        answer = self.exchange.ask(
            "POST",
            f"{self.path}/read",
            {
                "idProperty": key_property,
                "inputs": [{"id": record.key} for record in records],
                "properties": [key_property, *names],
            },
        )
        body = answer.body if answer.is_good and isinstance(answer.body, dict) else {}
        found = {
            _properties(result).get(key_property): _properties(result)
            for result in _dicts(body.get("results"))
        }
        return {r.trace: found[r.key] for r in records if r.key in found}

    def close(self) -> None:
        """Close the connections."""
        self.exchange.close()

    def _about(
        self, error: Mapping, by_trace: Mapping[str, Record], by_key: Mapping[str, Record]
    ) -> list[Record]:
        context = error.get("context") if isinstance(error.get("context"), dict) else {}
        traces = [*_texts(context.get("objectWriteTraceId")), *_texts(context.get("traceId"))]
        traces += _texts(error.get("objectWriteTraceId"))
        if found := [by_trace[trace] for trace in traces if trace in by_trace]:
            return found
        keys = [text for name in ("ids", "id") for text in _texts(context.get(name))]
        return [by_key[key] for key in keys if key in by_key]


def _taken(record: Record, properties: Mapping[str, Any]) -> Said:
    """Believe a result, unless it shows other values than were sent."""
    others = {
        name
        for name, value in record.values.items()
        if name in properties and not is_same(value, properties[name])
    }
    if not others:
        return Said(True, "updated")
    shown = f"after the update it holds other values: {', '.join(sorted(others))}"
    return Said(False, shown, frozenset(others))


def _told(error: Mapping) -> str:
    return said(Answer(0, error, {}))


def _properties(result: Mapping) -> Mapping[str, Any]:
    found = result.get("properties")
    return found if isinstance(found, dict) else {}


def _dicts(value: Any) -> list[Mapping]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [t for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]
