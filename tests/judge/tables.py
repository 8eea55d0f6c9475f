"""How the figures are laid out: one table over all sets, and one for each.

The table of a set has a column for each outcome and horizon and a row for each figure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from tests.judge.cells import (
    compared,
    component,
    customers,
    difference,
    had_it,
    in_order,
    interval,
    of_stage,
    ranked,
    scored,
)
from tests.judge.data_sets import DataSet
from tests.judge.rows import Question

OUTCOMES = {
    "churn": "left within {} days",
    "silence": "went silent within {} days",
    "no_event_180d": "no event in {} days, asked once a quarter",
    "left_later": "left later, asked once after {} days",
}
RULES = {
    "recency": "days since the last activity",
    "active_days_28d": "active days of 28",
    "active_days_90d": "active days of 90",
    "usage_trend": "trend of usage",
}
BANDS = {"at_risk": "at risk", "watch": "watch", "healthy": "healthy"}
SUMMARY = (
    "set",
    "outcome",
    "score, before",
    "score",
    *(RULES[rule] for rule in ("recency", "active_days_28d", "active_days_90d")),
    "score less recency",
    "which is",
)

Figure = tuple[str, Callable[[Question], str]]


def summary(asked: Mapping[DataSet, Sequence[Question]]) -> list[str]:
    """Return the lines of one table for all sets: the score against what is simplest."""
    lines = [line(SUMMARY), line(["---"] * len(SUMMARY))]
    for judged, questions in asked.items():
        for question in questions:
            names = ("before", "health_score", "recency", "active_days_28d", "active_days_90d")
            found = difference(question, "health_score", "recency")
            lines.append(
                line(
                    [
                        f"`{judged.name}`",
                        _title(question),
                        *(ranked(question, question.said[name]) for name in names),
                        interval(found, "+.3f"),
                        verdict(question),
                    ]
                )
            )
    return lines


def verdict(asked: Question) -> str:
    """Return in words whether the score ranks better than recency does, or worse."""
    found = difference(asked, "health_score", "recency")
    if found is None:
        return ""
    if found.low > 0:
        return "above"
    return "below" if found.high < 0 else "not told apart"


def table(questions: Sequence[Question]) -> list[str]:
    """Return the lines of the table of one set."""
    lines = [line(["", *map(_title, questions)]), line(["---"] * (len(questions) + 1))]
    for build in _builds(questions):
        for name, show in [*_scores(questions, build), *(_rules() if build == "after" else ())]:
            lines.append(line([_of_build(name, build), *map(show, questions)]))
    for build in _builds(questions):
        for name, show in [*_components(questions, build), *_bands(build)]:
            lines.append(line([_of_build(name, build), *map(show, questions)]))
    return lines


def line(cells: Sequence[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |"


def _title(asked: Question) -> str:
    return OUTCOMES[asked.label].format(asked.days)


def _of_build(name: str, build: str) -> str:
    return f"{name}, before" if build == "before" else name


def _builds(questions: Sequence[Question]) -> list[str]:
    """Return the older build first."""
    return sorted(questions[0].components, reverse=True)


def _scores(questions: Sequence[Question], build: str) -> Iterator[Figure]:
    score = "before" if build == "before" else "health_score"
    if build == "after":
        yield "customers with it, of all", customers
        yield "Mondays of customers", lambda asked: f"{len(asked.event):,}"
    yield "of them with a score", partial(scored, score=score)
    yield "score", lambda asked: ranked(asked, asked.said[score])
    if build == "after":
        for stage in sorted({name for asked in questions for name in asked.stage if name}):
            yield f"score, of stage {stage} alone", partial(of_stage, stage=stage)
    for rule in ("recency", "active_days_28d", "active_days_90d"):
        yield f"score less {RULES[rule]}", partial(compared, one=score, other=rule)
    if build == "after" and not all(np.isnan(asked.said["before"]).all() for asked in questions):
        yield "score less score before", partial(compared, one=score, other="before")


def _rules() -> Iterator[Figure]:
    for rule, text in RULES.items():
        yield text, lambda asked, rule=rule: ranked(asked, asked.said[rule])


def _components(questions: Sequence[Question], build: str) -> Iterator[Figure]:
    """Yield the components of which a build has a value about anybody who was asked about."""
    for name in questions[0].components[build]:
        if any(not np.isnan(asked.components[build][name]).all() for asked in questions):
            yield f"component `{name}`", partial(component, build=build, name=name)


def _bands(build: str) -> Iterator[Figure]:
    for band, text in BANDS.items():
        yield f"had it while {text}", partial(had_it, build=build, band=band)
    yield "bands in order", partial(in_order, build=build, bands=tuple(BANDS))
