"""The weekly report by mail: what it says, the report as a PDF, and where it lies.

It goes to the subscribers of ``seeds/report_subscribers.csv``; who they are is in the file of the
recipients. Each gets what is said of their own scope, and an edition once: the book of what was
told knows it. What is not here: the report.
"""

import csv
import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from markupsafe import escape

from orchestration.alerting.book import FAILED, SENDING, SENT, Book
from orchestration.alerting.events import Event
from orchestration.alerting.letter import blank_letter, filled
from orchestration.alerting.mail import Mail, unknown_recipient
from orchestration.alerting.notify import is_past
from orchestration.alerting.sending import ChannelClosed, NotSent, Unanswered
from orchestration.alerting.wording import plain
from orchestration.publication.summary import summary
from orchestration.reporting import formats
from orchestration.reporting.scopes import Scope
from orchestration.reporting.writing import summary_of
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.connection import Warehouse

EDITION = "weekly"
ENOUGH_BYTES = 60_000
# Servers refuse letters of ten megabytes and more, and coding makes a third more of a file.
LARGEST_PAPER = 5_000_000


def weekly_mail(
    report_folder: Path,
    settings: PublicationSettings,
    channels: ChannelSettings,
    day: date,
    summary_lines: Sequence[str] | None = None,
) -> list[str]:
    """Send the edition of a day to its subscribers; return remarks, one line each.

    Without a mail server each letter is a file in ``<report_folder>/outbox``.

    Args:
        report_folder: where the reports of the day lie; the path of the subscriber's own is said,
            its PDF attached, and the letter quotes its ``.txt``.
        settings: where the project, the publication and the book are.
        channels: how people are reached.
        day: of the edition.
        summary_lines: what the letter says; None for what the report says, or the first facts.
    """
    remarks: list[str] = []
    with Warehouse.of(settings).writing() as connection:
        is_live = channels.has_mail and not is_past(connection)
        book = Book(connection, "live" if is_live else "dry_run")
        mail = Mail(channels)
        try:
            for subscription in _due(settings, book, day):
                scope = Scope(*subscription.entity_id.partition(" ")[::2])
                lines = _said(report_folder, settings, summary_lines, scope)
                try:
                    _send(mail if is_live else None, book, subscription, report_folder, lines)
                except ChannelClosed as closed:
                    remarks.append(f"mail: {closed}")
                    break
                except (NotSent, Unanswered) as error:
                    remarks.append(f"weekly report to {subscription.audience}: {error}")
                    if isinstance(error, NotSent):
                        book.note([subscription], None, FAILED, str(error)[:300])
        finally:
            mail.close()
    return remarks


def _due(settings: PublicationSettings, book: Book, day: date) -> list[Event]:
    path = settings.dbt_project / "seeds" / "report_subscribers.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["edition"] == EDITION]
    asked = [_subscription(row, day) for row in rows]
    return [one for one in asked if not book.is_done(one)]


def _subscription(row: dict[str, str], day: date) -> Event:
    scope = " ".join(part for part in (row["scope_kind"], row["scope"]) if part)
    name = f"{EDITION} report {day} {scope}"
    return Event(
        event_id=hashlib.sha256(name.encode()).hexdigest()[:16],
        alert_id=f"{EDITION} report",
        rule=f"{EDITION} report",
        channel="mail",
        audience=plain(row["subscriber"]),
        form="single",
        event="edition",
        severity="warning",
        entity_id=scope,
        entity_name=plain("all customers" if row["scope_kind"] == "all" else row["scope"]),
        label="customer health",
        unit=None,
        runbook=None,
        decision_reason=None,
        is_late=False,
        observed_value=None,
        mrr=None,
        opened_on=day,
        event_date=day,
    )


def _said(
    folder: Path, settings: PublicationSettings, lines: Sequence[str] | None, scope: Scope
) -> list[str]:
    written = folder / summary_of(scope)
    if lines is None and written.exists():
        lines = written.read_text("utf-8").splitlines()
    if lines is None:
        # What all customers are is none of a narrower report's business.
        lines = list(summary(settings)) if scope.is_all else ["There is no report of it this time."]
    return [plain(line, 400) for line in lines]


def _send(
    mail: Mail | None, book: Book, subscription: Event, folder: Path, lines: Sequence[str]
) -> None:
    audience = subscription.audience
    addresses = mail.addresses_of(audience) if mail else ["subscriber@example.invalid"]
    if not addresses:
        raise NotSent(unknown_recipient(audience))
    identifier = f"{subscription.event_id}-{hashlib.sha256(audience.encode()).hexdigest()[:8]}"
    sender = mail.settings.sender if mail else ChannelSettings.sender
    title = f"Customer health, {subscription.entity_name}, {formats.day(subscription.event_date)}"
    letter = blank_letter(title, sender, addresses, f"{identifier}.report")
    page = folder / Scope(*subscription.entity_id.partition(" ")[::2]).file
    paper = page.with_suffix(".pdf")
    is_attached = paper.exists() and paper.stat().st_size <= LARGEST_PAPER
    text = "\n\n".join([*lines, f"The report: {page}"])[:ENOUGH_BYTES]
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    html = (
        f"<!doctype html><html lang='en'><head><title>{escape(title)}</title></head>"
        f"<body style='font: 15px sans-serif; max-width: 40em'><h1 style='font-size: 18px'>"
        f"{escape(title)}</h1>{paragraphs}</body></html>"
    )
    name = f"customer-health-{subscription.event_date}.pdf"
    filled(letter, text, html, papers={name: paper.read_bytes()} if is_attached else None)
    if mail is None:
        book.note([subscription], identifier, SENDING)
        with write_atomically(folder / "outbox" / f"{identifier}.eml") as unfinished:
            unfinished.write_bytes(letter.as_bytes())
    else:
        mail.deliver(letter, addresses, lambda: book.note([subscription], identifier, SENDING))
    book.note([subscription], identifier, SENT)
