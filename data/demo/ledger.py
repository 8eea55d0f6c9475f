"""The count of everything that was written and of everything that is wrong with it.

What is here: the numbers of ``truth_dirt.json``, added up while files are written. What is not
here: the writing (``landing.py``). The law that they obey stands in the package docstring.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class TableCount:
    """The counts of one landing table."""

    files: int = 0
    lines: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    rows_with_unknown_columns: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts with the totals that the law demands."""
        loaded = self.lines - self.quarantined.total()
        kept = loaded - self.duplicates - self.rejected.total()
        return {
            "files": self.files,
            "lines": self.lines,
            "loaded": loaded,
            "kept": kept,
            "quarantined": dict(sorted(self.quarantined.items())),
            "duplicates": self.duplicates,
            "rejected": dict(sorted(self.rejected.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "rows_with_unknown_columns": self.rows_with_unknown_columns,
            "notes": dict(sorted(self.notes.items())),
        }


class Ledger:
    """Counts of all tables, and the files that must not be loaded."""

    def __init__(self) -> None:
        self.tables: dict[str, TableCount] = {}
        self.refused: list[dict[str, str]] = []
        self.replayed: list[dict[str, Any]] = []

    def table(self, system: str, name: str) -> TableCount:
        """Return the counts of a table, at first all zero."""
        return self.tables.setdefault(f"{system}_{name}", TableCount())

    def as_dict(self) -> dict[str, Any]:
        """Return everything for ``truth_dirt.json``."""
        return {
            "tables": {name: self.tables[name].as_dict() for name in sorted(self.tables)},
            "refused_files": self.refused,
            "replayed_files": self.replayed,
        }

    def save(self, path: Path) -> None:
        """Write the truth about dirt."""
        path.write_text(json.dumps(self.as_dict(), indent=2) + "\n", encoding="utf-8")
