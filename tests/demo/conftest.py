"""The demonstration company at its smallest, written once for all tests here."""

import json
from datetime import date
from pathlib import Path

import pytest

from data.demo.simulation import simulate

END = date(2026, 10, 31)


class Written:
    """A landing folder, its truth folder, and what the truth says about dirt."""

    def __init__(self, folder: Path, seed: int = 7) -> None:
        self.landing, self.truth = folder / "landing", folder / "truth"
        simulate("tiny", seed, END, self.landing, self.truth)
        self.dirt = json.loads((self.truth / "truth_dirt.json").read_text())

    def readable_files(self, table: str) -> list[Path]:
        """Return the files of ``system/name`` that are neither refused nor replayed."""
        left_out = {
            entry["file"]
            for kind in ("refused_files", "replayed_files")
            for entry in self.dirt[kind]
        }
        return [
            path
            for path in sorted((self.landing / table).iterdir())
            if str(path.relative_to(self.landing)) not in left_out
        ]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Written:
    """Return the company of seed 7."""
    return Written(tmp_path_factory.mktemp("tiny"))
