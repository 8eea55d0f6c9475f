"""The weights command, ``python -m orchestration.commands.weights``: is a review due, and to what.

It says what asks for a look at the weights of the score, and then what ``make propose`` says. What
is not here: how weights are proposed.
"""

import sys

from orchestration.commands import propose
from orchestration.commands.run import run_command
from orchestration.proposal.history import HistoryError
from orchestration.proposal.review import reasons_for_review
from orchestration.settings.environment import Settings


def main(arguments: list[str]) -> int:
    """Say what asks for a review, and propose; return what ``propose`` returns."""
    return run_command(say_reasons, "weights", HistoryError, reads_built=True) or propose.main(
        arguments
    )


def say_reasons(settings: Settings, _: str) -> int:
    """Say what asks for a review; return the exit code."""
    with propose.reading(settings) as connection:
        reasons = list(reasons_for_review(connection))
    for reason in reasons:
        print(f"{'ALARM' if reason.is_alarm else 'Look'}: {reason.words}")
    if not reasons:
        print("Nothing asks for a review of the weights before their quarter is over.")
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
