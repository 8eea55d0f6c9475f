"""Loads that have not arrived whole: their files wait for the next run, and are named.

dlt writes a line of ``_dlt_loads`` when all files of a load are there, and names each file after
its load. What is not here: files that are still being written, which ``quiet_files`` knows.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from orchestration.adapters.folders import Folder
from orchestration.landing.blocks import read_blocks
from orchestration.landing.errors import Refusal
from orchestration.landing.files import LandingFile, described_below
from orchestration.landing.strangers import names_of

LOADS = "_dlt_loads"
Tables = dict[str, list[LandingFile]]


def complete_files(
    folder: Folder, tables: Mapping[str, Sequence[LandingFile]]
) -> tuple[Tables, list[str]]:
    """Return the files of loads that are complete, and what to say of the others."""
    loads = _complete_loads(folder, tables)
    if loads is None:
        return {name: list(files) for name, files in tables.items()}, []
    whole, waiting = {}, []
    for name, files in tables.items():
        whole[name] = [file for file in files if _load_of(file) in loads]
        waiting += [file.name for file in files if _load_of(file) not in loads]
    if not waiting:
        return whole, []
    return whole, [
        f"Not loaded yet: {names_of(waiting)} waits for the next run, as dlt has not noted in "
        f"{folder.name}/{LOADS} that its load is complete."
    ]


def _complete_loads(folder: Folder, tables: Mapping[str, Sequence[LandingFile]]) -> set[str] | None:
    """Return the complete loads of dlt; None where the folder is none that dlt writes."""
    landing = _landing_of(folder, tables)
    noted = [] if landing is None else described_below(landing, f"{folder.name}/{LOADS}")
    if not noted:
        return None
    loads: set[str] = set()
    for file in noted:
        with suppress(Refusal, OSError):
            for block in read_blocks(file):
                for line in block.text.splitlines():
                    with suppress(ValueError):
                        row = json.loads(line)
                        if isinstance(row, dict) and row.get("status") == 0:
                            loads.add(str(row.get("load_id")))
    return loads


def _landing_of(folder: Folder, tables: Mapping[str, Sequence[LandingFile]]) -> Path | None:
    file = next((files[0] for files in tables.values() if files), None)
    if file is None:
        return None
    above = file.path
    for _ in file.name.split("/"):
        above = above.parent
    return above


def _load_of(file: LandingFile) -> str:
    # <load_id>.<file_id>.jsonl, the load_id being a time with a fraction of a second.
    return ".".join(file.path.name.split(".")[:2])
