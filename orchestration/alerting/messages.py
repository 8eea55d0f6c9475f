"""Messages: the events of one audience on one channel, alone or as a digest.

The identifier of a message follows from what is in it, so an attempt that was cut off is repeated
under the same one. What is not here: how a message looks, which its channel knows.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from orchestration.alerting.events import Event
from orchestration.alerting.wording import headline
from orchestration.reporting import formats

# More lines would make nobody read them, and a mail too long to be shown whole.
EVENTS_SHOWN = 40


@dataclass(frozen=True)
class Message:
    """What is told at once.

    Attributes:
        message_id: the same for the same events.
        channel: mail or chat.
        audience: whom it is for.
        events: what happened, the worst first.
        day: of which it is.
        is_repeat: whether an earlier attempt ended without an answer, so it may be there twice.
    """

    message_id: str
    channel: str
    audience: str
    events: tuple[Event, ...]
    day: date
    is_repeat: bool = False

    @property
    def severity(self) -> str:
        """Return the worst of its events."""
        return "critical" if any(e.severity == "critical" for e in self.events) else "warning"

    @property
    def subject(self) -> str:
        """Return its summary, in one line."""
        if len(self.events) == 1:
            mark = "good" if self.events[0].is_ending else self.severity
            return f"[{mark}] {headline(self.events[0])}"
        opened = sum(not event.is_ending for event in self.events)
        ended = len(self.events) - opened
        parts = [f"{opened} {formats.noun(opened, 'alert')}"] if opened else []
        parts += [f"{ended} ended"] if ended else []
        return f"[{self.severity}] {', '.join(parts)} of {formats.day(self.day)}"

    @property
    def remark(self) -> str | None:
        """Return what is to be said about the message itself."""
        said = []
        if any(event.form == "over_budget" for event in self.events):
            said.append(
                "You have had as many alerts this week as one person can follow up, so what comes"
                " now is a list."
            )
        if self.is_repeat:
            said.append("An earlier attempt ended without an answer: you may have this twice.")
        return " ".join(said) or None


def messages_of(due: Iterable[Event], begun: Mapping[tuple[str, str, str], str]) -> list[Message]:
    """Group events into messages, in the order in which they are sent.

    Args:
        due: the events.
        begun: by event, channel and audience, the message of an attempt that is to be repeated.
    """
    groups: dict[tuple, list[Event]] = {}
    for event in due:
        again = begun.get(event.key)
        alone = "" if event.form != "single" else event.event_id
        place = (event.channel, event.audience, event.event_date, again or "", again or alone)
        groups.setdefault(place, []).append(event)
    return [
        Message(
            message_id=again or _identifier(place, events),
            channel=place[0],
            audience=place[1],
            events=tuple(sorted(events, key=_order)),
            day=place[2],
            is_repeat=bool(again),
        )
        for place, events in sorted(groups.items())
        for again in [place[3]]
    ]


def _order(event: Event) -> tuple:
    return (event.is_ending, event.severity != "critical", -(event.mrr or 0), event.event_id)


def _identifier(place: tuple, events: list[Event]) -> str:
    named = [place[0], place[1], *sorted(event.event_id for event in events)]
    return hashlib.sha256("\n".join(named).encode()).hexdigest()[:24]
