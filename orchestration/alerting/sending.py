"""What every channel is: it sends one message, and says how that ended.

What is not here: the channels, which ``mail``, ``chat`` and ``files`` are.
"""

from collections.abc import Callable
from typing import Protocol

from orchestration.alerting.messages import Message


class NotSent(RuntimeError):
    """A message was not taken. The text says why, without an address or a secret."""


class Unanswered(RuntimeError):
    """Nobody knows whether the message was taken, as no answer came."""


class ChannelClosed(RuntimeError):
    """Nothing can be sent by this channel now. The text says why and what to do."""


class Channel(Protocol):
    """A way to tell people.

    Attributes:
        mode: live, or dry_run where messages only become files.
    """

    mode: str

    def send(self, message: Message, before: Callable[[], None]) -> str | None:
        """Send a message; return what is to be remarked about it.

        Args:
            message: what is told.
            before: called just before the message itself leaves, and not where it cannot.

        Raises:
            NotSent: it was not taken.
            Unanswered: no answer came.
            ChannelClosed: nothing can be sent.
        """

    def close(self) -> None:
        """Let go of connections."""
