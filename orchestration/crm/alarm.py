"""What somebody has to be told about a push: much is refused, accounts are missing, all is held.

A push has no row of a day that a rule of alerts could watch, as it follows the publication. What is
not here: who is told and how often, which is ``alerting.push_health``'s.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from orchestration.crm.choice import HELD, INVALID, REFUSED, ChosenField
from orchestration.settings.crm import CrmSettings

# Before there are as many pushes nobody knows what is usual; of more, only the last ones tell it.
FEWEST_PUSHES, PUSHES = 3, 8
# One account that is refused is a line of a file, and no alarm.
ACCOUNTS_AT_LEAST = 2


def reasons_to_tell(
    fields: Sequence[ChosenField], earlier: Sequence[int], held: str, crm: CrmSettings
) -> Iterator[str]:
    """Say why somebody has to look at a push, one line a reason.

    Args:
        fields: every field as it ended.
        earlier: how many accounts each push before it was about, the newest first.
        held: why nothing was sent; empty where it was.
        crm: from how much on.
    """
    if held:
        yield f"nothing was sent: {held}"
    # What rests after a refusal is still not taken, or a problem would be over on its second day.
    lost = [f for f in fields if f.status in (REFUSED, INVALID) or _rests(f)]
    accounts = {f.wanted.account_id for f in lost}
    if len(accounts) >= ACCOUNTS_AT_LEAST and 100 * len(lost) > crm.refused_percent * len(fields):
        yield (
            f"{len(lost):,} of {len(fields):,} fields, of {len(accounts):,} accounts, are not "
            f"taken, more than {crm.refused_percent} %: {lost[0].answer}"
        )
    count, last = len({f.wanted.account_id for f in fields}), earlier[:PUSHES]
    if len(last) >= FEWEST_PUSHES:
        usual = median(last)
        if 100 * abs(count - usual) > crm.count_change_percent * usual:
            yield (
                f"{count:,} accounts are there, and {usual:,.0f} were in the pushes before, more "
                f"than {crm.count_change_percent} % away: likely a fault of the data"
            )


def _rests(field: ChosenField) -> bool:
    return field.status == HELD and field.next_try_date is not None
