"""A channel that sends nothing: each message becomes a file below the reports of its day.

It takes the place of a channel that is not configured. What is not here: when a file is read.
"""

import json
from collections.abc import Callable
from pathlib import Path

from orchestration.alerting.chat import payload_of
from orchestration.alerting.letter import letter_of
from orchestration.alerting.mail import Pictures
from orchestration.alerting.messages import Message
from orchestration.settings.channels import ChannelSettings
from orchestration.warehouse.atomic_write import write_atomically

# Nobody has this address, now or later (RFC 2606).
NOBODY = "{audience}@example.invalid"


class Files:
    """The folder ``<reports>/<day>/outbox``."""

    mode = "dry_run"

    def __init__(
        self, settings: ChannelSettings, folder: Path, pictures: Pictures = lambda message: {}
    ) -> None:
        """Prepare to write into a folder, which is made when something is written."""
        self.settings, self.folder, self.pictures = settings, folder, pictures

    def send(self, message: Message, before: Callable[[], None]) -> str | None:
        """Write a message; its name is its identifier, so it is there once."""
        before()
        path = (
            self.folder / f"{message.message_id}.{'eml' if message.channel == 'mail' else 'json'}"
        )
        if message.channel == "mail":
            audience = "".join(mark for mark in message.audience if mark.isalnum() or mark in "-_")
            letter = letter_of(
                message,
                self.settings.sender,
                [NOBODY.format(audience=audience[:60] or "nobody")],
                self.pictures(message),
            )
            content = letter.as_bytes()
        else:
            payload = payload_of(message, self.settings.chat_format)
            content = (json.dumps(payload, indent=1, ensure_ascii=False) + "\n").encode()
        with write_atomically(path) as unfinished:
            unfinished.write_bytes(content)
        return None

    def close(self) -> None:
        """Nothing is open."""
