"""A small copy of a landing folder: the beginning of some files of every table, names as they are.

Names and line numbers are those of the whole files, so what is said of the copy holds of them.
What is not here: what the files say.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow
from pyarrow import parquet

from orchestration.adapters.folders import OWN_NAMES, OWN_OF_CONNECTORS
from orchestration.landing.blocks import read_blocks
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import ABOUT_THE_CONTENT, Refusal, unreadable
from orchestration.landing.files import LandingFile, described_below

FILES_OF_A_TABLE = 6
BYTES_OF_A_TABLE = 384 * 1024
# Whom all others are matched with is read whole, if that takes no time.
BYTES_OF_NAMES = 16 * 1024 * 1024
NAMES = ("crm/accounts", "crm/account_keys", "catalogue/")
PARQUET_ROWS = 2000


@dataclass
class Sample:
    """What was copied.

    Attributes:
        place: folder of the copy.
        files: number of files that lie there, by table folder.
        bytes: of all files of a table, by table folder.
        copied: the files that were copied, by table folder, at their places in the copy.
        in_part: names of the files of which the beginning only was copied.
        refused: why a file cannot be read, by its name.

    """

    place: Path
    files: dict[str, int] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    copied: dict[str, list[LandingFile]] = field(default_factory=dict)
    in_part: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def take_sample(
    landing: Path,
    tables: Iterable[SourceTable],
    place: Path,
    bytes_of_a_table: int = BYTES_OF_A_TABLE,
) -> Sample:
    """Copy the beginnings of what lies in a landing folder; nothing is written into it."""
    sample, systems = Sample(place), {table.system for table in tables}
    for folder in _visible(landing):
        if folder.is_symlink() or not folder.is_dir():
            continue
        (place / folder.name).mkdir()
        below: dict[str, list[LandingFile]] = {}
        for file in described_below(landing, folder.name):
            below.setdefault(_table_folder(file.name, folder.name in systems), []).append(file)
        for name, files in below.items():
            _copy_table(sample, name, files, bytes_of_a_table)
    return sample


def _table_folder(name: str, is_ours: bool) -> str:
    parts = name.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 or is_ours else f"{parts[0]}/{_stem(parts[-1])}"


def _stem(name: str) -> str:
    return name.split(".")[0] or name


def _copy_table(
    sample: Sample, name: str, files: Sequence[LandingFile], bytes_of_a_table: int
) -> None:
    sizes = {file.name: _size(file.path) for file in files}
    sample.files[name], sample.bytes[name] = len(files), sum(sizes.values())
    is_own = name.split("/")[-1].startswith(OWN_OF_CONNECTORS)
    chosen = list(files) if is_own else _spread(files)
    whole = is_own or name.startswith(NAMES)
    budget = (BYTES_OF_NAMES if whole else bytes_of_a_table) // len(chosen)
    for file in chosen:
        path = sample.place / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if file.refusal and (file.format or file.path.name not in OWN_NAMES):
                sample.refused[file.name] = file.refusal
                continue
            in_part = _copy(file, path, sizes[file.name], budget)
        except Refusal as refusal:
            sample.refused[file.name] = str(refusal)
            continue
        except OSError as error:
            sample.refused[file.name] = unreadable(error)
            continue
        except ABOUT_THE_CONTENT as error:
            sample.refused[file.name] = f"damaged: {type(error).__name__}"
            continue
        if in_part:
            sample.in_part.add(file.name)
        sample.copied.setdefault(name, []).append(replace(file, path=path))


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        # Whoever reads it says why.
        return 0


def _spread(files: Sequence[LandingFile]) -> list[LandingFile]:
    if len(files) <= FILES_OF_A_TABLE:
        return list(files)
    step = (len(files) - 1) / (FILES_OF_A_TABLE - 1)
    return [files[round(number * step)] for number in range(FILES_OF_A_TABLE)]


def _copy(file: LandingFile, path: Path, size: int, budget: int) -> bool:
    """Copy a file or its beginning; tell whether it is the beginning only."""
    if not size:
        raise Refusal("empty file: 0 bytes")
    if file.format == "parquet":
        return _copy_parquet(file, path, size, budget)
    if not file.format or (size <= budget and file.compression == "none"):
        shutil.copyfile(file.path, path)
        return False
    block = next(read_blocks(file), None)
    if block is None:
        return False
    ends = [end for end in block.ends.tolist() if end <= budget] or block.ends[:1].tolist()
    if file.format == "csv":
        # A record may hold line breaks in quotes: what is cut must end outside of them.
        while len(ends) > 1 and block.text[: ends[-1]].count(b'"') % 2:
            ends.pop()
    text = block.text[: ends[-1]] if ends else block.text
    if file.compression == "none":
        path.write_bytes(text)
    else:
        with pyarrow.output_stream(str(path), compression=_codec(file)) as packed:
            packed.write(text)
    return len(text) < len(block.text) or size > len(block.text)


def _codec(file: LandingFile) -> str:
    return "gzip" if file.compression == "gzip" else "zstd"


def _copy_parquet(file: LandingFile, path: Path, size: int, budget: int) -> bool:
    if size <= budget:
        shutil.copyfile(file.path, path)
        return False
    whole = parquet.ParquetFile(file.path)
    batch = next(whole.iter_batches(PARQUET_ROWS), None)
    table = whole.schema_arrow.empty_table() if batch is None else pyarrow.table(batch)
    parquet.write_table(table, path)
    return table.num_rows < whole.metadata.num_rows


def _visible(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
