"""Contracts: subscriptions, and their items with plan, price and seats over time.

What is here: what customers agreed to pay. What is not here: whether they paid
(``payments.py``), and why they leave (``journey.py``).
"""

from dataclasses import dataclass

import numpy as np

from data.demo.catalogue import Catalogue
from data.demo.company import Company
from data.demo.horizon import NEVER, Horizon
from data.demo.journey import Journey
from data.demo.streams import Streams

TRIAL_DAYS = 14
ANNUAL_PRICE = 0.9
REASONS = (
    "too_expensive",
    "missing_features",
    "low_usage",
    "switched_service",
    "unused",
    "other",
)


@dataclass(frozen=True)
class Item:
    """One dated state of a subscription's item; days as in the horizon."""

    account: int
    spell: int
    valid_from: int
    valid_to: int
    plan: int
    seats: int
    unit_amount: int
    discount_percent: int | None
    discount_amount: int | None
    currency: str
    is_annual: bool

    def amount(self) -> int:
        """Return what one billing period costs, in minor units."""
        full = self.unit_amount * self.seats * (1 - (self.discount_percent or 0) / 100)
        return max(0, round(full) - (self.discount_amount or 0))


class Contracts:
    """All items, and the plan of each account in each week."""

    def __init__(
        self,
        company: Company,
        journey: Journey,
        catalogue: Catalogue,
        horizon: Horizon,
        streams: Streams,
    ) -> None:
        self.company, self.journey, self.horizon = company, journey, horizon
        self.catalogue = catalogue
        self.plan_by_week = np.repeat(company.plan[None, :], horizon.weeks, axis=0)
        rng = streams.stream("contracts")
        self.reason = rng.choice(len(REASONS), (2, len(company)))
        self.items = [
            item
            for account in range(len(company))
            for spell in self.spells(account)
            for item in self._items(account, spell, rng)
        ]

    def spells(self, account: int) -> list[int]:
        """Return 0, or 0 and 1, for accounts that have contracts."""
        if self.company.kind[account] > 1:
            return []
        return [s for s in (0, 1) if self.journey.start[s, account] < self.horizon.days]

    def _items(self, account: int, spell: int, rng: np.random.Generator) -> list[Item]:
        """Return the states of one contract, one ending where the next begins."""
        changes = self._changes(account, spell, rng)
        end = int(self.journey.end[spell, account])
        percent = int(rng.choice((10, 20))) if rng.random() < 0.15 else None
        fixed = 2000 if percent is None and rng.random() < 0.02 else None
        ends = [*(day for day, _, _ in changes[1:]), end if end < self.horizon.days else NEVER]
        currency = "USD" if self.company.is_usd[account] else "EUR"
        is_annual = bool(self.company.is_annual[account])
        return [
            Item(
                account,
                spell,
                day,
                until,
                plan,
                seats,
                self._price(account, plan),
                percent,
                fixed,
                currency,
                is_annual,
            )
            for (day, plan, seats), until in zip(changes, ends, strict=True)
        ]

    def _changes(
        self, account: int, spell: int, rng: np.random.Generator
    ) -> list[tuple[int, int, int]]:
        """Return day, plan and seats of each state: seats follow engagement, plans go up."""
        start = int(self.journey.start[spell, account])
        end = min(int(self.journey.end[spell, account]), self.horizon.days)
        plan, seats = int(self.company.plan[account]), int(self.company.seats[account])
        changes = [(start, plan, seats)]
        for day in range(max(start, 0) + 30, end - 30, 30):
            mood = self.journey.weekly["engagement"][day // 7, account]
            luck = rng.random()
            if luck < 0.008 and plan < 3 and mood > 0:
                plan += 1
            elif luck < 0.05:
                seats = max(1, round(seats * (1.25 if mood > -0.2 else 0.8)) + (mood > -0.2))
            else:
                continue
            changes.append((day + int(rng.integers(0, 20)), plan, seats))
            self.plan_by_week[changes[-1][0] // 7 + 1 :, account] = plan
        return changes

    def _price(self, account: int, plan: int) -> int:
        monthly = int(self.catalogue.plans[plan]["list_price_minor"])
        monthly = round(monthly * 1.1) if self.company.is_usd[account] else monthly
        return round(monthly * 12 * ANNUAL_PRICE) if self.company.is_annual[account] else monthly

    def in_trial(self, account: int, spell: int, day: int) -> bool:
        """Tell whether a day lies in the trial of a contract."""
        tried = self.company.has_trial[account] and spell == 0
        return bool(tried and day < self.journey.start[spell, account] + TRIAL_DAYS)

    def status(self, account: int, spell: int) -> str:
        """Return the state of a contract at the end of the history."""
        days = self.horizon.days
        if self.journey.end[spell, account] < days:
            return "canceled"
        if self.in_trial(account, spell, days):
            return "trialing"
        failing = any(t.account == account and t.day > days - 14 for t in self.journey.trouble)
        return "past_due" if failing else "active"

    def cancel_reason(self, account: int, spell: int) -> str | None:
        """Return why a contract ended or will end, as billing knows it."""
        if self.journey.end[spell, account] == NEVER:
            return None
        if self.company.kind[account] == 1:
            return "trial_ended"
        if self.journey.involuntary[spell, account]:
            known = self.journey.end[spell, account] < self.horizon.days
            return "payment_failed" if known else None
        if self.journey.request[spell, account] >= self.horizon.days:
            return None
        return REASONS[self.reason[spell, account]]
