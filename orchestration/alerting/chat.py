"""Chat by webhook, in Slack's format or a generic one, within ten seconds and patient once asked.

Each post carries the identifier of its message (``Idempotency-Key``, and ``id`` in the generic
format), so a receiver can tell one that comes again; Slack does not. What is not here: the words.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from orchestration.alerting.messages import EVENTS_SHOWN, Message
from orchestration.alerting.sending import ChannelClosed, NotSent, Unanswered
from orchestration.alerting.wording import details, headline, value_in_words
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.values import SettingsError

TURNS = 4
CLOSED = {
    401: "it is not taken",
    403: "it is not taken",
    404: "there is no such webhook",
    410: "the webhook was taken away",
}
# Slack refuses a text of more than 3,000 characters, and more than 50 blocks.
LONGEST_TEXT = 2900
SLACK_MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Chat:
    """The webhook, asked for when the first message leaves."""

    mode = "live"

    def __init__(
        self, settings: ChannelSettings, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Prepare to post.

        Args:
            settings: where the address stands, and the format.
            sleep: waits for some seconds.
        """
        self.settings, self.sleep = settings, sleep
        self.client: Any = None
        self.address = ""

    def send(self, message: Message, before: Callable[[], None]) -> str | None:
        """Post a message."""
        return self.post(payload_of(message, self.settings.chat_format), message.message_id, before)

    def post(self, payload: Any, identifier: str, before: Callable[[], None]) -> str | None:
        """Post a payload; wait where the other side asks to.

        Raises:
            NotSent: it was not taken.
            Unanswered: no answer came within the time.
            ChannelClosed: the address is none, or not taken.
        """
        self._open()
        before()
        for turn in range(TURNS):
            status, wait = self._once(payload, identifier)
            if 200 <= status < 300:
                return None
            if status in CLOSED:
                raise ChannelClosed(
                    f"CHAT_WEBHOOK_URL_FILE: {CLOSED[status]} (status {status}). Put a new address "
                    "into the file and run make notify."
                )
            if status != 429 and status < 500:
                raise NotSent(f"refused with status {status}")
            if turn == TURNS - 1 or wait > self.settings.longest_wait_seconds:
                break
            self.sleep(wait if status == 429 else max(wait, 2**turn))
        if status == 429:
            raise ChannelClosed(f"we are asked to wait {wait:.0f} s; run make notify later")
        raise NotSent(f"the other side failed with status {status}")

    def _open(self) -> None:
        if self.client is not None:
            return
        try:
            self.address = self.settings.read_webhook()
        except SettingsError as error:
            raise ChannelClosed(str(error)) from None
        # Most runs tell nothing, and need not wait for it.
        import httpx

        self.failures = (httpx.HTTPError, httpx.InvalidURL)
        self.client = httpx.Client(timeout=self.settings.timeout_seconds, follow_redirects=False)

    def _once(self, payload: Any, identifier: str) -> tuple[int, float]:
        ends = time.monotonic() + self.settings.timeout_seconds
        headers = {"Content-Type": "application/json", "Idempotency-Key": identifier}
        try:
            with self.client.stream(
                "POST", self.address, content=json.dumps(payload).encode(), headers=headers
            ) as answer:
                for _ in answer.iter_raw():
                    # A body that drips may last for ever; the status says enough.
                    if time.monotonic() > ends:
                        break
                return answer.status_code, _seconds(answer.headers.get("retry-after"))
        except self.failures as error:
            # Its text holds the address, which is a secret.
            raise Unanswered(f"no answer from the webhook ({type(error).__name__})") from None

    def close(self) -> None:
        """Close the connections."""
        if self.client is not None:
            self.client.close()
            self.client = None


def payload_of(message: Message, chat_format: str) -> dict[str, Any]:
    """Return what is posted for a message."""
    return slack(message) if chat_format == "slack" else generic(message)


def slack(message: Message) -> dict[str, Any]:
    """Write a message as Slack reads it; nothing from data is a link, a mention or a mark."""
    blocks = [_section(f"*{slack_text(message.subject)}*")]
    if message.remark:
        blocks.append(_section(slack_text(message.remark)))
    for event in message.events[:EVENTS_SHOWN]:
        lines = [f"{slack_text(name)}: {slack_text(said)}" for name, said in details(event)]
        if len(message.events) > 1:
            lines = [f"*{slack_text(headline(event))}*", *lines[:2]]
        blocks.append(_section("\n".join(lines)))
    if (more := len(message.events) - EVENTS_SHOWN) > 0:
        blocks.append(_section(f"… and {more} more"))
    return {
        "text": slack_text(message.subject),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def generic(message: Message) -> dict[str, Any]:
    """Write a message for a program."""
    return {
        "id": message.message_id,
        "day": message.day.isoformat(),
        "severity": message.severity,
        "summary": message.subject,
        "remark": message.remark,
        "audience": message.audience,
        "events": [
            {
                "id": event.event_id,
                "alert_id": event.alert_id,
                "event": event.event,
                "severity": event.severity,
                "rule": event.rule,
                "entity_id": event.entity_id,
                "entity_name": event.entity_name,
                "summary": headline(event),
                "value": event.observed_value,
                "value_in_words": value_in_words(event.observed_value, event.unit),
                "opened_on": event.opened_on.isoformat(),
                "runbook": event.runbook,
            }
            for event in message.events
        ],
    }


def slack_text(text: str) -> str:
    """Write a text from data so that Slack reads no link, mention or mark in it."""
    # A name with an asterisk would begin bold text: a mark of no width is no longer one.
    marked = text.translate(SLACK_MARKS)
    for mark in "*_~`":
        marked = marked.replace(mark, f"\u200b{mark}")
    return marked.replace("@", "@\u200b")


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:LONGEST_TEXT]}}


def _seconds(text: str | None) -> float:
    try:
        seconds = float(text or "")
    except ValueError:
        return 1.0
    return seconds if 0 <= seconds < float("inf") else 1.0
