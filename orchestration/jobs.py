"""What runs together.

Both jobs land, check, build, check twice more, and only then publish and write reports: nothing
is delivered from data that did not pass its gates in the same run. The weekly job does what
the daily one does and writes the weekly editions too, so on its day it takes the other's
place. What is not here: when they run, which ``schedules`` says.
"""

import dagster as dg

from orchestration.assets.editions import GROUP
from orchestration.assets.outlook import GROUP as TRAINING
from orchestration.assets.weights import GROUP as REVIEW

# Past editions are made in the UI, one by one; no day waits for what a model learns.
OF_TODAY = dg.AssetSelection.all() - dg.AssetSelection.groups(GROUP, TRAINING, REVIEW)
WEEKLY_EDITIONS = dg.AssetSelection.tag("cadence", "weekly")
# One run at a time: what people wait for in the morning goes before a queue of past editions.
FIRST = {"dagster/priority": "1"}

DAILY = dg.define_asset_job(
    "daily",
    selection=OF_TODAY - WEEKLY_EDITIONS,
    description="Land, build, check, publish, and write the daily reports.",
    tags=FIRST,
)

WEEKLY = dg.define_asset_job(
    "weekly",
    selection=OF_TODAY,
    description="The daily job with the weekly editions of the reports.",
    tags=FIRST,
)

TRAIN = dg.define_asset_job(
    "train",
    selection=dg.AssetSelection.groups(TRAINING),
    description="Learn anew who will leave; the next run scores by it.",
)

QUARTERLY = dg.define_asset_job(
    "quarterly",
    selection=dg.AssetSelection.groups(REVIEW),
    description="Ask whether the weights of the score need a review.",
)

JOBS = [DAILY, WEEKLY, TRAIN, QUARTERLY]
