"""Pictures of an alert: its value over the last quarter, with the line from which on it is bad.

Drawn for what is critical and told alone, a few a run, as each takes a second. What is not here:
where a picture stands in a letter.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from orchestration.alerting.events import Event
from orchestration.alerting.messages import Message
from orchestration.alerting.wording import value_in_words
from orchestration.publication.opening import opened_publication
from orchestration.publication.places import DATABASE
from orchestration.reporting import formats

MOST_A_RUN = 3
DAYS = 91
FEWEST_POINTS = 7
VALUES = f"""
select
    strftime(states.alert_date, '%Y-%m-%d'), states.observed_value, cast(rules.warning as double)
from marts.fct_alert_states as states
inner join marts.dim_alert_rules as rules using (rule)
where
    states.rule = ? and states.entity_id = ? and states.observed_value is not null
    and states.alert_date > ?::date - {DAYS} and states.alert_date <= ?::date
order by states.alert_date
"""


def pictures_of(folder: Path) -> Callable[[Message], Mapping[str, tuple[str, bytes]]]:
    """Return what draws the picture of a message, from the publication in a folder.

    A picture is what it shows, in words, and its PNG, by the identifier of the event.
    """
    drawn: list[str] = []

    def draw(message: Message) -> Mapping[str, tuple[str, bytes]]:
        (event, *others) = message.events
        if others or event.severity != "critical" or event.is_ending or len(drawn) >= MOST_A_RUN:
            return {}
        points = _points(folder, event)
        if len(points) < FEWEST_POINTS:
            return {}
        drawn.append(event.event_id)
        return {event.event_id: (_label(event, points), _png(points))}

    return draw


def _points(folder: Path, event: Event) -> list[tuple[str, float, float]]:
    with opened_publication(published=folder / DATABASE) as connection:
        try:
            asked = [event.rule, event.entity_id, event.event_date, event.event_date]
            return connection.execute(VALUES, asked).fetchall()
        except duckdb.CatalogException:
            return []


def _label(event: Event, points: list[tuple[str, float, float]]) -> str:
    first, last = points[0][1], points[-1][1]
    return (
        f"{event.entity_name}, the last {len(points)} days with a value up to "
        f"{formats.day(event.event_date)}: from {value_in_words(first, event.unit)} to "
        f"{value_in_words(last, event.unit)}; the line is at "
        f"{value_in_words(points[0][2], event.unit)}."
    )


def _png(points: list[tuple[str, float, float]]) -> bytes:
    # Importing it takes longer than a run without anything critical should wait.
    import vl_convert

    time = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "title": None}
    value = {"field": "value", "type": "quantitative", "title": None}
    specification = {
        "width": 440,
        "height": 110,
        "background": "white",
        "data": {"values": [{"day": day, "value": v, "line": line} for day, v, line in points]},
        "layer": [
            {
                "mark": {"type": "line", "color": "#22577a", "strokeWidth": 2},
                "encoding": {"x": time, "y": value},
            },
            {
                "mark": {"type": "line", "color": "#b3261e", "strokeDash": [5, 3]},
                "encoding": {"x": time, "y": {**value, "field": "line"}},
            },
        ],
        "config": {"view": {"stroke": None}, "axis": {"grid": False, "labelFontSize": 11}},
    }
    return vl_convert.vegalite_to_png(specification, scale=1.5)
