"""How much company there is: five sizes, from a unit test to a benchmark.

What is here: the numbers that differ between sizes. What is not here: rates and effects, which
are the same at every size.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """One size: accounts, weeks, and how densely they use the product."""

    name: str
    accounts: int
    weeks: int
    sessions_scale: float
    events_per_session: float
    bot_every_minutes: int
    format: str
    oracle_paths: int


SIZES = {
    size.name: size
    for size in (
        Size("tiny", 200, 26, 0.28, 6.0, 180, "jsonl", 100),
        Size("small", 500, 52, 0.33, 6.0, 120, "jsonl", 150),
        Size("demo", 2000, 78, 0.40, 6.0, 60, "jsonl", 150),
        Size("large", 4000, 78, 0.40, 6.0, 60, "jsonl", 0),
        Size("bench", 4000, 104, 1.88, 9.5, 10, "parquet", 0),
    )
}
