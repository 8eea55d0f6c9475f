"""Care: what customer success and marketing did for customers, and what they thought of them.

What is here: interventions with their experiment arms, campaign contacts, judgements. What is
not here: the effect of any of it, which is planted in ``journey.py``.
"""

from collections.abc import Iterator

import numpy as np

from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS
from data.demo.journey import Outreach
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments
from data.demo.usage import World
from data.demo.walker import TREATED_WEEKS

INTERVENTIONS = Recipe(
    "intervention_id", "started_at", ("started_at", "n/a"), "owner", warnings={"cost": "cheap"}
)
TOUCHES = Recipe("touch_id", "kind", ("ts", "n/a"), "campaign")
SENTIMENT = Recipe(
    "author",
    "account_id",
    ("value", "good"),
    "author",
    rules={"value_outside_scale": lambda row: {"value": 9}},
)


# name, every so many weeks, and what follows from what
CAMPAIGNS = (
    ("newsletter", 4, ("email_sent", "email_open", "email_click")),
    ("webinar", 6, ("webinar_invited", "webinar_attended", "community_post")),
)
Touch = tuple[int, int, str, str]


def write_care(world: World, landing: Landing, streams: Streams) -> None:
    """Write the three tables."""
    rng = streams.stream("care")
    _interventions(world, landing, rng)
    _touches(world, landing, rng)
    _sentiment(world, landing, rng)


def _interventions(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Write every offer, made or held back."""
    offers = enumerate(world.journey.outreach, 1)
    rows = [_intervention(world, number, offer, rng) for number, offer in offers]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns |= {name: moments(columns[name]) for name in ("started_at", "ended_at")}
    landing.rows("crm/interventions", "interventions.csv", columns, INTERVENTIONS, rng)


def _intervention(
    world: World, number: int, offer: Outreach, rng: np.random.Generator
) -> dict[str, str | int | float | None]:
    people, is_call = world.people, offer.kind == "call"
    begun = 0 if is_call else int(world.company.start_day[offer.account])
    at = int(world.horizon.instant(max(7 * offer.week, begun)) + rng.integers(8, 16) * HOUR_MS)
    done = at + (7 * TREATED_WEEKS if is_call else 30) * DAY_MS
    is_finished = offer.delivered and done < world.horizon.end
    status = "done" if is_finished else "running"
    return {
        "intervention_id": f"itv_{number:05d}",
        "account_id": world.company.ids[offer.account],
        "user_id": people.ids[people.user[people.first_member[offer.account]]],
        "playbook_id": "rescue_call" if is_call else "guided_onboarding",
        "type": offer.kind,
        "started_at": at,
        "ended_at": done if is_finished else None,
        "status": status if offer.delivered else "held_out",
        "owner": f"csm_{offer.account % 9 + 1}",
        "trigger": "manual" if offer.arm == "none" else "rule",
        "driver_component": "usage_trend" if is_call else None,
        "assigned_arm": offer.arm,
        "cost": 120.0 if offer.delivered else 0.0,
        "outcome": "reached" if is_finished and rng.random() < 0.7 else None,
    }


def _touches(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Write the contacts of all campaigns."""
    rows = [row for week in range(world.horizon.weeks) for row in _campaigns(world, week, rng)]
    people = world.people
    champion = [people.user[people.first_member[account]] for _, account, _, _ in rows]
    columns = {
        "touch_id": [f"tch_{number:07d}" for number in range(len(rows))],
        "ts": moments([row[0] for row in rows]),
        "account_id": [world.company.ids[row[1]] for row in rows],
        "user_id": [people.ids[user] for user in champion],
        "kind": [row[2] for row in rows],
        "campaign": [row[3] for row in rows],
    }
    name = "engagement_touchpoints.jsonl.gz"
    landing.rows("crm/engagement_touchpoints", name, columns, TOUCHES, rng)


def _campaigns(world: World, week: int, rng: np.random.Generator) -> Iterator[Touch]:
    """Yield the contacts of a week; the more engaged an account, the more it responds."""
    monday = int(world.horizon.instant(7 * week)) + 8 * HOUR_MS
    served = world.journey.in_service(7 * week) & (world.company.kind == 0)
    mood = world.journey.weekly["engagement"][week]
    for campaign, every, kinds in CAMPAIGNS:
        if week % every == 1:
            for account in np.flatnonzero(served):
                yield monday, account, kinds[0], f"{campaign}-{week}"
                if rng.random() < 0.25 * np.exp(0.5 * mood[account]):
                    yield monday + 2 * HOUR_MS, account, kinds[1], f"{campaign}-{week}"
                    if rng.random() < 0.4:
                        yield monday + 3 * HOUR_MS, account, kinds[2], f"{campaign}-{week}"


def _sentiment(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Twice a quarter the managers of larger accounts say how they feel about them."""
    rows = []
    for day in range(10, world.horizon.days, 45):
        mood = world.journey.weekly["engagement"][day // 7]
        chosen = world.journey.in_service(day) & (world.company.segment > 0)
        for account in np.flatnonzero(chosen & (world.company.kind == 0)):
            at = int(world.horizon.instant(day)) + int(rng.integers(8, 17)) * HOUR_MS
            value = int(np.clip(round(3.2 + mood[account] + rng.normal(0, 0.7)), 1, 5))
            rows.append((account, at, value))
    landing.rows(
        "crm/csm_sentiment",
        "csm_sentiment.csv",
        {
            "account_id": [world.company.ids[row[0]] for row in rows],
            "set_at": moments([row[1] for row in rows]),
            "value": [row[2] for row in rows],
            "author": [f"csm_{row[0] % 9 + 1}" for row in rows],
            "reason": ["new sponsor" if row[2] > 4 else None for row in rows],
            "expires_at": moments([row[1] + 90 * DAY_MS for row in rows]),
        },
        SENTIMENT,
        rng,
    )
