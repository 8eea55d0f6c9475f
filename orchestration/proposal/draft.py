"""A proposal as rows for the seeds: a new version with status shadow, and curves of its own.

The files hold what stands in the seeds, and the draft below it, so that they can take their place;
nothing is written into the seeds themselves.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from orchestration.proposal.judging import Proposal
from orchestration.proposal.version import Version, read_seed

Rows = list[dict[str, str]]
SEEDS = (
    "score_model_versions",
    "score_pillars",
    "score_components",
    "score_curve_points",
    "score_bands",
)
# The seeds hold weights with six decimals.
PARTS = 1_000_000


class DraftError(RuntimeError):
    """The draft cannot be written. The text says why and what to do."""


@dataclass(frozen=True)
class Draft:
    """What is proposed for one version, with the reasons that its row gives."""

    version: Version
    proposal: Proposal
    reason: str
    expected_effect: str


def next_version(seeds: Path, model: str) -> tuple[str, str]:
    """Return identifier and number of the next version of a model."""
    numbers = [
        int(row["version"])
        for row in read_seed(seeds, "score_model_versions")
        if row["model"] == model and row["version"].isdigit()
    ]
    number = str(max(numbers, default=0) + 1)
    return f"{model}-{number}", number


def write_drafts(seeds: Path, folder: Path, drafts: list[Draft], last_day: date) -> list[str]:
    """Write the seeds with the drafts; return the identifiers of the new versions.

    Raises:
        DraftError: the folder is that of the seeds, or holds something else under their names.
    """
    if folder.resolve() == seeds.resolve():
        raise DraftError(f"{folder} holds the seeds in force. Name a folder of its own.")
    added: dict[str, Rows] = {seed: [] for seed in SEEDS}
    names = []
    for draft in drafts:
        name, number = next_version(seeds, draft.version.model)
        names.append(name)
        for seed, rows in _rows(seeds, draft, name, number, last_day).items():
            added[seed] += rows
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for seed, rows in added.items():
            (folder / f"{seed}.csv").write_bytes(_appended(seeds / f"{seed}.csv", rows))
    except OSError as error:
        raise DraftError(
            f"The draft cannot be written to {folder}: {error.strerror}. Name another folder."
        ) from error
    return names


def rounded(weights: np.ndarray) -> list[Decimal]:
    """Round weights to six decimals whose sum is exactly one: the largest remainders go up."""
    parts = weights / weights.sum() * PARTS
    whole = np.floor(parts).astype(int)
    order = np.argsort(-(parts - whole), kind="stable")
    whole[order[: PARTS - whole.sum()]] += 1
    return [Decimal(int(part)) / PARTS for part in whole]


def _rows(seeds: Path, draft: Draft, name: str, number: str, last_day: date) -> dict[str, Rows]:
    version, proposal = draft.version, draft.proposal
    curves = {
        component: f"{curve}_{name.replace('-', '_')}" if bend.is_bent else curve
        for component, curve, bend in zip(
            version.components, version.curves, proposal.bends, strict=True
        )
    }
    pillars = sorted(set(version.pillars))
    members = {pillar: np.array([own == pillar for own in version.pillars]) for pillar in pillars}
    sums = rounded(np.array([proposal.weights[members[pillar]].sum() for pillar in pillars]))
    of_pillar = dict(zip(pillars, sums, strict=True))
    in_pillar = {
        component: weight
        for pillar in pillars
        for component, weight in zip(
            np.array(version.components)[members[pillar]],
            rounded(proposal.weights[members[pillar]]),
            strict=True,
        )
    }

    def copied(seed: str) -> Rows:
        rows = [r for r in read_seed(seeds, seed) if r["model_version_id"] == version.version]
        return [row | {"model_version_id": name} for row in rows]

    first_day = date.fromordinal(last_day.toordinal() + 1).isoformat()
    return {
        "score_model_versions": [
            row
            | {"version": number, "status": "shadow", "valid_from": first_day, "valid_to": ""}
            | {"author": "make propose", "approved_by": "", "reason": draft.reason}
            | {"expected_effect": draft.expected_effect}
            for row in copied("score_model_versions")
        ],
        "score_pillars": [
            row | {"weight": str(of_pillar[row["pillar"]])} for row in copied("score_pillars")
        ],
        "score_components": [
            row | {"weight": str(in_pillar[row["component"]]), "curve": curves[row["component"]]}
            for row in copied("score_components")
        ],
        "score_curve_points": [
            {"curve": curves[component], "point_number": str(place), "x": f"{x:g}"}
            | {"score": f"{bend.applied(np.array([score]))[0]:g}"}
            for component, curve, bend in zip(
                version.components, version.curves, proposal.bends, strict=True
            )
            if bend.is_bent
            for place, (x, score) in enumerate(version.points[curve], start=1)
        ],
        "score_bands": copied("score_bands"),
    }


def _appended(seed: Path, rows: Rows) -> bytes:
    """Return the seed as it is, with the rows below; every column that it has is kept."""
    text = seed.read_text(encoding="utf-8")
    names = next(csv.reader(io.StringIO(text)))
    file = io.StringIO()
    csv.DictWriter(file, names, lineterminator="\n").writerows(rows)
    return (text.rstrip("\n") + "\n" + file.getvalue()).encode()
