"""The line of the outlook: its figures are those of the training, and a refusal is a sentence."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from orchestration.outlook.training import train
from tests.judge.data_sets import DataSet
from tests.judge.figures import Interval, area
from tests.judge.outlook_table import of_outlooks
from tests.judge.outlooks import Outlook, judged_rows
from tests.outlook.planted import HORIZON, LAW, company, later

SET = DataSet("planted", "customers with a law", ("churn",), lambda landing: None)


@pytest.fixture(scope="module")
def sample():
    return company()


@pytest.fixture(scope="module")
def model(sample):
    return train(sample, "churn", HORIZON, later(sample), capacity=20)


def cells(lines, row=2):
    return [cell.strip() for cell in lines[row].strip("|").split("|")]


def test_the_rows_of_the_ceiling_are_those_by_which_the_model_is_judged(sample, model):
    rows, said = judged_rows(sample, int(model.data_sha256[:8], 16))
    figures = model.figures["all", "all"]
    assert rows.sum() == figures.row_count
    part = sample.where(rows)
    assert area(-said, part.event, part.account).value == pytest.approx(figures.auc, abs=1e-12)


def test_a_model_is_a_line_with_its_share_of_what_can_be_known(sample, model):
    law = sum(weight * sample.column(name) for name, weight in LAW.items())
    ceiling = area(-law, sample.event, sample.account)
    outlook = Outlook(model, ceiling, Interval(-0.01, -0.02, 0.0))
    figures = model.figures["all", "all"]
    lines = of_outlooks({SET: [outlook]})
    assert len(lines) == 3
    found = dict(zip(cells(lines, 0), cells(lines), strict=True))
    assert found["outlook"].startswith(f"{figures.auc:.3f}"[1:])
    assert found["recency"] == f"{figures.recency_auc:.3f}"[1:]
    assert found["score"] == f"{figures.health_score_auc:.3f}"[1:]
    assert found["outlook less recency"].startswith("+" + f"{figures.gain_over_recency:.3f}"[1:])
    assert found["slope of its probabilities"].startswith(f"{figures.calibration_slope:.2f}")
    share = (figures.auc - 0.5) / (ceiling.value - 0.5)
    assert found["share of what the ceiling is above a coin"] == f"{share:.0%}"


def test_of_real_customers_nobody_knows_the_ceiling(model):
    found = cells(of_outlooks({SET: [Outlook(model)]}))
    assert found[-2:] == ["nobody knows", ""]


def test_where_nothing_can_be_learned_the_sentence_stands_below_the_table(sample):
    nobody = replace(sample, event=np.zeros(len(sample.event)))
    refused = train(nobody, "churn", HORIZON, date(2026, 1, 1), capacity=20)
    *table, empty, sentence = of_outlooks({SET: [Outlook(refused)]})
    assert len(table) == 2
    assert empty == ""
    assert sentence == f"* `planted`, left within {HORIZON} days: {refused.reason}"
    assert "Nobody" in sentence
