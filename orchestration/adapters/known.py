"""The adapters of the project, read of their folders and made sure of.

What is not here: what a definition means, which ``definition`` says.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.adapters.definition import FOLDER, Adapter, VendorTable, Write
from orchestration.landing.errors import ContractError

KEYS = {"title", "recognised_by", "tables", "steps", "writes", "cannot_carry"}
# Folder with statements that several dialects of a vendor share, or several vendors.
SHARED = "shared"


@cache
def known_adapters() -> tuple[Adapter, ...]:
    """Read every adapter of the project, sorted by name.

    Raises:
        ContractError: a definition cannot be used; the text says which, and what is wrong.

    """
    paths = sorted(FOLDER.glob("*/*/adapter.yml"))
    return tuple(read_adapter(path) for path in paths)


def read_adapter(path: Path) -> Adapter:
    """Read the definition of one adapter.

    Raises:
        ContractError: it cannot be used.

    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(path, f"it is no YAML, {error}") from error
    if not isinstance(said, dict) or not {"title", "tables", "writes"} <= {*said} <= KEYS:
        raise _wrong(path, f"expected the keys {', '.join(sorted(KEYS))}")
    tables = {name: _table(path, name, entry or {}) for name, entry in said["tables"].items()}
    steps = {name: _names(reads) for name, reads in (said.get("steps") or {}).items()}
    writes = tuple(_write(path, entry, tables, steps) for entry in said["writes"])
    pairs = [(write.landing_table, write.driver) for write in writes]
    if twice := sorted({pair for pair in pairs if pairs.count(pair) > 1}):
        raise _wrong(path, f"two writes make {twice[0][0]} of {twice[0][1]}; expected one")
    recognised_by = tuple(said.get("recognised_by") or tables)
    if unknown := [name for name in recognised_by if name not in tables]:
        raise _wrong(path, f"recognised_by names no table: {', '.join(unknown)}")
    return Adapter(
        vendor=path.parent.parent.name,
        dialect=path.parent.name,
        title=said["title"],
        folder=path.parent,
        recognised_by=recognised_by,
        tables=tables,
        writes=writes,
        cannot_carry=said.get("cannot_carry") or {},
    )


def _table(path: Path, name: str, entry: Mapping[str, Any]) -> VendorTable:
    known = {"required", "optional", "deleted_by", "also_called", "nothing_else"}
    if not {*entry} <= known or not entry.get("required"):
        raise _wrong(path, f"table {name} needs required columns, and has no key but {known}")
    said = {key: tuple(map(str, v)) if isinstance(v, list) else v for key, v in entry.items()}
    return VendorTable(name, **said)


def _write(
    path: Path,
    entry: Mapping[str, Any],
    tables: Mapping[str, VendorTable],
    steps: Mapping[str, tuple[str, ...]],
) -> Write:
    sql, driver, named = _sql(path, entry["sql"]), entry["from"], _names(entry.get("with"))
    every = tuple(dict.fromkeys(_with_below(named, steps)))
    lookups = tuple(name for name in every if name not in steps and name != driver)
    if unknown := [name for name in (driver, *lookups) if name not in tables]:
        raise _wrong(path, f"{entry['sql']} reads {', '.join(unknown)}, which is no table of it")
    system, table = sql.stem.split("__")[:2]
    how = {key: bool(entry.get(key)) for key in ("one_by_one", "only_if_alone")}
    files = tuple(_sql(path, f"{name}.sql") for name in every if name in steps)
    return Write(sql, f"{system}/{table}", driver, lookups, **how, steps=files)


def _with_below(names: Sequence[str], steps: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield tables and steps, each step after all that it reads."""
    for name in names:
        yield from _with_below(steps.get(name, ()), steps)
        yield name


def _sql(path: Path, name: str) -> Path:
    """Return a statement of the dialect, else the one that dialects or vendors share."""
    dialect, vendor, vendors = path.parents[:3]
    places = (dialect / name, vendor / SHARED / name, vendors / SHARED / name)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        beside = f"neither beside it nor in ../{SHARED} or ../../{SHARED}"
        raise _wrong(path, f"there is no file {name}, {beside}")
    return found


def _names(said: Sequence[str] | str | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def _wrong(path: Path, what: str) -> ContractError:
    return ContractError(f"The adapter {path} cannot be used: {what}.")
