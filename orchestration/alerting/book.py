"""The book of what was told: ``raw.alert_deliveries``, a line before each attempt and one after.

A line is on the disk before the next thing is done. So a notifier that is killed before the first
line has told nobody, one that is killed after the second is done, and only between them nobody can
know. What is not here: what is told.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb

from orchestration.alerting.events import Event
from orchestration.alerting.messages import Message
from orchestration.landing.tables import ensure_books

SENDING, SENT, FAILED, SKIPPED = "sending", "sent", "failed", "skipped"
DONE = (SENT, SKIPPED)
LAST = """
select event_id, channel, audience, message_id, state, attempt_number from raw.alert_deliveries
where mode = ?
qualify row_number() over (partition by event_id, channel, audience order by line_number desc) = 1
"""
TOLD = """
select distinct alert_id, channel, audience from raw.alert_deliveries
where mode = ? and state in ('sent', 'sending') and event not in ('recovered', 'closed')
"""


class Book:
    """The book as one kind of channel reads it: live, or dry_run where files were written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mode: str) -> None:
        """Open the book of a warehouse that is open for writing."""
        ensure_books(connection)
        self.connection, self.mode = connection, mode
        rows = connection.execute(LAST, [mode]).fetchall()
        self.last = {tuple(row[:3]): row[3:] for row in rows}
        self.told = {tuple(row) for row in connection.execute(TOLD, [mode]).fetchall()}

    def is_done(self, event: Event) -> bool:
        """Tell whether nothing more is to be done about an event."""
        return event.key in self.last and self.last[event.key][1] in DONE

    def begun(self) -> dict[tuple[str, str, str], str]:
        """Return the message of every attempt of which no end is known, by what is in it."""
        return {key: message for key, (message, state, _) in self.last.items() if state == SENDING}

    def was_told(self, event: Event) -> bool:
        """Tell whether the audience has heard of the alert before, or may have."""
        return (event.alert_id, event.channel, event.audience) in self.told

    def note(
        self, events: Iterable[Event], message_id: str | None, state: str, detail: str | None = None
    ) -> None:
        """Write one line for each event, all of them or none, and wait until they are kept."""
        self.connection.begin()
        (line,) = self.connection.execute(
            "select coalesce(max(line_number), 0) from raw.alert_deliveries"
        ).fetchone()
        for number, event in enumerate(events, start=line + 1):
            tried = self.last.get(event.key, (None, None, 0))[2]
            attempt = tried + 1 if state == SENDING else max(tried, 1)
            self.connection.execute(
                "insert into raw.alert_deliveries by name select ? as line_number, ? as event_id, "
                "? as alert_id, ? as event, ? as event_date, ? as channel, ? as audience, "
                "? as message_id, ? as state, ? as mode, ? as attempt_number, ? as detail, "
                "? as noted_at",
                [
                    *(number, event.event_id, event.alert_id, event.event, event.event_date),
                    *(event.channel, event.audience, message_id, state, self.mode, attempt),
                    *(detail, datetime.now(UTC).replace(tzinfo=None)),
                ],
            )
            self.last[event.key] = (message_id, state, attempt)
            if state in (SENT, SENDING) and not event.is_ending:
                self.told.add((event.alert_id, event.channel, event.audience))
        self.connection.commit()

    def note_message(self, message: Message, state: str, detail: str | None = None) -> None:
        """Write what became of a message."""
        self.note(message.events, message.message_id, state, detail)
