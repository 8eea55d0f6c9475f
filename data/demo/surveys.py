"""Surveys: whom we asked, and what they said.

What is here: NPS each quarter, CSAT and CES after tickets; invitations and answers. What is not
here: the mood itself, which is the engagement of ``journey.py``.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.support import Ticket
from data.demo.text import moments
from data.demo.usage import World

INVITES, RESPONSES = "surveys/invites", "surveys/responses"
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
COMMENTS = (
    "Great, but exports are slow",
    'We say "finally"',
    "ask ben.meyer@example.org, please",
)
INVITE_RECIPE = Recipe("invite_id", "survey_type", ("sent_at", "n/a"), "channel")
RESPONSE_RECIPE = Recipe(
    "response_id",
    "survey_type",
    ("responded_at", "n/a"),
    "topic",
    warnings={"score": "ten"},
    rules={"score_outside_scale": lambda row: {"score": 99, "survey_type": "nps"}},
)
EPOCH_EVERY = 40


class Question(NamedTuple):
    """One invitation to be sent: to whom, when, and what the answer would be."""

    kind: str
    user: int
    account: int
    at: int
    score: float
    chance: float
    ticket: str | None = None
    topic: str | None = None


class Asker:
    """Collects invitations and the answers to them."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.invites: list[dict] = []
        self.responses: list[dict] = []

    def ask(self, question: Question) -> None:
        """Invite a person, who answers by chance with about the given score."""
        if question.at >= self.world.horizon.end:
            return
        number, delivered = len(self.invites) + 1, bool(self.rng.random() < 0.97)
        self.invites.append(
            {
                "invite_id": f"inv_{number:06d}",
                "survey_type": question.kind,
                **self._who(question),
                "sent_at": question.at,
                "delivered": delivered,
                "channel": "email" if self.rng.random() < 0.6 else "in_app",
                "ref_ticket_id": question.ticket,
            }
        )
        at = question.at + int(self.rng.exponential(1.5 * DAY_MS)) + 60_000
        answers = delivered and self.rng.random() < question.chance
        if answers and at < self.world.horizon.end:
            self.responses.append(self._answer(question, number, at))

    def _who(self, question: Question) -> dict[str, str]:
        return {
            "user_id": self.world.people.ids[question.user],
            "account_id": self.world.company.ids[question.account],
        }

    def _answer(self, question: Question, number: int, at: int) -> dict:
        low, high = SCALES[question.kind]
        comment = COMMENTS[self.rng.integers(3)] if self.rng.random() < 0.3 else None
        return {
            "response_id": f"rsp_{number:06d}",
            "invite_id": f"inv_{number:06d}",
            "survey_type": question.kind,
            "score": int(np.clip(round(question.score), low, high)),
            "scale_min": low,
            "scale_max": high,
            "comment": comment,
            "responded_at": at,
            **self._who(question),
            "topic": question.topic,
            "excluded": bool(self.rng.random() < 0.01),
        }


def ask_everybody(world: World, tickets: list[Ticket], streams: Streams) -> Asker:
    """Run the quarterly NPS rounds, and ask about solved tickets."""
    asker = Asker(world, streams.stream("surveys"))
    for day in range(20, world.horizon.days, 91):
        _ask_round(asker, day)
    for ticket in tickets:
        if ticket.line["solved_at"] and asker.rng.random() < 0.6:
            _ask_about(asker, ticket)
    return asker


def _ask_round(asker: Asker, day: int) -> None:
    """Ask up to three people of each customer whether they would recommend us."""
    world, rng, people = asker.world, asker.rng, asker.world.people
    mood, present = world.journey.weekly["engagement"][day // 7], people.present(day)
    for account in np.flatnonzero(world.journey.in_service(day) & (world.company.kind == 0)):
        for seat in range(min(3, int(present[account]))):
            user = people.user[people.first_member[account] + seat]
            at = int(world.horizon.instant(day) + rng.integers(7, 17) * HOUR_MS)
            score = 7.9 + 1.4 * mood[account] + rng.normal(0, 2)
            asker.ask(Question("nps", user, account, at, score, 0.28))


def _ask_about(asker: Asker, ticket: Ticket) -> None:
    """Ask how satisfying, or how laborious, the solution of a ticket was."""
    line, rng = ticket.line, asker.rng
    days = (line["solved_at"] - line["created_at"]) / DAY_MS
    kind, score = ("csat", 4.5 - 0.25 * days) if rng.random() < 0.85 else ("ces", 5.5)
    score, at = score + rng.normal(0, 0.9), line["solved_at"] + HOUR_MS
    about = (line["ticket_id"], line["topic"])
    asker.ask(Question(kind, ticket.user, ticket.account, at, score, 0.3, *about))


def write_surveys(asker: Asker, landing: Landing, streams: Streams) -> None:
    """Write invitations in one file, answers in quarterly ones; two files are worthless."""
    rng = streams.stream("damage", 2)
    invites = sorted(asker.invites, key=lambda row: (row["sent_at"], row["invite_id"]))
    columns = {name: [row[name] for row in invites] for name in invites[0]}
    columns["sent_at"] = moments(columns["sent_at"])
    landing.rows(INVITES, "invites.csv.gz", columns, INVITE_RECIPE, rng)
    landing.refuse(INVITES, "invites-empty.csv", b"", "file is empty")
    rows = sorted(asker.responses, key=lambda row: (row["responded_at"], row["response_id"]))
    quarters: dict[str, list[dict]] = defaultdict(list)
    texts = moments([row["responded_at"] for row in rows])
    for place, row in enumerate(rows):
        quarter = f"{texts[place][:4]}-q{(int(texts[place][5:7]) + 2) // 3}"
        if place % EPOCH_EVERY == 7:
            landing.count(RESPONSES).notes["epoch_timestamps"] += 1
            stamp = str(row["responded_at"] // 1000)
        else:
            stamp = texts[place]
        quarters[quarter].append({**row, "responded_at": stamp})
    for turn, (quarter, answers) in enumerate(quarters.items()):
        if turn == len(quarters) - 1:
            answers = [{**row, "language": "en"} for row in answers]
            landing.count(RESPONSES).rows_with_unknown_columns += len(answers)
        columns = {name: [row[name] for row in answers] for name in answers[0]}
        landing.rows(RESPONSES, f"responses-{quarter}.csv", columns, RESPONSE_RECIPE, rng)
