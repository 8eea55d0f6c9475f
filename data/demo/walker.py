"""How accounts fare: the latent weekly process that decides who stays.

What is here: the loop over weeks that draws engagement, incidents, onboarding, tickets,
outreach, the hazard, and decisions. What is not here: the files that show traces of it.

Monthly contracts act on a decision at the next month end. Annual contracts accrue the intent
and act on it at renewal; between intent and request nothing that can be observed changes.
"""

import numpy as np

from data.demo.company import Company
from data.demo.effects import Effects, hazard
from data.demo.horizon import NEVER, Horizon
from data.demo.incidents import broken_weeks, slow_shards
from data.demo.journey import COUNTERFACTUALS, WEEKLY, Journey, Outreach, Trouble
from data.demo.streams import Streams

TREATED_WEEKS = 8
ONBOARDING_WEEKS = 6
ELIGIBLE_BELOW = -0.5
Drivers = dict[str, np.ndarray]


class Walker:
    """The state of all accounts, stepped week by week."""

    def __init__(
        self, company: Company, horizon: Horizon, effects: Effects, streams: Streams
    ) -> None:
        self.company, self.horizon, self.effects = company, horizon, effects
        rng = streams.stream("journey")
        self.journey = blank_journey(company, horizon, rng)
        count = len(company)
        self.engagement = rng.normal(0, 0.7, count)
        self.is_nudged = rng.random(count) < 0.5
        self.in_experiment = rng.random(count) < 0.5
        chance = hazard(0.8 * company.motivation) + effects.onboarding_nudge * self.is_nudged
        self.finishes = rng.random(count) < np.clip(chance, 0, 1)
        self.treated_until = np.full(count, -1)
        self.last_offer = np.full(count, -99)
        self.intent = np.zeros(count, bool)
        self.spell = np.zeros(count, np.int64)

    def step(self, week: int, rng: np.random.Generator) -> None:
        """Advance all accounts by one week."""
        journey, first_day = self.journey, 7 * week
        self._return(first_day, rng)
        count = len(self.company)
        self.engagement = 0.96 * self.engagement + rng.normal(0, 0.2, count)
        served = journey.in_service(np.arange(first_day, first_day + 7)[:, None]).any(0)
        lost = (rng.random(count) < 0.004) & served & (self.company.kind == 0)
        self.engagement -= 1.3 * lost
        journey.champion_losses += [(int(a), week) for a in np.flatnonzero(lost)]
        drivers = self._drivers(week, rng)
        self._contact(week, drivers, served, rng)
        drivers["treated"] = (self.treated_until >= week).astype(float)
        logit = self.effects.logit(self.company.segment, drivers)
        at_risk = self._at_risk(first_day) & served
        self._record(week, drivers, logit, at_risk, served)
        decides = at_risk & (rng.random(count) < hazard(logit))
        self._act(first_day, decides, rng)
        self._break_cards(first_day, at_risk & ~decides, rng)

    def _started(self) -> np.ndarray:
        return self.journey.start[self.spell, np.arange(len(self.company))]

    def _return(self, first_day: int, rng: np.random.Generator) -> None:
        """Bring a few lost customers back under a new contract."""
        ended = self.journey.end[0]
        gone = (self.spell == 0) & (ended <= first_day - 40) & (self.company.kind == 0)
        back = np.flatnonzero(gone & (rng.random(len(gone)) < 0.006))
        if not len(back) and not self.spell.any():
            # Even the smallest company has somebody who came back.
            back = np.flatnonzero(gone)[:1]
        day = self.horizon.to_day_28(first_day + rng.integers(3, 7, len(back)))
        self.journey.start[1, back] = np.maximum(day, ended[back] + 7)
        self.spell[back] = 1
        self.intent[back] = False
        self.engagement[back] = rng.normal(0.2, 0.5, len(back))

    def _drivers(self, week: int, rng: np.random.Generator) -> Drivers:
        company, journey = self.company, self.journey
        latency = company.latency + 1.0 * journey.slow[week][company.shard]
        broken = journey.broken[week] * (company.platform == 3) * journey.affinity
        tenure = (7 * week - self._started()) // 7
        rate = 0.035 * np.exp(0.5 * latency + 1.5 * broken) * np.sqrt(company.seats)
        tickets = rng.poisson(rate) * (tenure >= 0)
        onboarded = self.finishes & (tenure >= ONBOARDING_WEEKS)
        return {
            "engagement": self.engagement,
            "latency": latency,
            "broken": broken,
            "onboarded": onboarded.astype(float),
            "tickets": tickets.astype(float),
            "frailty": company.frailty,
            "treated": np.zeros(len(company)),
        }

    def _contact(
        self, week: int, drivers: Drivers, served: np.ndarray, rng: np.random.Generator
    ) -> None:
        """Reach out: by a coin inside the experiment, to the worse ones outside it."""
        starts = (self._started() // 7 == week) & (self.company.kind == 0) & (self.spell == 0)
        for account in np.flatnonzero(starts & (self._started() >= 0)):
            arm = "treat" if self.is_nudged[account] else "holdout"
            self._offer(int(account), week, "onboarding", arm, arm == "treat")
        eligible = (self.engagement < ELIGIBLE_BELOW) & served & (self.company.kind == 0)
        eligible &= (week - self.last_offer > 12) & (self.journey.request[0] == NEVER)
        coin, urge = rng.random(len(served)), rng.random(len(served))
        running = self.horizon.weeks * 0.25 <= week < self.horizon.weeks * 0.9
        inside = eligible & self.in_experiment & running & (urge < 0.35)
        worse = np.exp(-0.8 * self.engagement + 0.8 * drivers["frailty"])
        outside = eligible & ~self.in_experiment & (urge < 0.05 * worse)
        for account in np.flatnonzero(inside | outside):
            arm = "none" if outside[account] else ("treat" if coin[account] < 0.5 else "holdout")
            self._offer(int(account), week, "call", arm, arm != "holdout")

    def _offer(self, account: int, week: int, kind: str, arm: str, delivered: bool) -> None:
        self.journey.outreach.append(Outreach(account, week, kind, arm, delivered))
        if kind == "call":
            self.last_offer[account] = week
            if delivered:
                self.treated_until[account] = week + TREATED_WEEKS - 1

    def _at_risk(self, first_day: int) -> np.ndarray:
        """Tell who can still decide: under contract, nothing requested, card working."""
        journey, rows = self.journey, np.arange(len(self.company))
        open_ended = journey.end[self.spell, rows] == NEVER
        return open_ended & (self._started() <= first_day) & (self.company.kind == 0)

    def _act(self, first_day: int, decides: np.ndarray, rng: np.random.Generator) -> None:
        """Turn decisions into requests: at once if monthly, before renewal if annual."""
        journey, company = self.journey, self.company
        self.intent |= decides
        day = first_day + rng.integers(0, 7, len(company))
        every = np.where(company.is_annual, 12, 1)
        ending = self.horizon.next_anniversary(self._started(), first_day + 6, every)
        opens = np.where(company.is_annual, ending - journey.lead, first_day)
        acts = np.flatnonzero(self.intent & self._at_risk(first_day) & (opens <= first_day + 6))
        journey.request[self.spell[acts], acts] = np.maximum(day, opens)[acts]
        journey.end[self.spell[acts], acts] = ending[acts]

    def _break_cards(self, first_day: int, payers: np.ndarray, rng: np.random.Generator) -> None:
        """Let a card fail on its billing day; half are lost after three weeks of retries."""
        effects = self.effects
        every = np.where(self.company.is_annual, 12, 1)
        due = self.horizon.next_anniversary(self._started(), first_day - 1, every)
        chance = effects.payment_trouble_weekly * np.where(self.company.is_annual, 20, 4.3)
        fails = payers & (due < first_day + 7) & (rng.random(len(payers)) < chance)
        for account in np.flatnonzero(fails & ~self.intent):
            lost = bool(rng.random() < effects.payment_loss)
            self.journey.trouble.append(Trouble(int(account), int(due[account]), lost))
            if lost:
                self.journey.end[self.spell[account], account] = due[account] + 21
                self.journey.involuntary[self.spell[account], account] = True

    def _record(
        self,
        week: int,
        drivers: Drivers,
        logit: np.ndarray,
        at_risk: np.ndarray,
        served: np.ndarray,
    ) -> None:
        weekly = self.journey.weekly
        for name, values in drivers.items():
            weekly[name][week] = values
        weekly["hazard"][week] = np.where(at_risk, hazard(logit), np.nan)
        weekly["at_risk"][week], weekly["served"][week] = at_risk, served
        weekly["intent"][week] = self.intent
        for name in COUNTERFACTUALS:
            neutral = np.ones_like(logit) if name == "onboarded" else np.zeros_like(logit)
            if name == "latency":
                neutral = self.company.latency
            changed = self.effects.logit(self.company.segment, {**drivers, name: neutral})
            weekly[f"hazard_without_{name}"][week] = np.where(at_risk, hazard(changed), np.nan)


def walk(company: Company, horizon: Horizon, effects: Effects, streams: Streams) -> Journey:
    """Run all weeks and return what happened."""
    walker = Walker(company, horizon, effects, streams)
    for week in range(horizon.weeks):
        walker.step(week, streams.stream("journey", week + 1))
    return walker.journey


def blank_journey(company: Company, horizon: Horizon, rng: np.random.Generator) -> Journey:
    """Return a journey on which nothing has happened but what breaks in the product."""
    count = len(company)
    start, end = np.full((2, count), NEVER), np.full((2, count), NEVER)
    start[0] = company.start_day
    end[0] = np.where(company.kind == 1, company.start_day + 14, NEVER)
    return Journey(
        start=start,
        end=end,
        request=np.full((2, count), NEVER),
        involuntary=np.zeros((2, count), bool),
        weekly={name: np.zeros((horizon.weeks, count), np.float32) for name in WEEKLY},
        slow=slow_shards(rng, horizon.weeks),
        broken=broken_weeks(horizon.weeks),
        affinity=np.clip(rng.gamma(2.0, 0.5, count) / 2, 0, 1),
        lead=rng.integers(14, 57, count),
    )
