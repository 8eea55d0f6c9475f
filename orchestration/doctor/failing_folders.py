"""Which folder of the landing files a load fails at, so that all others are examined still.

What is not here: files that are refused, which fail no load.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import duckdb

from orchestration.landing.errors import ContractError

Loaded = TypeVar("Loaded")
FAILED = (duckdb.Error, ContractError)


def loaded_without_failing(
    load: Callable[[Path], Loaded], place: Path
) -> tuple[Loaded, dict[str, str]]:
    """Load a folder; where that fails, load what remains of it without the folders that fail.

    Args:
        load: loads a folder of landing files from the beginning.
        place: the folder, of which each folder is afterwards where it was.

    Returns:
        What the load that went through has returned, and of each folder that fails, why.

    Raises:
        duckdb.Error, ContractError: it fails without any folder, too.
    """
    try:
        return load(place), {}
    except FAILED as error:
        whole = error
    names = sorted(path.name for path in place.iterdir() if path.is_dir())
    failed = {}
    with TemporaryDirectory(prefix="alone-", dir=place.parent) as temporary:
        alone, aside = Path(temporary) / "alone", Path(temporary) / "aside"
        alone.mkdir()
        aside.mkdir()
        for name in names:
            shutil.move(place / name, alone / name)
            try:
                load(alone)
                shutil.move(alone / name, place / name)
            except FAILED as error:
                failed[name] = _why(error)
                shutil.move(alone / name, aside / name)
        if not failed:
            # It is what they are together, so nothing can be said of one of them.
            failed = dict.fromkeys(names, _why(whole))
            for name in names:
                shutil.move(place / name, aside / name)
        try:
            return load(place), failed
        finally:
            for name in failed:
                shutil.move(aside / name, place / name)


def _why(error: Exception) -> str:
    if isinstance(error, ContractError):
        return f"a run stops here: {error}"
    # What DuckDB says quotes what it has read.
    return (
        f"a run stops here, as DuckDB fails on what it holds ({type(error).__name__}): look for "
        "names of columns with quotes or dots in them and for files that a program has broken, or "
        "take the folder out of the landing folder"
    )
