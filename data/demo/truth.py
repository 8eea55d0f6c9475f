"""The truth: what really happened, for those who check models and cleaning against it.

What is here: three files outside the landing folder. What is not here: the oracle
(``oracle.py``) and the counting of dirt (``ledger.py``).
"""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.demo.company import KINDS, PLATFORMS, SEGMENTS
from data.demo.effects import BROKEN_FEATURE, BROKEN_PLATFORM
from data.demo.horizon import NEVER
from data.demo.usage import World


def write_truth(world: World, folder: Path) -> None:
    """Write accounts, account-weeks, and planted effects."""
    pq.write_table(_accounts(world), folder / "truth_account.parquet")
    pq.write_table(_weeks(world), folder / "truth_account_week.parquet")
    effects = json.dumps(_effects(world), indent=2) + "\n"
    (folder / "truth_effects.json").write_text(effects, encoding="utf-8")


def _dates(world: World, days: np.ndarray) -> pa.Array:
    known = days < NEVER
    values = np.where(known, days + world.horizon.epoch_day, 0).astype(np.int32)
    return pa.array(values, pa.int32(), mask=~known).cast(pa.date32())


def _accounts(world: World) -> pa.Table:
    company, journey = world.company, world.journey
    return pa.table(
        {
            "account_id": company.ids,
            "account_type": [KINDS[k] for k in company.kind],
            "segment": [SEGMENTS[s] for s in company.segment],
            "platform": [PLATFORMS[p] for p in company.platform],
            "shard": company.shard + 1,
            "seats_at_start": company.seats,
            "is_annual": company.is_annual,
            "frailty": company.frailty,
            "base_latency": company.latency,
            "motivation": company.motivation,
            "broken_feature_affinity": journey.affinity,
            **{
                f"{name}_{spell + 1}": _dates(world, dates[spell])
                for spell in (0, 1)
                for name, dates in (
                    ("started_on", journey.start),
                    ("requested_on", journey.request),
                    ("ended_on", journey.end),
                )
            },
            "is_involuntary_1": journey.involuntary[0],
            "is_involuntary_2": journey.involuntary[1],
        }
    )


def _weeks(world: World) -> pa.Table:
    """One row per account and week in service."""
    weekly, journey = world.journey.weekly, world.journey
    week, account = np.nonzero(weekly["served"])
    first = np.array([world.horizon.date_of(7 * w) for w in range(world.horizon.weeks)], "M8[D]")
    columns = {
        "account_id": pa.array(world.company.ids).take(pa.array(account)),
        "week_starts_on": pa.array(first[week]),
    }
    for name, values in weekly.items():
        picked = values[week, account]
        flag = name in ("served", "at_risk", "intent", "onboarded", "treated")
        columns[name] = pa.array(picked > 0 if flag else picked, from_pandas=True)
    requested = np.minimum(journey.request, journey.end)
    decided = ((requested // 7)[:, account] == week).any(0)
    return pa.table(columns | {"decided": pa.array(decided)})


def _effects(world: World) -> dict:
    horizon, journey = world.horizon, world.journey
    day = [horizon.date_of(7 * week).isoformat() for week in range(horizon.weeks)]
    return {
        "first_day": horizon.first_day.isoformat(),
        "last_day": horizon.last_day.isoformat(),
        "size": world.size.name,
        "coefficients": world.effects.as_dict(),
        "broken_feature": BROKEN_FEATURE,
        "broken_platform": BROKEN_PLATFORM,
        "broken_weeks": [day[w] for w in np.flatnonzero(journey.broken)],
        "slow_shard_weeks": [
            {"shard": int(s) + 1, "week_starts_on": day[w]}
            for w, s in zip(*np.nonzero(journey.slow), strict=True)
        ],
        "champion_losses": [
            {"account_id": world.company.ids[a], "week_starts_on": day[w]}
            for a, w in journey.champion_losses
        ],
    }
