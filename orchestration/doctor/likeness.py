"""How alike names of tables and columns are, by their letters and by what others call ours.

What others call our tables and columns stands in ``called.yml``. What is not here: what follows
from it, which a draft says.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import yaml

from orchestration.landing.contract import SourceTable

NEAR = 0.74
CALLED = Path(__file__).with_name("called.yml")
# Names that say of any table that a column is its identifier.
IDENTIFIERS = ("id", "key", "no", "number", "uuid", "recordid")


def is_called(name: str, table: SourceTable) -> bool:
    """Tell whether a file or folder of this name is called as a table of ours is."""
    called = {_singular(word) for word in (table.name, *_called()["tables"].get(table.folder, ()))}
    return bool(called & {_singular(word) for word in words_of(name)}) or (
        SequenceMatcher(None, _plain(name), _plain(table.name)).ratio() >= NEAR
    )


@cache
def likeness(ours: str, theirs: str, table: str, is_identity: bool) -> float:
    """Say how alike our column and theirs are called, 1 where they are the same.

    Theirs may begin with what the table is about, as in Ticket type, and end in a remark in
    brackets, as in Created (UTC).
    """
    about = {_singular(word) for word in words_of(table)}
    bare = re.sub(r"\s*[(\[].*?[)\]]\s*$", "", theirs) or theirs
    names, words = [_plain(bare) or bare], words_of(bare)
    while len(words) > 1 and _singular(words[0]) in about:
        words = words[1:]
        names.append(_plain(" ".join(words)))
    return max(
        _alike(_plain(ours), other, ours, is_identity) - place / 50
        for place, other in enumerate(names)
    )


def _alike(one: str, other: str, ours: str, is_identity: bool) -> float:
    also = [_plain(said) or said for said in _called()["columns"].get(ours, ())]
    if one == other:
        return 1
    if other in also:
        return 0.95 - also.index(other) / 200
    if is_identity and other in IDENTIFIERS:
        return 0.85
    if any(_plain(said) in other for said in _called()["within"].get(ours, ())):
        return 0.8
    alike = SequenceMatcher(None, one, other)
    return alike.ratio() * 0.9 if alike.real_quick_ratio() * 0.9 >= NEAR else 0


@cache
def _called() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return yaml.safe_load(CALLED.read_text(encoding="utf-8"))


def words_of(name: str) -> list[str]:
    """Return the words of a name in small letters, without its numbers."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word.lower() for word in re.split(r"[\W\d_]+", parted) if word]


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def differing_by_numbers(tables: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each table with the others that have its columns and, but for numbers, its name."""
    found: dict[tuple[str, frozenset[str]], list[str]] = {}
    for name, columns in tables.items():
        found.setdefault((without_numbers(name), frozenset(columns)), []).append(name)
    yield from ((first, others) for first, *others in found.values())


def without_numbers(name: str) -> str:
    """Return the words of a name; a file that is called by its day and nothing else is a table."""
    return "_".join(words_of(name)) or "table"
