"""One push: what each customer system lacks of what is published, sent, answered and noted.

Without a token nothing is sent: the files say what would be. What is not here: when this happens,
which the asset and the command decide.
"""

import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.crm import hubspot, salesforce
from orchestration.crm.alarm import reasons_to_tell
from orchestration.crm.book import Book
from orchestration.crm.breaker import older_than, reasons_to_hold, stale_sources
from orchestration.crm.choice import HELD, REFUSED, ChosenField, choose, hold
from orchestration.crm.delivery import Delivery
from orchestration.crm.exchange import Exchange
from orchestration.crm.field_map import Destination, read_destinations
from orchestration.crm.files import counts, write_push
from orchestration.crm.systems import CustomerSystem
from orchestration.crm.wanted import WantedField, wanted_fields
from orchestration.landing.tables import ensure_books
from orchestration.publication.opening import opened_publication, published_in
from orchestration.publication.places import DATABASE
from orchestration.publication.refresh import refresh_published
from orchestration.settings.crm import CrmSettings
from orchestration.settings.parts import PublicationSettings
from orchestration.settings.values import SettingsError
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import NotDeliverable, NothingBuilt, require_deliverable

DRY = "dry run: no token"


@dataclass(frozen=True)
class Pushed:
    """What became of a push to one destination.

    Attributes:
        destination: the system.
        counts: fields by status.
        path: of the file that has every field.
        held: why what is due was not sent; empty where it was.
        is_dry: whether there is no token.
        remarks: lines that an operator should read.
        alarms: why somebody has to look at it; none of a dry run.
    """

    destination: str
    counts: dict[str, int]
    path: Path
    held: str
    is_dry: bool
    remarks: tuple[str, ...]
    alarms: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Published:
    day: date
    run_id: str
    stale: list[str]
    wanted: list[tuple[Destination, list[WantedField]]]


def push(
    settings: PublicationSettings,
    crm: CrmSettings,
    releases: Set[str] = frozenset(),
    sleep: Callable[[float], None] = time.sleep,
) -> list[Pushed]:
    """Tell every destination of the seeds what it lacks; what is in one's way stops no other.

    Args:
        settings: where the publication, the warehouse and the reports lie.
        crm: the systems.
        releases: reasons to hold that a person lets pass.
        sleep: waits for some seconds.

    Raises:
        CrmError: a seed cannot be read.
        WarehouseError: nothing is built or published, or what is cannot be read.
    """
    gates = ""
    try:
        require_deliverable(settings, "The push")
    except NothingBuilt:
        # Nor is there a book of what was told before.
        raise
    except NotDeliverable as error:
        gates = str(error)
    published = _published(settings)
    moment = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    with Warehouse.of(settings).writing() as connection:
        ensure_books(connection)
        # Each statement is about a hundred rows: a second thread would be waited for in vain.
        connection.execute("set threads = 1")
        done = [
            _push_one(
                settings, crm, connection, published, one, fields, gates, releases, moment, sleep
            )
            for one, fields in published.wanted
        ]
        connection.execute("reset threads")
        refresh_published(settings, connection, "fct_crm_push", "crm_push_fields")
        return done


def _published(settings: PublicationSettings) -> _Published:
    current, listing = published_in(settings.published)
    day = date.fromisoformat(listing["as_of"])
    destinations = read_destinations(settings.dbt_project / "seeds", day)
    with opened_publication(published=current / DATABASE) as connection:
        wanted = [(one, wanted_fields(connection, one, day)) for one in destinations]
        return _Published(day, listing["run_id"], stale_sources(connection), wanted)


def _push_one(
    settings: PublicationSettings,
    crm: CrmSettings,
    connection: duckdb.DuckDBPyConnection,
    published: _Published,
    destination: Destination,
    wanted: list[WantedField],
    gates: str,
    releases: Set[str],
    moment: datetime,
    sleep: Callable[[float], None],
) -> Pushed:
    book = Book(connection, destination)
    acknowledged, in_flight = book.acknowledged(), book.in_flight()
    chosen = choose(wanted, acknowledged, book.dead_letters(), published.day, in_flight)
    due = [field for field in chosen if field.is_due]
    token, why = _token(crm, destination)
    found = [
        *reasons_to_hold(destination, chosen, acknowledged, published.stale, crm),
        *older_than(book.newest_day(), published.day),
    ]
    reasons = [gates, *(f"{name}: {text}" for name, text in found if name not in releases), why]
    held = "; ".join(reason for reason in reasons if reason)
    if held:
        chosen = hold(chosen, held)
    earlier = book.accounts_of_pushes()
    number = book.begin(chosen, published.day, moment, published.run_id)
    ended = chosen
    if due and not held and token:
        with _system(crm, destination, token, sleep) as system:
            delivery = Delivery(system, book, number, published.day, sleep)
            done = delivery.deliver(due, destination.batch_size, in_flight)
        by_key = {field.key: field for field in done}
        ended = [by_key.get(field.key, field) for field in chosen]
    folder = settings.reports / published.day.isoformat()
    what: dict[str, Any] = {
        "as_of": published.day.isoformat(),
        "push_number": number,
        "held": held,
    }
    path = write_push(folder, destination, ended, due, what)
    is_dry = token is None and why == DRY
    alarms = () if is_dry else reasons_to_tell(ended, earlier, held if due else "", crm)
    return Pushed(
        destination.name,
        counts(ended),
        path,
        held if due else "",
        is_dry,
        tuple(_remarks(destination, ended)),
        tuple(alarms),
    )


def _token(crm: CrmSettings, destination: Destination) -> tuple[str | None, str]:
    """Return the token, or why nothing can be sent."""
    system = crm.systems.get(destination.name)
    if system is None:
        return None, DRY
    try:
        token = system.read_token()
    except SettingsError as error:
        return None, str(error)
    if token is None:
        return None, DRY
    if not system.url:
        return None, f"{system.names}_URL is not set; expected the address of your own instance"
    return token, ""


@contextmanager
def _system(
    crm: CrmSettings, destination: Destination, token: str, sleep: Callable[[float], None]
) -> Iterator[CustomerSystem]:
    system = crm.systems[destination.name]
    module, kind = {
        "hubspot": (hubspot, hubspot.HubSpot),
        "salesforce": (salesforce, salesforce.Salesforce),
    }[destination.name]
    exchange = Exchange(
        system.url,
        token,
        crm.timeout_seconds,
        crm.longest_wait_seconds,
        module.is_for_today,
        sleep,
    )
    opened = kind(exchange, destination, system.version)
    try:
        yield opened
    finally:
        opened.close()


def _remarks(destination: Destination, fields: Sequence[ChosenField]) -> Iterator[str]:
    """Say once for each reason what was not taken, and of how many fields."""
    found: dict[tuple[str, str], list[ChosenField]] = {}
    for field in fields:
        if field.status in (REFUSED, HELD, "invalid") and field.answer:
            found.setdefault((field.status, field.answer), []).append(field)
    largest = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    for (status, answer), members in largest[:10]:
        accounts = len({field.wanted.account_id for field in members})
        yield (
            f"{destination.name}: {len(members):,} fields of {accounts:,} accounts {status}: "
            f"{answer}"
        )
    if len(largest) > 10:
        yield f"{destination.name}: {len(largest) - 10} more reasons; the file has them."
