"""Ten persons in all texts of a whole company: built, erased, and looked for in every byte.

Everything a run writes is searched: the warehouse and the publication by cell, all files by byte,
packed ones unpacked, logs and Dagster's home among them. It builds a company twice, so it is asked
for by ``ERASE_EVERYWHERE=1``.
"""

import gzip
import json
import os
import re
import shutil
from pathlib import Path

import pyarrow.parquet
import pytest

from orchestration.commands.erase import erase_and_publish
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.publication.places import current_of, database_of, page_database_of
from orchestration.settings.environment import Settings
from tests.conftest import run_job, settings_in
from tests.orchestration.marks import cells_with, holds_any
from tests.orchestration.test_erase_planted import ADDRESSES, DAY, MARKS, NUMBERS, rows

pytestmark = pytest.mark.skipif(
    "ERASE_EVERYWHERE" not in os.environ, reason="builds for minutes: set ERASE_EVERYWHERE=1"
)
# A rule of such a list that is broken stops a run, as it should.
NOT_PLANTED = ("catalogue", "privacy")


def plant(settings: Settings) -> None:
    """Land ten persons in every text column of every table, in names of files and of columns."""
    for number, table in enumerate(declared_tables(prepare_manifest(settings))):
        if table.system in NOT_PLANTED:
            continue
        place = settings.landing / table.folder
        place.mkdir(parents=True, exist_ok=True)
        lines = [*map(json.dumps, rows(table)), f"no json of {ADDRESSES[number % 10]}", ""]
        name = f"zz-{NUMBERS[number % 10]}-{ADDRESSES[number % 10]}"
        packed = gzip.compress("\n".join(lines).encode())
        (place / f"{name}.jsonl.gz").write_bytes(packed)
    events = settings.landing / "product/events"
    (events / f"zz headerless {NUMBERS[1]}.csv").write_text(
        f"junk {NUMBERS[0]} {ADDRESSES[0]}\nx\n"
    )
    (events / f"{ADDRESSES[2]}.xyz").write_text(ADDRESSES[3])


def ask(settings: Settings) -> None:
    """Land a request of each of them."""
    asked = [
        {"request_id": f"r-{n}", "user_id": name, "requested_at": DAY, "due_at": DAY}
        for n, name in enumerate(NUMBERS)
    ]
    place = settings.landing / "privacy/erasure_requests/zz-asked.jsonl"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n".join(map(json.dumps, asked)))


def texts_of(path: Path) -> bytes:
    """Return the bytes of a file, and what it holds where that is packed."""
    content = path.read_bytes()
    if path.suffix == ".parquet":
        table = pyarrow.parquet.read_table(path)
        content += str(table.schema).encode()
        for column in table.columns:
            if pyarrow.types.is_string(column.type):
                content += "\n".join(map(str, column.unique().to_pylist())).encode()
    if path.suffix == ".gz":
        content += gzip.decompress(content)
    return content.lower()


def held_below(folder: Path) -> list[str]:
    """Return the files below a folder that hold a mark, in their bytes, cells or names."""
    found = []
    for path in sorted(folder.rglob("*")):
        if holds_any(path.name.lower().encode(), MARKS):
            found.append(str(path))
        elif path.suffix == ".duckdb" and path.is_file():
            found += [f"{path}: {cell}" for cell in cells_with(path, MARKS)]
        if path.is_file() and holds_any(texts_of(path), MARKS):
            found.append(str(path))
    return found


@pytest.fixture(scope="module")
def planted(tiny_company, tmp_path_factory):
    """Return the settings, what the run before the erasure said, and what held them then."""
    folder = tmp_path_factory.mktemp("planted")
    settings = settings_in(folder / "kept", folder / "landing")
    shutil.copytree(tiny_company.landing, settings.landing)
    plant(settings)
    built = run_job(settings)
    assert built.exit_code == 0, "\n".join(built.lines)
    return settings, "\n".join(built.lines), held_below(folder / "kept")


def test_a_run_names_files_and_nobody_in_them(planted):
    settings, said, held = planted
    assert any("raw.crm_users.email" in place for place in held)
    for path in settings.landing.rglob("*"):
        said = said.replace(path.name, "a file")
    assert not holds_any(said.lower().encode(), MARKS)


def test_after_an_erasure_no_byte_of_any_file_names_them(planted, capfd):
    settings, _, _ = planted
    before = current_of(settings.published)
    ask(settings)
    assert erase_and_publish(settings) == 0
    said = capfd.readouterr().out
    # Persons of the company itself had asked, too.
    assert int(re.search(r"Erased persons: (\d+)", said)[1]) >= len(NUMBERS)
    assert held_below(settings.warehouse.parent.parent) == []
    assert cells_with(database_of(settings), MARKS) == []
    assert cells_with(page_database_of(settings), MARKS) == []
    assert not before.exists()
    for path in settings.landing.rglob("zz*"):
        assert path.name in said or path.name == "zz-asked.jsonl"
