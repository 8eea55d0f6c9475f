"""The figures of one outcome and horizon, as they stand in a cell of the table."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from orchestration.reporting.formats import MINUS
from tests.judge.figures import Interval, advantage, area, rate
from tests.judge.rows import Question

NAUGHT = re.compile(r"^([+-]?)0\.")


def customers(asked: Question) -> str:
    """Return how many customers had the outcome, of how many."""
    with_it = len(np.unique(asked.account[asked.event == 1]))
    return f"{with_it:,} of {len(np.unique(asked.account)):,}"


def scored(asked: Question, score: str) -> str:
    """Return the share of rows about which there was a score."""
    return f"{1 - np.isnan(asked.said[score]).mean():.1%}"


def ranked(asked: Question, value: np.ndarray) -> str:
    """Return the AUC with its interval, of the rows about which something was said."""
    is_said = ~np.isnan(value)
    if not is_said.any():
        return ""
    return interval(area(value[is_said], asked.event[is_said], asked.account[is_said]), ".3f")


def of_stage(asked: Question, stage: str) -> str:
    """Return the AUC of the score within one stage, and the share of rows that are in it.

    Where it is good in each stage and poor over all, the models of the stages say different
    things by the same number.
    """
    is_in = asked.stage == stage
    if not is_in.any():
        return "nobody"
    text = ranked(asked, np.where(is_in, asked.said["health_score"], np.nan))
    return f"{text}, {is_in.mean():.0%} of them"


def component(asked: Question, build: str, name: str) -> str:
    """Return the AUC of a component, and on which share of the rows it was there."""
    value = asked.components[build][name]
    text = ranked(asked, value)
    return f"{text}, on {1 - np.isnan(value).mean():.0%}" if text else "never measured"


def difference(asked: Question, one: str, other: str) -> Interval | None:
    """Return the difference of two AUCs on the rows about which both said something."""
    first, second = asked.said[one], asked.said[other]
    both = ~np.isnan(first) & ~np.isnan(second)
    return advantage(first[both], second[both], asked.event[both], asked.account[both])


def compared(asked: Question, one: str, other: str) -> str:
    """Return that difference as text; nothing where one of them is never there."""
    if np.isnan(asked.said[one]).all() or np.isnan(asked.said[other]).all():
        return ""
    return interval(difference(asked, one, other), "+.3f")


def had_it(asked: Question, build: str, band: str) -> str:
    """Return the share of the rows in a band that had the outcome, and how many rows those are."""
    found = _rate_of(asked, build, band)
    count = int((asked.bands[build] == band).sum())
    return f"{interval(found, '.1%')} of {count:,}" if found else "nobody"


def in_order(asked: Question, build: str, bands: Sequence[str]) -> str:
    """Return whether worse bands had the outcome more often, and whether intervals part them."""
    found = [_rate_of(asked, build, band) for band in bands]
    if None in found:
        return "a band is empty"
    pairs = list(pairwise(found))
    if not all(worse.value >= better.value for worse, better in pairs):
        return "no"
    return "yes, apart" if all(worse.low > better.high for worse, better in pairs) else "yes"


def interval(found: Interval | None, shape: str) -> str:
    """Return a figure with its interval, or that there were too few outcomes."""
    if found is None:
        return "too few"
    value, low, high = (_text(figure, shape) for figure in (found.value, found.low, found.high))
    return f"{value} ({low} to {high})"


def _text(figure: float, shape: str) -> str:
    """Return a number without the zero before its point, as AUCs are written."""
    text = format(figure, shape)
    return text if shape.endswith("%") else NAUGHT.sub(r"\1.", text).replace("-", MINUS)


def _rate_of(asked: Question, build: str, band: str) -> Interval | None:
    is_in = asked.bands[build] == band
    return rate(asked.event[is_in], asked.account[is_in])
