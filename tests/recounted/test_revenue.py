"""Revenue and its movements of every month, recounted from the landed files in two currencies."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from tests.recounted.landed import day_of, landed, published, subscriptions

METRICS = [
    "mrr", "paying_accounts", "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr",
    "churn_mrr", "fx_mrr", "nrr_1m", "grr_1m", "nrr_12m", "grr_12m", "top_10_share", "hhi",
]  # fmt: skip


@pytest.fixture(scope="module")
def paid_on(tiny_company):
    """Return what each account pays on a day, at the rate of that or of another day."""
    items = defaultdict(list)
    for row in landed(tiny_company, "billing/subscription_items"):
        items[row["subscription_id"]].append(row)
    rates = {row["date"]: row["rate"] for row in landed(tiny_company, "billing/fx_rates")}
    theirs = subscriptions(tiny_company)

    def by_month(item):
        price = item["unit_amount_minor"] * item["quantity"]
        price *= 1 - (item.get("discount_pct") or 0) / 100
        price -= item.get("discount_amount_minor") or 0
        return price / 100 / {"month": 1, "year": 12}[item["interval"]]

    def paid(day, valued_on=None):
        found = Counter()
        for one in theirs:
            if one["first"] <= day < one["end"] and one["paid_from"] <= day:
                for item in items[one["subscription"]]:
                    if day_of(item["valid_from"]) <= day < day_of(item.get("valid_to")):
                        is_foreign = item["currency"] == "USD"
                        rate = rates[valued_on or day] if is_foreign else 1
                        found[one["account"]] += by_month(item) * rate
        return {account: amount for account, amount in found.items() if amount > 0}

    return paid


def ratios(now, opening, lost, grown, year_ago):
    was, then, total = sum(opening.values()), sum(year_ago.values()), sum(now.values())
    if was:
        yield "nrr_1m", (was + grown - lost) / was
        yield "grr_1m", (was - lost) / was
    if then:
        kept = {account: now.get(account, 0) for account in year_ago}
        yield "nrr_12m", sum(kept.values()) / then
        yield "grr_12m", sum(min(kept[account], year_ago[account]) for account in kept) / then
    yield "top_10_share", sum(sorted(now.values())[-10:]) / total
    yield "hhi", sum((amount / total) ** 2 for amount in now.values())


def recounted(paid_on, end, ever):
    """Return the figures of a month; ``ever`` are those who had paid before it."""
    before = end.replace(day=1) - timedelta(1)
    now, opening = paid_on(end), paid_on(before, end)
    moved = Counter()
    for account in {*now, *opening}:
        was, pays = opening.get(account, 0), now.get(account, 0)
        kind = "expansion" if pays >= was else "contraction"
        if not was:
            kind = "reactivation" if account in ever else "new"
        elif not pays:
            kind = "churn"
        moved[kind] += abs(pays - was)
    worth_before = sum(paid_on(before).values())
    fx = sum(opening.values()) - worth_before
    gained = moved["new"] + moved["reactivation"] + moved["expansion"]
    lost = moved["contraction"] + moved["churn"]
    assert worth_before + fx + gained - lost == pytest.approx(sum(now.values()))
    return {
        **{f"{kind}_mrr": moved[kind] for kind in (
            "new", "reactivation", "expansion", "contraction", "churn"
        )},
        "fx_mrr": fx,
        "mrr": sum(now.values()),
        "paying_accounts": len(now),
        **dict(ratios(now, opening, lost, moved["expansion"], paid_on(end - timedelta(365), end))),
    }  # fmt: skip


def test_every_month_is_what_the_files_say_and_its_movements_add_up(warehouse_reading, paid_on):
    with warehouse_reading() as connection:
        found = published(connection, METRICS)
    ends = sorted({day for _, day in found})
    ever, day = set(), date(2024, 10, 1)
    different = {}
    for end in ends:
        while day < end.replace(day=1):
            ever |= set(paid_on(day))
            day += timedelta(1)
        for metric, value in recounted(paid_on, end, ever).items():
            # Each account's amount is rounded to the cent.
            nearly = 0.02 if metric.endswith("mrr") else 1e-6 * max(value, 1)
            if abs(found.get((metric, end), value) - value) > nearly:
                different[metric, end] = (found[metric, end], value)
    assert len(ends) == 25
    assert {metric for metric, _ in found} == set(METRICS)
    assert different == {}
