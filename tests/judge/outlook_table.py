"""The line of the outlook: a row for each set, outcome and horizon, in words where none is."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from orchestration.outlook.judged import Figures
from tests.judge.cells import interval
from tests.judge.data_sets import DataSet
from tests.judge.figures import Interval
from tests.judge.outlooks import Outlook
from tests.judge.tables import OUTCOMES, line

HEADINGS = (
    "set",
    "outcome",
    "who had it, of them judged",
    "outlook",
    "recency",
    "score",
    "outlook less recency",
    "outlook less score",
    "slope of its probabilities",
    "ceiling",
    "share of what the ceiling is above a coin",
)
# Where nobody knows the truth there is no ceiling.
NO_CEILING = "nobody knows"


def of_outlooks(learned: Mapping[DataSet, Sequence[Outlook]]) -> list[str]:
    """Return the lines of the table, and below it why there is no model where there is none."""
    lines = [line(HEADINGS), line(["---"] * len(HEADINGS))]
    refused = []
    for judged, found in learned.items():
        for outlook in found:
            if outlook.model.figures:
                lines.append(line([f"`{judged.name}`", *_cells(outlook)]))
            else:
                refused.append(f"* `{judged.name}`, {_outcome(outlook)}: {outlook.model.reason}")
    return [*lines, "", *refused] if refused else lines


def _cells(outlook: Outlook) -> Iterator[str]:
    model, figures = outlook.model, outlook.model.figures["all", "all"]
    yield _outcome(outlook)
    yield f"{model.training_event_count:,}, {figures.event_account_count:,}"
    yield interval(_known(figures, "auc"), ".3f")
    yield f"{figures.recency_auc:.3f}".lstrip("0")
    yield f"{figures.health_score_auc:.3f}".lstrip("0")
    for rule in ("recency", "health_score"):
        yield interval(_known(figures, f"gain_over_{rule}"), "+.3f")
    yield interval(_known(figures, "calibration_slope"), ".2f")
    yield NO_CEILING if outlook.ceiling is None else interval(outlook.ceiling, ".3f")
    share = outlook.share_of_ceiling
    yield "" if share is None else f"{share:.0%}"


def _outcome(outlook: Outlook) -> str:
    return OUTCOMES[outlook.model.label].format(outlook.model.horizon_days)


def _known(figures: Figures, name: str) -> Interval | None:
    """Return a figure with its interval; None where too few had the outcome."""
    value, low, high = (getattr(figures, f"{name}{end}") for end in ("", "_low", "_high"))
    return None if np.isnan(value) else Interval(value, low, high)
