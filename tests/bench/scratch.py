"""Where the benchmark works: a folder of its own for each size, gone afterwards unless kept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measured import StepFailed

NAME = "customer-health-bench"


@dataclass(frozen=True)
class Scratch:
    """The folders of one size."""

    size: str
    folder: Path

    @property
    def landing(self) -> Path:
        return self.folder / "landing"

    @property
    def truth(self) -> Path:
        return self.folder / "truth"

    @property
    def built(self) -> Path:
        return self.folder / "built"

    @property
    def warehouse(self) -> Path:
        # Named like the usual one: under another name dbt would read its project anew.
        return self.built / "warehouse" / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.built / "published"

    @property
    def dbt_log(self) -> Path:
        return self.warehouse.parent / "logs" / "dbt.log"

    def log(self, step: str) -> Path:
        """Return the path for what a step says."""
        return self.folder / "said" / f"{step}.txt"

    def settings(self) -> dict[str, str]:
        """Return the settings of the pipeline for this size."""
        return {
            "LANDING": str(self.landing),
            "WAREHOUSE": str(self.warehouse),
            "REPORTS": str(self.built / "reports"),
            "PUBLISHED": str(self.published),
        }

    def has_landed(self) -> bool:
        """Tell whether the landing files of an earlier run are complete."""
        return (self.truth / "truth_dirt.json").exists()

    def clear_built(self) -> None:
        """Take away what an earlier run has built."""
        shutil.rmtree(self.built, ignore_errors=True)

    def clear(self) -> None:
        """Take away everything of this size."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def scratch_folder(given: Path | None, keep: bool) -> Iterator[Path]:
    """Give a folder inside the one that was given, or a new one; take it away at the end.

    After a failed step it stays, for what the steps said is in it.
    """
    above = given.expanduser().resolve() if given else Path(tempfile.mkdtemp(prefix="bench-"))
    folder = above / NAME
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except StepFailed:
        keep = True
        raise
    finally:
        if not keep:
            # Only what was made here: the folder that was given may hold other things.
            shutil.rmtree(folder if given else above, ignore_errors=True)


def bytes_in(path: Path) -> int:
    """Return the size of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(file.stat().st_size for file in files)
