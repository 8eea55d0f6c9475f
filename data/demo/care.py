"""Care: what customer success and marketing did for customers, and what they thought of them.

What is here: interventions with their experiment arms, campaign contacts, judgements. What is
not here: the effect of any of it, which is planted in ``journey.py``.
"""

import numpy as np

from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS
from data.demo.journey import TREATED_WEEKS
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments
from data.demo.usage import World

INTERVENTIONS = Recipe("intervention_id", "account_id", ("started_at", "n/a"), "owner",
                       warnings={"cost": "cheap"})  # fmt: skip
TOUCHES = Recipe("touch_id", "kind", ("ts", "n/a"), "campaign")
SENTIMENT = Recipe("author", "account_id", ("value", "good"), "author",
                   rules={"value_outside_scale": lambda row: {"value": 9}})  # fmt: skip


def write_care(world: World, landing: Landing, streams: Streams) -> None:
    """Write the three tables."""
    rng = streams.stream("care")
    _interventions(world, landing, rng)
    _touches(world, landing, rng)
    _sentiment(world, landing, rng)


def _interventions(world: World, landing: Landing, rng: np.random.Generator) -> None:
    rows = []
    for number, offer in enumerate(world.journey.outreach, 1):
        day = 7 * offer.week if offer.kind == "call" else max(
            7 * offer.week, int(world.company.start_day[offer.account]))  # fmt: skip
        at = int(world.horizon.instant(day)) + int(rng.integers(8, 16)) * HOUR_MS
        done = at + (7 * TREATED_WEEKS * DAY_MS if offer.kind == "call" else 30 * DAY_MS)
        finished = offer.delivered and done < world.horizon.end
        rows.append({
            "intervention_id": f"itv_{number:05d}",
            "account_id": world.company.ids[offer.account],
            "user_id": world.people.ids[world.people.user[
                world.people.first_member[offer.account]]],
            "playbook_id": "rescue_call" if offer.kind == "call" else "guided_onboarding",
            "type": offer.kind, "started_at": at, "ended_at": done if finished else None,
            "status": ("done" if finished else "running") if offer.delivered else "held_out",
            "owner": f"csm_{offer.account % 9 + 1}",
            "trigger": "manual" if offer.arm == "none" else "rule",
            "driver_component": "usage_trend" if offer.kind == "call" else None,
            "assigned_arm": offer.arm, "cost": 120.0 if offer.delivered else 0.0,
            "outcome": "reached" if finished and rng.random() < 0.7 else None,
        })  # fmt: skip
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns |= {name: moments(columns[name]) for name in ("started_at", "ended_at")}
    landing.rows("crm/interventions", "interventions.csv", columns, INTERVENTIONS, rng)


def _touches(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """A newsletter every four weeks, a webinar every six."""
    rows: list[tuple] = []
    for week in range(world.horizon.weeks):
        monday = int(world.horizon.instant(7 * week)) + 8 * HOUR_MS
        served = np.flatnonzero(world.journey.in_service(7 * week) & (world.company.kind == 0))
        mood = world.journey.weekly["engagement"][week]
        for first, second, third, every, campaign in (
            ("email_sent", "email_open", "email_click", 4, "newsletter"),
            ("webinar_invited", "webinar_attended", "community_post", 6, "webinar"),
        ):
            if week % every == 1:
                for account in served:
                    keen = 0.25 * np.exp(0.5 * mood[account])
                    rows.append((monday, account, first, f"{campaign}-{week}"))
                    if rng.random() < keen:
                        rows.append((monday + 2 * HOUR_MS, account, second, f"{campaign}-{week}"))
                        if rng.random() < 0.4:
                            rows.append((monday + 3 * HOUR_MS, account, third, f"{campaign}-{week}"))
    people = world.people
    landing.rows("crm/engagement_touchpoints", "engagement_touchpoints.jsonl.gz", {
        "touch_id": [f"tch_{n:07d}" for n in range(len(rows))],
        "ts": moments([row[0] for row in rows]),
        "account_id": [world.company.ids[row[1]] for row in rows],
        "user_id": [people.ids[people.user[people.first_member[row[1]]]] for row in rows],
        "kind": [row[2] for row in rows], "campaign": [row[3] for row in rows],
    }, TOUCHES, rng)  # fmt: skip


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
    landing.rows("crm/csm_sentiment", "csm_sentiment.csv", {
        "account_id": [world.company.ids[row[0]] for row in rows],
        "set_at": moments([row[1] for row in rows]), "value": [row[2] for row in rows],
        "author": [f"csm_{row[0] % 9 + 1}" for row in rows],
        "reason": ["new sponsor" if row[2] > 4 else None for row in rows],
        "expires_at": moments([row[1] + 90 * DAY_MS for row in rows]),
    }, SENTIMENT, rng)  # fmt: skip
