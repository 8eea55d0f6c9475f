"""Whether pushes to customer systems go well: told once when one turns bad, and once when good.

What is not here: why a push is bad, which ``crm.alarm`` says, and how it is told once, which is
``run_health``'s.
"""

from collections.abc import Sequence
from pathlib import Path

from orchestration.alerting.run_health import GOOD, Notice, note_change
from orchestration.alerting.wording import plain
from orchestration.crm.push import Pushed
from orchestration.settings.channels import ChannelSettings
from orchestration.warehouse.disk_space import explained

LONGEST_REASON = 400


def note_pushes(
    warehouse: Path, reports: Path, channels: ChannelSettings, done: Sequence[Pushed]
) -> list[str]:
    """Note how each push went, and tell people of a change; return what to remark.

    It raises nothing, and a dry run changes nothing. What is known of each destination stands in
    ``<warehouse>.<destination>_push.json``.

    Args:
        warehouse: the working file.
        reports: the folder for files in the place of messages.
        channels: mail and chat.
        done: what became of each push.
    """
    remarks = []
    for one in done:
        if one.is_dry:
            continue
        try:
            remarks += _noted(warehouse, reports, channels, one)
        except OSError as error:
            remarks.append(f"How the push went could not be noted or told: {explained(error)}")
    return remarks


def _noted(warehouse: Path, reports: Path, channels: ChannelSettings, one: Pushed) -> list[str]:
    def notice(state: str, since: str, bad_since: str | None) -> Notice:
        name = f"push-{one.destination}-{since.replace(':', '').replace('+', '-')}-{state}"
        if state == GOOD:
            text = f"What had to be looked at since {bad_since} is over."
            return Notice(name, f"[good] The push to {one.destination} is good again", text)
        why = [f"- {plain(reason, LONGEST_REASON)}" for reason in one.alarms]
        text = (
            f"{chr(10).join(why)}\n\nEvery field with its answer: {one.path}\n"
            "docs/crm.md says what to do. You hear of this again when it is good."
        )
        return Notice(name, f"[warning] The push to {one.destination} needs somebody", text)

    place = warehouse.with_suffix(f".{one.destination}_push.json")
    return note_change(place, not one.alarms, notice, reports, channels)
