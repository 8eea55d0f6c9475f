"""The command: ``python -m data.demo``.

What is here: reading of the command line. What is not here: the simulation.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from data.demo.landing import LandingNotEmpty
from data.demo.shapes.simulation import simulate_exports
from data.demo.simulation import simulate
from data.demo.sizes import SIZES
from orchestration.settings.environment import Settings, SettingsError


def main(arguments: list[str] | None = None) -> int:
    """Write the demonstration company; return 0, or 2 where the folders will not do."""
    parser = argparse.ArgumentParser(prog="python -m data.demo", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--end", type=date.fromisoformat, default=date(2026, 10, 31), help="last complete day"
    )
    parser.add_argument("--landing", type=Path, help="left out: where the setting LANDING says")
    parser.add_argument("--truth", type=Path, default=Path("data/truth"))
    parser.add_argument(
        "--shape",
        choices=("native", "connectors"),
        default="native",
        help="landing files of our own, or Stripe, HubSpot, Zendesk and Segment as connectors "
        "write them",
    )
    given = parser.parse_args(arguments)
    try:
        landing = given.landing or Settings.from_environment().landing
        make = simulate_exports if given.shape == "connectors" else simulate
        ledger = make(given.size, given.seed, given.end, landing, given.truth)
    except (LandingNotEmpty, SettingsError, ValueError) as problem:
        print(f"demo: {problem}", file=sys.stderr)
        return 2
    lines = {name: count.lines for name, count in ledger.tables.items()}
    print(
        f"demo: {sum(lines.values()):,} lines in {landing}, "
        f"{lines['product_events']:,} of them events; truth in {given.truth}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
