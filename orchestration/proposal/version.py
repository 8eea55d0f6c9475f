"""A version of the score as its seeds have it, and the score that it gives.

What is not here: how other weights are found, which ``weights`` and ``curves`` know.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

Points = tuple[tuple[float, float], ...]
BEHAVIOUR_AT_LEAST = 0.5
SATISFACTION_AT_MOST = 0.2


@dataclass(frozen=True)
class Version:
    """A version of the score.

    Attributes:
        version: its identifier, as ``mature-1``.
        model: the model that it is a version of.
        components: in the order of their names.
        labels: their names for people.
        pillars: the pillar of each component.
        weights: nominal weight of each component; they sum to one.
        curves: the name of each component's curve.
        points: the points (value, score) of each curve; none for a curve of frozen percentiles.
        is_behavioural: whether each component is what the customer does.
        bands: lower bound and name of each band, from the lowest.
        is_exempt: whether the version says why its balance is another one.
    """

    version: str
    model: str
    components: tuple[str, ...]
    labels: tuple[str, ...]
    pillars: tuple[str, ...]
    weights: np.ndarray
    curves: tuple[str, ...]
    points: dict[str, Points]
    is_behavioural: np.ndarray
    bands: tuple[tuple[float, str], ...]
    is_exempt: bool

    def with_weights(self, weights: np.ndarray) -> "Version":
        """Return the version with other nominal weights."""
        return replace(self, weights=weights)

    def band(self, score: float) -> str:
        """Return the band of a score by the plain cut."""
        return [name for lower, name in self.bands if lower <= score][-1]


def read_seed(folder: Path, seed: str) -> list[dict[str, str]]:
    """Return the rows of a seed, each by the names of its columns."""
    with (folder / f"{seed}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def live_versions(folder: Path) -> list[Version]:
    """Read the version of each model that is live from the seeds, in the order of their names."""
    live = [row for row in read_seed(folder, "score_model_versions") if row["status"] == "live"]
    return [_version(folder, row) for row in sorted(live, key=lambda row: row["model_version_id"])]


def _version(folder: Path, row: dict[str, str]) -> Version:
    name = row["model_version_id"]

    def of_version(seed: str) -> list[dict[str, str]]:
        return [row for row in read_seed(folder, seed) if row["model_version_id"] == name]

    members = sorted(of_version("score_components"), key=lambda row: row["component"])
    pillars = {row["pillar"]: float(row["weight"]) for row in of_version("score_pillars")}
    bands = sorted((float(row["lower_bound"]), row["band"]) for row in of_version("score_bands"))
    points: dict[str, list[tuple[int, float, float]]] = {row["curve"]: [] for row in members}
    for point in read_seed(folder, "score_curve_points"):
        if point["curve"] in points:
            points[point["curve"]].append(
                (int(point["point_number"]), float(point["x"]), float(point["score"]))
            )
    return Version(
        version=name,
        model=row["model"],
        components=tuple(row["component"] for row in members),
        labels=tuple(row["label"] for row in members),
        pillars=tuple(row["pillar"] for row in members),
        weights=np.array([pillars[row["pillar"]] * float(row["weight"]) for row in members]),
        curves=tuple(row["curve"] for row in members),
        points={curve: tuple((x, y) for _, x, y in sorted(of)) for curve, of in points.items()},
        is_behavioural=np.array([row["is_behavioural"] == "true" for row in members]),
        bands=tuple(bands),
        is_exempt=bool(row.get("balance_exception")),
    )


def base_scores(version: Version, scores: np.ndarray) -> np.ndarray:
    """Return the score of each row; what is missing leaves its weight to its pillar, then to all.

    Args:
        version: weights and pillars.
        scores: a row for each account and day, a column for each component; NaN where missing.

    Returns:
        A score for each row; NaN where nothing is measured.

    """
    means, shares = _pillar_means(version, scores)
    with np.errstate(invalid="ignore"):
        return np.nansum(means * shares, axis=1) / np.where(np.isnan(means), 0, shares).sum(axis=1)


def filled(version: Version, scores: np.ndarray) -> np.ndarray:
    """Return the scores with what stands in for the missing: its pillar's mean, else the score.

    The weighted mean of a row is then its base score, so a missing component is no information.
    """
    means, _ = _pillar_means(version, scores)
    whole = base_scores(version, scores)
    names = sorted(set(version.pillars))
    stand_in = np.where(np.isnan(means), whole[:, None], means)
    columns = [names.index(pillar) for pillar in version.pillars]
    return np.where(np.isnan(scores), stand_in[:, columns], scores)


def _pillar_means(version: Version, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    names = sorted(set(version.pillars))
    member = np.array([[pillar == name for name in names] for pillar in version.pillars])
    weights = version.weights[:, None] * member
    is_known = ~np.isnan(scores)
    with np.errstate(invalid="ignore"):
        means = (np.where(is_known, scores, 0) @ weights) / (is_known @ weights)
    return means, weights.sum(axis=0)


def within_balance(version: Version, proposed: np.ndarray) -> np.ndarray:
    """Go from the written weights towards the proposed ones as far as the balance allows.

    Behaviour keeps half of the weight or more and satisfaction a fifth or less, unless the version
    says why not.
    """
    if version.is_exempt:
        return proposed
    written = version.weights
    is_satisfaction = np.array([pillar == "satisfaction" for pillar in version.pillars])
    share = 1.0
    for members, bound, sign in (
        (version.is_behavioural, BEHAVIOUR_AT_LEAST, 1),
        (is_satisfaction, SATISFACTION_AT_MOST, -1),
    ):
        room = sign * (written[members].sum() - bound)
        taken = sign * (written[members].sum() - proposed[members].sum())
        if taken > max(room, 0.0):
            share = min(share, max(room, 0.0) / taken)
    return proposed if share == 1.0 else written + share * (proposed - written)
