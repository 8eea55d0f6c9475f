"""The rehearse command, ``python -m orchestration.commands.rehearse RULE``: a rule over the past.

What is not here: what a rule would have done, which ``alerting.rehearsal`` works out.
"""

import sys
from collections.abc import Iterator
from typing import Any

from orchestration.alerting.rehearsal import RehearsalError, Rehearsed, rehearse
from orchestration.commands.run import run_command
from orchestration.settings.environment import Settings
from orchestration.warehouse.run_lock import begin_run, end_run

LEFT = (
    "of {judged} whose end is known and that had not asked to cancel before, {right} left within "
    "the time: {share:.0%} ({low:.0%} to {high:.0%})"
)


def main(arguments: list[str]) -> int:
    """Rehearse; return 0, and 1 where it cannot be done."""
    if len(arguments) != 1 or not arguments[0]:
        print("usage: make rehearse RULE=<rule of seeds/alert_rules.csv, or file.csv>",
              file=sys.stderr)  # fmt: skip
        return 2
    return run_command(
        lambda settings, _: rehearse_and_say(settings, arguments[0]),
        "rehearse",
        RehearsalError,
        reads_built=True,
    )


def rehearse_and_say(settings: Settings, asked: str) -> int:
    """Rehearse and say what would have been; return the exit code."""
    begin_run(settings.warehouse)
    try:
        for one in rehearse(settings, asked):
            for line in lines(one):
                print(line)
    finally:
        end_run(settings.warehouse)
    return 0


def lines(one: Rehearsed) -> Iterator[str]:
    """Say what a rule would have done."""
    weeks = max(one.history["day_count"] / 7, 1)
    yield f"{one.rule}, as it is asked for, over {one.history['day_count']} days:"
    yield from (f"  {text}" for text in _history(one.history))
    yield "  by owner, told alerts in all and per week:"
    for owner, count, _ in one.owners:
        yield f"    {owner:<24} {count:>5}   {count / weeks:.1f}"
    if one.live is None:
        yield "There is no live rule of that name to compare it with."
        return
    yield f"{one.rule}, as it stands in the seed:"
    yield from (f"  {text}" for text in _history(one.live))
    yield (
        f"Both fire about {one.in_both}, only the one asked for about {one.only_draft}, only the "
        f"one in the seed about {one.only_live}."
    )


def _history(row: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{row['alert_count']} alerts opened, {row['told_alert_count']} told, "
        f"{row['told_alerts_per_week'] or 0:.1f} a week; open now: {row['alert_open_count']}"
    )
    if row["judged_alert_count"]:
        yield LEFT.format(
            judged=row["judged_alert_count"],
            right=row["right_alert_count"],
            share=row["alert_precision"],
            low=row["alert_precision_low"],
            high=row["alert_precision_high"],
        )
        yield f"of all accounts: {row['base_rate']:.0%}"
    elif row["grain"] == "account":
        yield "of none is it known yet whether the account left"
    if row["median_lead_days"] is not None:
        yield (
            f"days from alert to departure: {row['median_lead_days']:.0f} in the middle, "
            f"{row['least_lead_days']} to {row['most_lead_days']}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
