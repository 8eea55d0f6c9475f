"""Training for a company: every outcome and horizon, from the working file into the book."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import duckdb

from orchestration.dbt_runner.manifest import project_variable
from orchestration.outlook.book import read_live, write_models
from orchestration.outlook.landed import refusal_of_landed
from orchestration.outlook.models import Model
from orchestration.outlook.sample import read_sample
from orchestration.outlook.training import train
from orchestration.settings.parts import DbtSettings
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.duckdb_errors import is_absent

# Who leaves, and for a company in whose records nobody ever does, who goes silent.
LABELS = ("churn", "silence")
# Of the features that are learned from, which the macro of the same name writes.
FEATURE_SET = "select max(feature_set_version) from marts.fct_account_features_weekly"


class OutlookError(RuntimeError):
    """Nothing can be trained. The text says why and what to do."""


def train_all(settings: DbtSettings, is_challenged: bool = False) -> list[Model]:
    """Train on what is built, and write the book; return what came of it.

    Args:
        settings: where the warehouse is.
        is_challenged: whether a boosted model is judged beside each.

    Raises:
        OutlookError: nothing is built yet, or what is built is of another version of the project.
        WarehouseError: another process holds the warehouse.
    """
    features = tuple(project_variable(settings, "outlook_features"))
    capacity = int(project_variable(settings, "care_capacity"))
    if not settings.warehouse.exists():
        raise OutlookError(
            f"Nothing is built yet: {settings.warehouse} is not there. Run make run."
        )
    lead, grace = (
        int(project_variable(settings, name)) for name in ("outcome_lead_days", "churn_grace_days")
    )
    with Warehouse.of(settings).writing() as connection:
        try:
            day = connection.execute("select as_of_date from raw.run_parameters").fetchone()[0]
            feature_set = connection.execute(FEATURE_SET).fetchone()[0]
            models = [
                dated_by_wait(
                    _train(
                        connection,
                        features,
                        feature_set,
                        label,
                        int(horizon),
                        day,
                        capacity,
                        is_challenged,
                    ),
                    first_monday(connection),
                    timedelta(days=lead + int(horizon) + grace),
                )
                for label in LABELS
                for horizon in project_variable(settings, "outcome_horizons")
            ]
        except duckdb.Error as error:
            if not is_absent(error):
                raise
            raise OutlookError(
                f"{settings.warehouse} does not hold the features and outcomes of this version of "
                f"the project ({str(error).splitlines()[0]}). Run make run."
            ) from error
        write_models(connection, models, day, feature_set, commit_of(settings))
    return models


def needs_first_training(settings: DbtSettings) -> bool:
    """Tell whether nothing had been learned, or refused, by the day that is built."""
    with Warehouse.of(settings).reading() as connection:
        return not connection.execute(
            "select count(*) from raw.outlook_models inner join raw.run_parameters "
            "on trained_on <= as_of_date"
        ).fetchone()[0]


def said(models: list[Model]) -> Iterator[str]:
    """Say what came of each, a line each."""
    for model in models:
        what = f"{model.label} within {model.horizon_days} days"
        if model.status != "candidate":
            yield f"{what}: no model ({model.status.replace('_', ' ')}). {model.reason}"
            continue
        worth = (
            "It beat all that it was set beside: a row of the seed outlook_promotions puts it in"
            " force."
            if model.is_better
            else "It did not beat all that it was set beside, so it stays a candidate."
        )
        yield f"{what}: {model.version}. {model.reason} {worth}"


def commit_of(settings: DbtSettings) -> str:
    """Return the commit of the project; ``unknown`` where it is no clone."""
    try:
        asked = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=settings.root,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return asked.stdout.strip()


def _train(
    connection: duckdb.DuckDBPyConnection,
    features: tuple[str, ...],
    feature_set: str,
    label: str,
    horizon_days: int,
    day: date,
    capacity: int,
    is_challenged: bool,
) -> Model:
    sample = read_sample(connection, features, label, horizon_days)
    live = read_live(connection, label, horizon_days, day, feature_set, sample.features)
    model = train(sample, label, horizon_days, day, capacity, live, is_challenged)
    refusal = refusal_of_landed(connection, label, len(sample.event) == 0)
    return refused(model, *refusal) if refusal else model


def first_monday(connection: duckdb.DuckDBPyConnection) -> date | None:
    """Return the first Monday on which somebody was a customer; None where nobody ever was."""
    return connection.execute(
        "select min(snapshot_date) from marts.fct_account_features_weekly"
    ).fetchone()[0]


def dated_by_wait(model: Model, first: date | None, wait: timedelta) -> Model:
    """Say of a model without any outcome before which day there can be none."""
    if model.status != "no_outcomes" or model.label != "churn" or first is None:
        return model
    return replace(
        model,
        reason=f"{model.reason} The first Monday with customers is {first}, so there can be no "
        f"model before {first + wait}, and it needs many more.",
    )


def refused(model: Model, status: str, reason: str) -> Model:
    """Return the model without all that it learned."""
    return replace(
        model,
        status=status,
        reason=reason,
        possible_from=None,
        is_better=False,
        regression=None,
        training=None,
        score_rates=None,
        figures={},
    )
