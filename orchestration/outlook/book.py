"""The book of the outlook: what was learned, as rows of ``raw`` that dbt reads.

A model is a row of ``raw.outlook_models``; its coefficients, its figures, the rate of each score
and what was usual when it learned are rows of the tables beside it. Training on the same rows
writes the same rows again, and no build takes them away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import date

import duckdb
import numpy as np

from orchestration.landing.sql_texts import quoted
from orchestration.landing.tables import ensure_books
from orchestration.outlook.judged import FIGURES
from orchestration.outlook.logistic import MISSING, Term
from orchestration.outlook.models import Live, Model

OF_A_MODEL = (
    "outlook_models", "outlook_coefficients", "outlook_figures", "outlook_score_rates",
    "outlook_reference_bins",
)  # fmt: skip
BINS = 10
INTERCEPT = "intercept"
LIVE = """
select models.model_version, models.trained_on
from raw.outlook_models as models
inner join seeds.outlook_promotions as promotions using (model_version)
where models.label = ? and models.horizon_days = ? and models.status = 'candidate'
    and models.is_better and models.trained_on < ? and models.feature_set_version = ?
order by promotions.promoted_on desc, models.trained_on desc, models.model_version desc
limit 1
"""
COEFFICIENTS = """
select feature, is_missing_mark, mean, scale, coefficient
from raw.outlook_coefficients where model_version = ? and draw = 0 order by feature
"""


def read_live(
    connection: duckdb.DuckDBPyConnection,
    label: str,
    horizon_days: int,
    before: date,
    feature_set: str,
    features: Sequence[str],
) -> Live | None:
    """Return the model in force that was trained before the day; None where none is promoted.

    One that learned from features that are gone, or mean something else, is in force no more.
    """
    try:
        asked = [label, horizon_days, before, feature_set]
        found = connection.execute(LIVE, asked).fetchone()
    except duckdb.CatalogException:
        return None
    if found is None:
        return None
    version, trained_on = found
    rows = connection.execute(COEFFICIENTS, [version]).fetchall()
    terms = tuple(
        Term(feature.removesuffix(MISSING) if is_mark else feature, is_mark, mean, scale)
        for feature, is_mark, mean, scale, _ in rows
        if feature != INTERCEPT
    )
    if not {term.feature for term in terms} <= set(features):
        return None
    return Live(
        version=version,
        trained_on=trained_on.toordinal(),
        terms=terms,
        intercept=sum(row[-1] for row in rows if row[0] == INTERCEPT),
        coefficients=np.array([row[-1] for row in rows if row[0] != INTERCEPT]),
    )


def write_models(
    connection: duckdb.DuckDBPyConnection,
    models: Iterable[Model],
    trained_on: date,
    feature_set: str,
    git_commit: str,
) -> None:
    """Write the models, all or none of them; a version that is there already is written anew."""
    ensure_books(connection)
    connection.begin()
    for model in models:
        for table in OF_A_MODEL:
            connection.execute(f"delete from raw.{table} where model_version = ?", [model.version])
        said = {
            "model_version": model.version,
            "label": model.label,
            "horizon_days": model.horizon_days,
            "trained_on": trained_on,
            "status": model.status,
            "reason": model.reason,
            "is_better": model.is_better,
            "training_event_count": model.training_event_count,
            "test_event_count": model.test_event_count,
            "parameter_count": len(model.regression.terms) if model.regression else None,
            "possible_from": model.possible_from,
            "feature_set_version": feature_set,
            "data_sha256": model.data_sha256,
            "git_commit": git_commit,
        }
        _insert(connection, "outlook_models", [said])
        _insert(connection, "outlook_coefficients", _coefficients(model))
        _insert(connection, "outlook_figures", _figures(model))
        _insert(connection, "outlook_score_rates", _score_rates(model))
        _insert(connection, "outlook_reference_bins", _bins(model))
    connection.commit()


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]
) -> None:
    rows = list(rows)
    if not rows:
        return
    # Column by column: row by row takes a thousand times as long.
    columns = {name: [_plain(row[name]) for row in rows] for name in rows[0]}
    unnested = ", ".join(f"unnest(${name})" for name in columns)
    connection.execute(
        f"insert into raw.{table} ({', '.join(map(quoted, columns))}) select {unnested}", columns
    )


def _plain(value: object) -> object:
    """Return a value as DuckDB takes it: what is no number is not known."""
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return value.item() if isinstance(value, np.generic) else value


def _coefficients(model: Model) -> Iterator[dict[str, object]]:
    """Return intercept and coefficients as draw 0, and what they could be as well after it."""
    if model.regression is None:
        return
    found = np.concatenate([[model.regression.intercept], model.regression.coefficients])
    for draw, values in enumerate([found, *model.regression.draws]):
        facts = {"model_version": model.version, "draw": draw}
        yield facts | {
            "feature": INTERCEPT,
            "is_missing_mark": False,
            "coefficient": values[0],
            "mean": 0.0,
            "scale": 1.0,
            "lower_limit": 0.0,
            "upper_limit": 0.0,
        }
        for term, value in zip(model.regression.terms, values[1:], strict=True):
            yield facts | {
                "feature": term.name,
                "is_missing_mark": term.is_missing_mark,
                "coefficient": value,
                "mean": term.mean,
                "scale": term.scale,
                "lower_limit": term.lower,
                "upper_limit": term.upper,
            }


def _figures(model: Model) -> Iterator[dict[str, object]]:
    for (fold, part), figures in model.figures.items():
        yield {"model_version": model.version, "fold": fold, "slice": part} | dict(
            zip(FIGURES, astuple(figures), strict=True)
        )


def _score_rates(model: Model) -> Iterator[dict[str, object]]:
    if model.score_rates is None:
        return
    ends = [*model.score_rates.scores[1:], np.inf]
    for start, end, rate in zip(
        model.score_rates.scores, ends, model.score_rates.rates, strict=True
    ):
        first = start == model.score_rates.scores[0]
        yield {
            "model_version": model.version,
            # The lowest and the highest rate hold beyond what was seen.
            "score_from": 0.0 if first else start,
            "score_before": 1000.0 if np.isinf(end) else end,
            "outcome_rate": rate,
        }


def _bins(model: Model) -> Iterator[dict[str, object]]:
    """Return how the features of the training were spread, in tenths; equal values share one."""
    if model.training is None:
        return
    for feature in model.training.features:
        values = model.training.column(feature)
        known = values[~np.isnan(values)]
        if not len(known):
            continue
        edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1], method="lower"))
        place = np.searchsorted(edges, known, side="left")
        counts = np.bincount(place, minlength=len(edges) + 1)
        lower = [None, *edges]
        upper = [*edges, None]
        for number, (low, high, count) in enumerate(zip(lower, upper, counts, strict=True)):
            yield {
                "model_version": model.version,
                "feature": feature,
                "bin": number,
                "above": low,
                "up_to": high,
                "row_count": int(count),
                "known_count": len(known),
            }
