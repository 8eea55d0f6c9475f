"""dbt makes no message that nobody reads, and its manager of events is its own again after it."""

import pytest

from orchestration.dbt_runner.events import ReadEvents, only_read_events
from orchestration.private_interfaces.of_dbt import BaseEvent, EventLevel, Note, get_event_manager


class Event:
    """An event of dbt as far as the manager looks at it before it makes a message."""

    def __init__(self, level):
        self.level = level

    def level_tag(self):
        return self.level


class NodeStart(Event):
    pass


@pytest.fixture
def made(monkeypatch):
    found = []
    monkeypatch.setattr(
        ReadEvents.__mro__[1], "fire_event", lambda self, event, *_: found.append(event)
    )
    return found


@pytest.mark.parametrize(
    ("event", "is_made"),
    [
        (Event(EventLevel.DEBUG), False),
        (Event(EventLevel.TEST), False),
        (Event(EventLevel.INFO), True),
        (Event(EventLevel.WARN), True),
        (Event(EventLevel.ERROR), True),
        # A swallowed interrupt is repeated when it comes.
        (NodeStart(EventLevel.DEBUG), True),
    ],
)
def test_only_what_is_read_becomes_a_message(made, event, is_made):
    ReadEvents().fire_event(event)
    assert made == ([event] if is_made else [])


def test_a_level_that_is_said_of_an_event_goes_before_its_own(made):
    ReadEvents().fire_event(Event(EventLevel.DEBUG), level=EventLevel.WARN)
    assert len(made) == 1


def test_the_manager_from_before_is_back_whatever_happens():
    before = get_event_manager()

    def build():
        with only_read_events():
            assert isinstance(get_event_manager(), ReadEvents)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        build()
    assert get_event_manager() is before


def test_the_message_of_an_event_is_made_when_somebody_looks_at_it():
    made = BaseEvent.__init__
    with only_read_events():
        event = Note(msg="three of four")
        assert "pb_msg" not in event.__dict__
        assert event.message() == "three of four"
        assert event.pb_msg.msg == "three of four"
        unread = Note(msg="nobody looks")
    assert "pb_msg" not in unread.__dict__
    assert BaseEvent.__init__ is made
    assert Note(msg="as ever").pb_msg.msg == "as ever"
