"""The life of a ticket, told as a list of changes.

What is here: who does what to a ticket, and when. What is not here: the tables that show it
(``support.py``).
"""

import numpy as np

from data.demo.horizon import DAY_MS, HOUR_MS

REOPENED_SHARE, REOPENED_TWICE_SHARE, NEVER_ANSWERED_SHARE = 0.08, 0.01, 0.05
# time, field, old value, new value, actor, whether the customer sees it
Change = tuple[int, str, str | None, str, str, bool]


def story(rng: np.random.Generator, created: int) -> list[Change]:
    """Return the changes of a ticket in order, beyond the end of the history if it comes to."""
    text = "comment text, call me on +49 30 5550199" if rng.random() < 0.05 else "comment text"
    changes: list[Change] = [(created, "status", None, "new", "end_user", True)]
    if rng.random() < 0.3:
        answer = "We received your request"
        changes.append((created + 5000, "comment", None, answer, "bot", True))
    if rng.random() < NEVER_ANSWERED_SHARE:
        return changes
    at = created + int(np.exp(rng.normal(np.log(3 * HOUR_MS), 1.0)))
    changes.append((at, "assignee", None, f"agent_{rng.integers(1, 9)}", "system", False))
    if rng.random() < 0.25:
        changes.append((at + 60_000, "comment", None, "internal note", "agent", False))
    changes.append((at + 90_000, "comment", None, text, "agent", True))
    changes.append((at + 91_000, "status", "new", "open", "agent", True))
    reopened = (rng.random() < REOPENED_SHARE) + (rng.random() < REOPENED_TWICE_SHARE)
    for turn in range(1 + reopened):
        at = changes[-1][0]
        if turn:
            at += int(rng.uniform(0.2, 3.5) * DAY_MS)
            changes.append((at, "comment", None, text, "end_user", True))
            changes.append((at + 1000, "status", "solved", "open", "end_user", True))
        changes += _worked_on(rng, at, text)
    changes.append((changes[-1][0] + 4 * DAY_MS, "status", "solved", "closed", "system", True))
    return changes


def _worked_on(rng: np.random.Generator, at: int, text: str) -> list[Change]:
    """Return the changes from open to solved, with or without a question back."""
    changes: list[Change] = []
    if rng.random() < 0.4:
        at += int(rng.exponential(10 * HOUR_MS)) + 120_000
        changes.append((at, "status", "open", "pending", "agent", True))
        at += int(rng.exponential(20 * HOUR_MS)) + 120_000
        changes.append((at, "comment", None, text, "end_user", True))
        changes.append((at + 1000, "status", "pending", "open", "system", True))
    at += int(np.exp(rng.normal(np.log(14 * HOUR_MS), 1.1))) + 120_000
    changes.append((at - 1000, "comment", None, text, "agent", True))
    changes.append((at, "status", "open", "solved", "agent", True))
    return changes
