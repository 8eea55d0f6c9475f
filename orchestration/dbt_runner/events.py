"""dbt's events without those that only its developers read.

dbt makes a message of several hundred bytes for each statement, each look into its cache and each
step of a node, whether anybody keeps it or not: a tenth of what a build costs beside the engine's
work. Here a message is made when somebody looks at it. What is not here: where the rest is written,
which the flags of an invocation say.
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
# Where an event keeps its message.
MESSAGE = "pb_msg"


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
    make, look_up = BaseEvent.__init__, BaseEvent.__getattr__

    def remember(self: BaseEvent, *arguments: Any, **named: Any) -> None:
        # An event sends what is set on it to its message, which is not there yet.
        object.__setattr__(self, "told", (arguments, named))

    def look_up_or_make(self: BaseEvent, name: str) -> Any:
        if MESSAGE not in self.__dict__:
            arguments, named = self.__dict__["told"]
            make(self, *arguments, **named)
        return look_up(self, name)

    ctx_set_event_manager(ReadEvents())
    BaseEvent.__init__, BaseEvent.__getattr__ = remember, look_up_or_make
    try:
        yield
    finally:
        BaseEvent.__init__, BaseEvent.__getattr__ = make, look_up
        ctx_set_event_manager(before)
