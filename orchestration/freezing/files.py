"""References as landing files: dated, with what they were drawn from, for people to edit.

A file that is there is never written over. What is not here: what stands in them.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.freezing.proposal import PERCENTILES, Proposal
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically

REFERENCES, CUT_POINTS = "catalogue/score_references", "catalogue/cut_points"


def landed_references(settings: Settings) -> list[Path]:
    """Return the files with references that lie in the landing folder."""
    folder = settings.landing / REFERENCES
    return sorted(path for path in folder.rglob("[!.]*") if path.is_file())


def place_of(settings: Settings, proposal: Proposal) -> Path:
    """Return where the references of a day stand."""
    return settings.landing / REFERENCES / f"{proposal.valid_from}.csv"


def write(settings: Settings, proposal: Proposal) -> list[Path]:
    """Write references and cut points; return the files, the references first.

    Raises:
        FileExistsError: references that begin on the same day are there already.
        OSError: the landing folder cannot be written to.

    """
    place = place_of(settings, proposal)
    if place.exists():
        raise FileExistsError(place)
    day = proposal.valid_from
    written = []
    # The cut points first: where the references are there, all is there.
    if proposal.cut_points:
        path = settings.landing / CUT_POINTS / f"{day}.csv"
        _write(
            path,
            ("measure", "part_number", "lower_bound", "valid_from", "drawn_from"),
            [
                (row["measure"], row["part_number"], row["lower_bound"], day, _drawn(proposal, row))
                for row in proposal.cut_points
            ],
        )
        written.append(path)
    _write(
        place,
        ("component", "segment", *PERCENTILES, "prior_value", "valid_from", "drawn_from"),
        [
            (
                *(row[name] for name in ("component", "segment", *PERCENTILES, "prior_value")),
                *(day, _drawn(proposal, row)),
            )
            for row in proposal.references
        ],
    )
    return [place, *written]


def _drawn(proposal: Proposal, row: Any) -> str:
    return (
        f"{proposal.drawn_from}: {row['account_count']} accounts, {row['value_count']} values, "
        "one a week"
    )


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with (
        write_atomically(path) as unfinished,
        unfinished.open("w", newline="", encoding="utf-8") as file,
    ):
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows(rows)
