"""How well the outlook ranks on the sets of the judge, beside the score and the plainest rules.

A model is learned here from what is built and judged forward in time, as ``make train`` does it,
and is written nowhere. Of the demonstration company the ceiling is worked out, too: how well
anybody could have ranked the very rows by which the model is judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
from scipy.special import expit

from orchestration.dbt_runner.manifest import project_variable
from orchestration.outlook.models import Model
from orchestration.outlook.sample import Sample, read_sample
from orchestration.outlook.training import train
from orchestration.outlook.walk_forward import folds_of
from orchestration.settings.environment import Settings
from tests.judge import plain_question
from tests.judge.data_sets import LAST_DAY, SEED, DataSet
from tests.judge.figures import Interval, advantage, area
from tests.track_record.ceiling import chances, world_of

# In this order the project learns: who leaves, and who goes silent.
LABELS = ("churn", "silence")


@dataclass(frozen=True)
class Outlook:
    """What the model of one outcome within one horizon was worth.

    Attributes:
        model: what a training came to, with its figures, or why there is none.
        ceiling: AUC of who knows everything but the coins, on the judged rows; None where nobody
            does, which is outside of the demonstration company.
        below_ceiling: the AUC of the model less that of the ceiling.
    """

    model: Model
    ceiling: Interval | None = None
    below_ceiling: Interval | None = None

    @property
    def share_of_ceiling(self) -> float | None:
        """Return how much of what can be known the model knows: 0 is a coin, 1 the ceiling."""
        if self.ceiling is None or not self.model.figures:
            return None
        return (self.model.figures["all", "all"].auc - 0.5) / (self.ceiling.value - 0.5)


def outlooks(judged: DataSet, settings: Settings) -> Iterator[Outlook]:
    """Learn and judge the outcomes of a set that a model is made for, at every horizon."""
    features = tuple(project_variable(settings, "outlook_features"))
    capacity = int(project_variable(settings, "care_capacity"))
    lead = int(project_variable(settings, "outcome_lead_days"))
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        day = connection.execute("select as_of_date from raw.run_parameters").fetchone()[0]
        for label in (name for name in LABELS if name in judged.labels):
            for horizon in project_variable(settings, "outcome_horizons"):
                sample = read_sample(connection, features, label, int(horizon))
                if not len(sample.event):
                    continue
                model = train(sample, label, int(horizon), day, capacity)
                yield _with_ceiling(model, sample, judged, lead)
        if plain_question.LABEL in judged.labels:
            yield Outlook(plain_question.ask_plainly(connection, features, capacity))


def _with_ceiling(model: Model, sample: Sample, judged: DataSet, lead: int) -> Outlook:
    if judged.company is None or model.regression is None:
        return Outlook(model)
    rows, said = judged_rows(sample, int(model.data_sha256[:8], 16))
    part = sample.where(rows)
    known = _known_to_all(part, judged.company, lead, model.horizon_days)
    return Outlook(
        model,
        area(-known, part.event, part.account),
        advantage(-said, -known, part.event, part.account),
    )


def judged_rows(sample: Sample, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows are judged, and what a model that had not seen them says of each."""
    said = np.full(len(sample.event), np.nan)
    for fold in folds_of(sample, seed):
        said[fold.is_judged] = expit(fold.regression.logit(sample.where(fold.is_judged)))
    is_judged = ~np.isnan(said)
    return is_judged, said[is_judged]


def _known_to_all(sample: Sample, company: str, lead: int, horizon: int) -> np.ndarray:
    """Return the true probability of each row, by continuing the company from its Monday."""
    world = world_of(company, SEED, LAST_DAY)
    place = {name: number for number, name in enumerate(world.company.ids)}
    numbers = np.array([place[name] for name in sample.names])[sample.account]
    found = np.empty(len(sample.event))
    for monday in np.unique(sample.monday):
        here = sample.monday == monday
        day = date.fromordinal(int(monday))
        found[here] = chances(world, day, numbers[here], lead, horizon, SEED)
    return found
