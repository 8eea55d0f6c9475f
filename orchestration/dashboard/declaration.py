"""What the pages declare: sections, tables, columns, charts and texts, read from ``pages/*.yml``.

A page is a file; ``columns.yml`` beside the folder holds columns that several tables share. They
lie here and not in the YAML of the models, because a word on a page is no reason to build a
warehouse anew, pages know the publication and no manifest, and a table may stand on two pages.
What is not here: reading rows and drawing them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from orchestration.dashboard.declared import (
    Column,
    DeclarationError,
    DeclaredPage,
    Drawing,
    Listing,
    Part,
    Section,
    Source,
)

HERE = Path(__file__).parent
PAGES = HERE / "pages"
SHARED = HERE / "columns.yml"


def declared_pages(folder: Path = PAGES) -> list[DeclaredPage]:
    """Read every page, in the order of the numbers with which their files begin.

    Raises:
        DeclarationError: a file declares what is not known, or leaves out what is needed.
    """
    shared = yaml.safe_load(SHARED.read_text("utf-8"))
    return [_page(path, shared) for path in sorted(folder.glob("*.yml"))]


def _page(path: Path, shared: Mapping[str, list]) -> DeclaredPage:
    written = yaml.safe_load(path.read_text("utf-8"))
    made = _Reader(path.name, shared)
    sections = tuple(made.section(one) for one in written.pop("sections"))
    name = path.stem.split("_", 1)[1]
    return made.a(DeclaredPage, "page", {**written, "name": name, "sections": sections})


@dataclass(frozen=True)
class _Reader:
    file: str
    shared: Mapping[str, list]

    def section(self, written: Mapping[str, Any]) -> Section:
        place = str(written.get("id", "?"))
        return self.a(Section, place, written | {
            "text": _several(written.get("text", ())),
            "needs": _several(written.get("needs", ())),
            "charts": tuple(self.drawing(place, one) for one in written.get("charts", ())),
            "tables": tuple(self.listing(place, one) for one in written.get("tables", ())),
        })  # fmt: skip

    def listing(self, place: str, written: Mapping[str, Any]) -> Listing:
        written, source = self.with_source(place, written)
        columns = written.get("columns", ())
        listed = self.shared[columns] if isinstance(columns, str) else columns
        made = tuple(self.column(place, one) for one in listed)
        return self.a(Listing, place, written | {"source": source, "columns": made})

    def drawing(self, place: str, written: Mapping[str, Any]) -> Drawing:
        written, source = self.with_source(place, written)
        return self.a(Drawing, place, written | {"source": source})

    def column(self, place: str, written: str | Mapping[str, Any]) -> Column:
        if isinstance(written, str):
            (written,) = self.shared[written]
        place = f"{place}, column {written.get('column')}"
        notes = tuple(self.a(Part, place, note) for note in written.get("notes", ()))
        return self.a(Column, place, {**written, "notes": notes})

    def with_source(self, place: str, written: Mapping[str, Any]) -> tuple[dict, Source]:
        rest = dict(written)
        own = {one.name for one in fields(Source)}
        taken = {name: rest.pop(name) for name in own & set(rest)}
        taken["key"] = _several(taken.get("key", ()))
        return rest, self.a(Source, place, taken)

    def a(self, kind: type, place: str, written: Mapping[str, Any]) -> Any:
        known = {one.name for one in fields(kind)}
        if strange := sorted(set(written) - known):
            raise DeclarationError(
                f"{self.file}, {place}: {', '.join(strange)} is not known of a "
                f"{kind.__name__}. Known are {', '.join(sorted(known))}."
            )
        try:
            return kind(**written)
        except TypeError as error:
            raise DeclarationError(f"{self.file}, {place}: {error}") from error


def _several(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)
