"""The plain question is learned once from what was known before, and judged on later Mondays."""

from dataclasses import replace

import numpy as np
import pytest

from tests.judge.outlook_table import of_outlooks
from tests.judge.outlooks import Outlook
from tests.judge.plain_question import learned_and_judged
from tests.judge.test_outlook_table import SET, cells
from tests.outlook.planted import LAW, company


@pytest.fixture(scope="module")
def halves():
    sample = company()
    middle = np.median(sample.monday)
    return sample.where(sample.known_on < middle), sample.where(sample.monday >= middle)


def test_it_ranks_later_customers_by_what_was_known_before(halves):
    known, asked = halves
    model = learned_and_judged(known, asked, capacity=20)
    figures = model.figures["all", "all"]
    assert figures.row_count == len(asked.event)
    assert model.training_event_count == known.event_accounts
    assert figures.auc > 0.6
    assert figures.auc_low > 0.5
    assert set(LAW) & {term.feature for term in model.regression.terms}
    lines = of_outlooks({SET: [Outlook(model)]})
    assert (
        dict(zip(cells(lines, 0), cells(lines), strict=True))["outcome"]
        == "no event in 180 days, asked once a quarter"
    )


def test_what_came_later_does_not_move_what_is_said(halves):
    known, asked = halves
    turned = replace(asked, event=1 - asked.event)
    one, other = (learned_and_judged(known, part, capacity=20) for part in (asked, turned))
    assert one.figures["all", "all"].auc == pytest.approx(1 - other.figures["all", "all"].auc)
    assert np.array_equal(one.regression.coefficients, other.regression.coefficients)


def test_too_few_answers_are_a_sentence_that_says_how_many_there_are(halves):
    known, asked = halves
    model = learned_and_judged(known.where(known.account < 3), asked, capacity=20)
    assert model.status == "insufficient_outcomes"
    assert not model.figures
    assert f"{known.where(known.account < 3).event_accounts} customers with it" in model.reason
    assert "100 and 30 are needed" in model.reason
