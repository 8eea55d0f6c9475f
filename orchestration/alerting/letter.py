"""A message as a mail: text and HTML that say the same, pictures inline, below 100 KB.

The subject is the summary; the identifier is the message's own, so a mail that is sent again is
the same mail. What is not here: how it is sent, which is ``mail``'s.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from orchestration.alerting.events import Event
from orchestration.alerting.messages import EVENTS_SHOWN, Message
from orchestration.alerting.wording import (
    YES_OR_NO,
    details,
    headline,
    kind_of,
    plain,
    value_in_words,
    value_of_the_day,
)
from orchestration.reporting import formats

MOST_BYTES = 100_000
LONGEST_SUBJECT = 150
FEWER = (EVENTS_SHOWN, 20, 10, 5)
TEMPLATES = Environment(
    loader=PackageLoader("orchestration.alerting"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def letter_of(
    message: Message,
    sender: str,
    recipients: Sequence[str],
    pictures: Mapping[str, tuple[str, bytes]] | None = None,
) -> EmailMessage:
    """Write a message as a mail.

    Args:
        message: what is told.
        sender: address from which it comes.
        recipients: addresses to which it goes.
        pictures: by the identifier of an event, what a picture shows and its PNG; they are left
            out where the mail would be too large.
    """
    letter = blank_letter(message.subject, sender, recipients, f"{message.message_id}.alerts")
    letter["Date"] = format_datetime(datetime.combine(message.day, time(), UTC))
    if message.severity == "critical":
        letter["Importance"] = "high"
    # Less is shown until it is small enough: first no pictures, then fewer events.
    drawn = dict(pictures or {})
    for shown, kept in ((EVENTS_SHOWN, drawn), *((count, {}) for count in FEWER)):
        text, html = _texts(message, shown, kept)
        filled(letter, text, html, {key: png for key, (_, png) in kept.items()})
        if len(letter.as_bytes()) <= MOST_BYTES:
            break
    return letter


def _texts(
    message: Message, shown: int, pictures: Mapping[str, tuple[str, bytes]]
) -> tuple[str, str]:
    events = message.events[:shown]
    more = len(message.events) - len(events)
    rows = [
        {
            "event": event,
            "place": place_of(event),
            "headline": headline(event),
            "details": details(event),
            "marked": marked(event),
        }
        for event in events
    ]
    text = [message.subject, ""]
    if message.remark:
        text += [message.remark, ""]
    for row in rows:
        if len(message.events) > 1:
            text += [f"- {row['headline']}"]
        text += [f"  {name}: {said}" for name, said in row["details"]] + [""]
    if more:
        text += [f"… and {more} more, on the page about alerts."]
    html = TEMPLATES.get_template("letter.html.jinja").render(
        subject=message.subject, remark=message.remark, rows=rows, more=more, pictures=pictures
    )
    return "\n".join(text), html


def place_of(event: Event) -> str:
    """Return the row of the outbox that an event is, as ``fct_alert_outbox?event_id=…``."""
    key = {"event_id": event.event_id, "channel": event.channel, "audience": event.audience}
    return f"fct_alert_outbox?{urlencode(key)}"


def marked(event: Event) -> dict[str, Markup]:
    """Return what is said of an event with its numbers marked as facts, by headline or name."""
    kind = kind_of(event.unit)
    value = value_in_words(event.observed_value, event.unit)
    # The day behind it may hold the same figures.
    behind = value_of_the_day(event).removeprefix(value)
    if event.event == "storm":
        value, behind = formats.number(event.observed_value or 0), ""
    places = {"Open since": ("opened_on", "date"), "Monthly revenue": ("mrr", "money")}
    found = {name: _fact(said, said, event, *places[name]) if name in places else escape(said)
             for name, said in details(event)}  # fmt: skip
    # Why something was closed is a text, and that something is so.
    is_text = event.event == "closed" or event.observed_value is None or event.unit == YES_OR_NO
    number = "" if is_text else value
    said = _fact(headline(event), number, event, "observed_value", kind, behind)
    return found | {"headline": said}


def _fact(text: str, number: str, event: Event, column: str, kind: str, behind: str = "") -> Markup:
    before, found, after = text.rpartition(number + behind) if number else (text, "", "")
    if not found:
        return escape(text)
    found, after = number, behind + after
    mark = Markup('<span data-fact="#{}" data-kind="{}" data-value="{}">{}</span>')
    shown = mark.format(column, kind, getattr(event, column), found)
    return escape(before) + shown + escape(after)


def blank_letter(
    subject: str, sender: str, recipients: Sequence[str], identifier: str
) -> EmailMessage:
    """Write the head of a mail; nothing of it can begin another header."""
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = plain(subject, LONGEST_SUBJECT)
    letter["From"] = plain(sender)
    letter["To"] = ", ".join(recipients) if recipients else "undisclosed-recipients:;"
    letter["Message-ID"] = f"<{identifier}@{sender.rpartition('@')[2] or 'localhost'}>"
    # Nobody's absence note answers it (RFC 3834).
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    return letter


def filled(
    letter: EmailMessage,
    text: str,
    html: str,
    pictures: Mapping[str, bytes] | None = None,
    papers: Mapping[str, bytes] | None = None,
) -> EmailMessage:
    """Give a mail its text, the same as HTML, pictures that it names ``cid:<key>``, and PDFs."""
    letter.clear_content()
    letter.set_content(text)
    letter.add_alternative(html, subtype="html")
    for key, png in (pictures or {}).items():
        letter.get_payload()[1].add_related(
            png, maintype="image", subtype="png", cid=f"<{key}>", filename=f"{key}.png",
            disposition="inline",
        )  # fmt: skip
    for name, pdf in (papers or {}).items():
        letter.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    # Boundaries are drawn by lot otherwise, and the same mail has the same bytes.
    for number, part in enumerate(part for part in letter.walk() if part.is_multipart()):
        part.set_boundary(f"=_{letter['Message-ID'].strip('<>').split('.')[0][:24]}_{number}")
    return letter
