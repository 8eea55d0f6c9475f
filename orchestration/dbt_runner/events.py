"""dbt's events without those that only its developers read.

dbt makes a message of several hundred bytes for each statement, each look into its cache and each
step of a node, whether anybody keeps it or not: a twentieth of what a build costs. What is not
here: where the rest is written, which the flags of an invocation say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from orchestration.private_interfaces.of_dbt import (
    BaseEvent,
    EventLevel,
    EventManager,
    ctx_set_event_manager,
    get_event_manager,
)

UNREAD = {EventLevel.DEBUG, EventLevel.TEST}
# An interrupt that was swallowed is repeated when the next node starts.
HEARD = {"NodeStart"}


class ReadEvents(EventManager):
    """What dbt says, but for its debugging."""

    def fire_event(
        self,
        e: BaseEvent,
        level: EventLevel | None = None,
        node: Any = None,
        force_warn_or_error_handling: bool = False,
    ) -> None:
        """Pass an event on where somebody reads it."""
        if (level or e.level_tag()) in UNREAD and type(e).__name__ not in HEARD:
            return
        super().fire_event(e, level, node, force_warn_or_error_handling)


@contextmanager
def only_read_events() -> Iterator[None]:
    """Have dbt make no message that nobody reads."""
    before = get_event_manager()
    ctx_set_event_manager(ReadEvents())
    try:
        yield
    finally:
        ctx_set_event_manager(before)
