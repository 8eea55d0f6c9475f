"""What is to be told, as the publication has it: the rows of ``marts.fct_alert_outbox``.

What is not here: what was told already, which ``book`` knows.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from orchestration.alerting.wording import plain
from orchestration.publication.opening import opened_publication, published_in
from orchestration.publication.places import DATABASE
from orchestration.settings.parts import PublicationSettings

COLUMNS = (
    *("event_id", "alert_id", "rule", "channel", "audience", "form", "event", "severity"),
    *("entity_id", "entity_name", "label", "unit", "runbook", "decision_reason", "is_late"),
    *("observed_value", "mrr", "opened_on", "event_date"),
)
# Says in which currency revenue is, as its unit.
CURRENCY_TABLE = "reports.rpt_headline_kpis"
DUE = f"""
select {", ".join(COLUMNS)} from marts.fct_alert_outbox where delivery_state != 'expired'
order by event_date, channel, audience, severity, rule, event_id
"""


@dataclass(frozen=True)
class Event:
    """Something that happened to an alert, for one audience on one channel.

    Texts that come from data hold no characters that a header or a terminal would act on.
    """

    event_id: str
    alert_id: str
    rule: str
    channel: str
    audience: str
    form: str
    event: str
    severity: str
    entity_id: str
    entity_name: str
    label: str
    unit: str | None
    runbook: str | None
    decision_reason: str | None
    is_late: bool
    observed_value: float | None
    mrr: Decimal | None
    opened_on: date
    event_date: date
    currency: str = ""

    @property
    def is_ending(self) -> bool:
        """Tell whether it only matters to whoever was told of the alert before."""
        return self.event in ("recovered", "closed")

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what is told once: the event, on a channel, to an audience."""
        return (self.event_id, self.channel, self.audience)


def published_events(settings: PublicationSettings) -> tuple[date, list[Event]]:
    """Return the day of the publication, and what it says is to be told.

    Raises:
        LookupError: nothing about alerts is published.
        WarehouseError: nothing is published, or it cannot be read.
    """
    folder, listing = published_in(settings.published)
    if "marts.fct_alert_outbox" not in listing["tables"]:
        raise LookupError(
            f"{settings.published} holds no alerts. Run make run, which publishes them."
        )
    with opened_publication(published=folder / DATABASE) as connection:
        rows = connection.execute(DUE).fetchall()
        currency = _currency(connection) if CURRENCY_TABLE in listing["tables"] else ""
    return date.fromisoformat(listing["as_of"]), [_event(row, currency) for row in rows]


def published_day(settings: PublicationSettings) -> date:
    """Return the day of the publication.

    Raises:
        WarehouseError: nothing is published.
    """
    _, listing = published_in(settings.published)
    return date.fromisoformat(listing["as_of"])


def _currency(connection: duckdb.DuckDBPyConnection) -> str:
    found = connection.execute(f"select unit from {CURRENCY_TABLE} where fact = 'mrr'").fetchone()
    return found[0] or "" if found else ""


def _event(row: tuple, currency: str) -> Event:
    cells = {**dict(zip(COLUMNS, row, strict=True)), "currency": currency}
    for name in ("audience", "entity_id", "entity_name", "label", "unit", "runbook"):
        if cells[name] is not None:
            cells[name] = plain(cells[name], 1000 if name == "runbook" else 120)
    return Event(**cells)
