"""The notifier: tells what is due and not told yet, each event once on a channel to an audience.

It reads the outbox of the publication and the book of what was told, so whenever it is stopped,
the next one goes on where it was. What is not here: which alerts there are, which dbt decides.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import duckdb

from orchestration.alerting.book import FAILED, SENDING, SENT, SKIPPED, Book
from orchestration.alerting.chat import Chat
from orchestration.alerting.events import Event, published_events
from orchestration.alerting.files import Files
from orchestration.alerting.mail import Mail, Pictures
from orchestration.alerting.messages import Message, messages_of
from orchestration.alerting.pictures import pictures_of
from orchestration.alerting.sending import Channel, ChannelClosed, NotSent, Unanswered
from orchestration.publication.places import current_of
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.connection import Warehouse

WAITING = "waiting"
UNANSWERED = "unanswered"
# The same remark for every message helps nobody.
REMARKS_SHOWN = 10


@dataclass
class Told:
    """What became of the events that were due.

    Attributes:
        counts: events by channel and how they ended: sent, failed, unanswered, skipped or waiting.
        remarks: what somebody should know or do, one line each.
        folder: where the files of a dry run are; None where there is none.
    """

    counts: dict[str, Counter] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    folder: Path | None = None


def notify(
    settings: PublicationSettings,
    channels: ChannelSettings,
    make: Callable[[str, ChannelSettings, Path], Channel] | None = None,
) -> Told:
    """Tell what is due; a message that is not taken keeps no other one from being sent.

    Args:
        settings: where the publication and the book are.
        channels: how people are reached; a channel that is left out becomes files.
        make: makes a channel of a name; None for those of the settings.

    Raises:
        LookupError: nothing about alerts is published.
        WarehouseError: nothing is published, or it cannot be read.
    """
    as_of, events = published_events(settings)
    folder = settings.reports / as_of.isoformat() / "outbox"
    told = Told()
    pictures = pictures_of(current_of(settings.published))
    with Warehouse.of(settings).writing() as connection:
        if is_past(connection):
            channels = ChannelSettings(sender=channels.sender, chat_format=channels.chat_format)
            told.remarks.append(f"{as_of} is a past day, so nobody is told: messages are files.")
        for name in sorted({event.channel for event in events}):
            channel = (make or partial(channel_of, pictures=pictures))(name, channels, folder)
            if channel.mode != "live":
                told.folder = folder
            try:
                due = [event for event in events if event.channel == name]
                counts = tell(channel, Book(connection, channel.mode), due, told.remarks)
            finally:
                channel.close()
            told.counts[name] = counts
    told.remarks = shortened(told.remarks)
    return told


def is_past(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether an earlier day was built than the last full one."""
    try:
        (found,) = connection.execute(
            "select bool_or(as_of_date < last_full_date) from raw.run_parameters"
        ).fetchone()
    except duckdb.CatalogException:
        return False
    return bool(found)


def channel_of(name: str, channels: ChannelSettings, folder: Path, pictures: Pictures) -> Channel:
    """Return the channel of a name, or files in its place where it is not configured."""
    if name == "mail" and channels.has_mail:
        return Mail(channels, pictures)
    if name == "chat" and channels.has_chat:
        return Chat(channels)
    return Files(channels, folder, pictures)


def tell(channel: Channel, book: Book, events: Iterable[Event], remarks: list[str]) -> Counter:
    """Send the events of one channel that are due; count how each ended."""
    waiting = [event for event in events if not book.is_done(event)]
    untold = unheard(waiting, book)
    book.note(untold, None, SKIPPED, "nobody was told of the alert")
    due = [event for event in waiting if event not in untold]
    counts = Counter({SKIPPED: len(untold)})
    messages = messages_of(due, book.begun())
    for number, planned in enumerate(messages):
        # An end is told after its alert was, which may have failed a moment ago.
        heard = tuple(e for e in planned.events if not e.is_ending or book.was_told(e))
        counts[WAITING] += len(planned.events) - len(heard)
        if not heard:
            continue
        message = replace(planned, events=heard)
        before = partial(_begin, book, message)
        try:
            remark = channel.send(message, before)
        except ChannelClosed as closed:
            remarks.append(f"{message.channel}: {closed}")
            if book.begun().keys() & {event.key for event in message.events}:
                book.note_message(message, FAILED, str(closed)[:300])
            counts[WAITING] += sum(len(one.events) for one in messages[number:])
            break
        except Unanswered as unknown:
            # The book goes on to say that it is being sent, so it is repeated as the same message.
            remarks.append(f"{message.channel} to {message.audience}: {unknown}; it is repeated")
            counts[UNANSWERED] += len(message.events)
        except NotSent as refusal:
            remarks.append(f"{message.channel} to {message.audience}: {refusal}.")
            book.note_message(message, FAILED, str(refusal)[:300])
            counts[FAILED] += len(message.events)
        else:
            if remark:
                remarks.append(f"{message.channel} to {message.audience}: {remark}.")
            book.note_message(message, SENT, remark)
            counts[SENT] += len(message.events)
    return counts


def unheard(events: Sequence[Event], book: Book) -> list[Event]:
    """Return the ends of alerts of which the audience neither heard nor is about to hear."""
    coming = {
        (event.alert_id, event.channel, event.audience) for event in events if not event.is_ending
    }
    return [
        event
        for event in events
        if event.is_ending
        and not book.was_told(event)
        and (event.alert_id, event.channel, event.audience) not in coming
    ]


def shortened(remarks: Sequence[str]) -> list[str]:
    """Return the first remarks, each once, and how many more there are."""
    once = list(dict.fromkeys(remarks))
    more = len(once) - REMARKS_SHOWN
    return once if more <= 0 else [*once[:REMARKS_SHOWN], f"… and {more} more"]


def in_words(counts: Mapping[str, Counter]) -> list[str]:
    """Say in one line for each channel what became of the events."""
    return [
        f"{name}: "
        + (", ".join(f"{n} {state}" for state, n in sorted(found.items()) if n) or "nothing new")
        for name, found in sorted(counts.items())
    ]


def _begin(book: Book, message: Message) -> None:
    book.note_message(message, SENDING)
