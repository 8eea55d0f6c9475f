"""Every command says in one line what is wrong with what it needs: warehouse or publication."""

import json
import subprocess
import sys
from contextlib import contextmanager

import duckdb
import pytest

from orchestration.commands import erase, freeze, model, notify, propose, push, rehearse, train
from orchestration.commands import weights as review
from orchestration.publication.opening import UnreadablePublication, opened_publication
from orchestration.publication.places import DATABASE, LISTING, NAMES
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import STEPS, pass_step
from tests.conftest import settings_in
from tests.orchestration.test_diagnosis import HOLDING

NEED_A_WAREHOUSE = {
    "notify": (notify, []),
    "push": (push, []),
    "freeze": (freeze, []),
    "train": (train, []),
    "erase": (erase, []),
    "model": (model, ["dim_metrics"]),
}
NEED_A_PUBLICATION = {
    "notify": (notify, []),
    "push": (push, []),
    "rehearse": (rehearse, ["account_at_risk"]),
    "propose": (propose, []),
    "weights": (review, []),
}
LISTED = {"run_id": "a", "as_of": "2026-10-31", "tables": {"marts.fct_alert_outbox": {}}}


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Return settings of a warehouse whose gates have passed and of an empty publication."""
    settings = settings_in(tmp_path / "it's kept", tmp_path / "landing")
    settings.landing.mkdir()
    with Warehouse.of(settings).writing() as connection:
        for step in STEPS:
            pass_step(connection, step)
    folder = settings.published / "publications/000001"
    folder.mkdir(parents=True)
    (settings.published / "current").symlink_to("publications/000001")
    for name in NAMES:
        (settings.published / name).symlink_to(f"current/{name}")
    (folder / LISTING).write_text(json.dumps(LISTED))
    duckdb.connect(str(folder / DATABASE)).close()
    monkeypatch.setattr(Settings, "from_environment", lambda: settings)
    return settings


@contextmanager
def held(path):
    """Have another process hold a database."""
    command = [sys.executable, "-c", HOLDING, str(path)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "1\n"
    try:
        yield
    finally:
        holder.communicate("\n")


def said(commands: dict, capsys) -> dict[str, str]:
    """Run commands that cannot do their work; return the one line that each says."""
    lines = {}
    for name, (command, arguments) in commands.items():
        assert command.main(arguments) == 1, name
        lines[name] = capsys.readouterr().err
        assert lines[name].count("\n") == 1, name
    return lines


@pytest.mark.parametrize("content", [b"", b"garbage" * 3000])
def test_a_damaged_warehouse(settings, capsys, content):
    settings.warehouse.write_bytes(content)
    for line in said(NEED_A_WAREHOUSE, capsys).values():
        assert line.startswith(f"{settings.warehouse} is damaged: ")
        assert "make rebuild" in line
    assert settings.warehouse.read_bytes() == content


def test_a_held_warehouse(settings, capsys):
    with held(settings.warehouse):
        for line in said(NEED_A_WAREHOUSE, capsys).values():
            assert line.startswith(f"{settings.warehouse} is held by another process")


def test_a_warehouse_that_is_not_there_is_not_made(settings, capsys):
    settings.warehouse.unlink()
    # An erasure lands what has landed, so it makes one.
    others = {name: one for name, one in NEED_A_WAREHOUSE.items() if name != "erase"}
    for name, line in said(others, capsys).items():
        assert str(settings.warehouse) in line, name
        assert "un make run" in line, name
    assert not settings.warehouse.exists()


@pytest.mark.parametrize("content", [b"", b"garbage" * 3000])
def test_a_damaged_publication(settings, capsys, content):
    (settings.published / DATABASE).write_bytes(content)
    for line in said(NEED_A_PUBLICATION, capsys).values():
        assert "customer_health.duckdb is damaged: " in line
        assert "make run, which publishes it anew" in line
        assert "make rebuild" not in line


def test_a_held_publication(settings, capsys):
    with held((settings.published / DATABASE).resolve()):
        for line in said(NEED_A_PUBLICATION, capsys).values():
            assert "customer_health.duckdb is held by another process" in line


def test_a_publication_of_another_version(settings, capsys):
    # A rehearsal finds it only where dbt has compiled, in seconds.
    others = {name: one for name, one in NEED_A_PUBLICATION.items() if name != "rehearse"}
    for line in said(others, capsys).values():
        assert "by another version of this project" in line or "holds no outcomes" in line


@pytest.mark.parametrize("listing", ["", "{", "{}", json.dumps({**LISTED, "as_of": "soon"}), None])
def test_a_torn_listing_is_no_missing_publication(settings, capsys, listing):
    (settings.published / LISTING).resolve().unlink()
    if listing is not None:
        (settings.published / LISTING).resolve().write_text(listing)
    read_it = {name: NEED_A_PUBLICATION[name] for name in ("notify", "push", "rehearse")}
    for line in said(read_it, capsys).values():
        assert "manifest.json is missing or damaged" in line
        assert "holds no publication" not in line


def test_a_publication_that_is_not_there(settings, capsys):
    (settings.published / "current").unlink()
    read_it = {name: NEED_A_PUBLICATION[name] for name in ("notify", "push", "rehearse")}
    for line in said(read_it, capsys).values():
        assert line.startswith(f"{settings.published} holds no publication.")


def test_damage_that_shows_while_it_is_read(tmp_path):
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table a as select md5(range::varchar) as text from range(90000)")
    path.write_bytes(path.read_bytes()[:-600_000])
    query = "select bit_xor(hash(text)) from a"
    with pytest.raises(Exception, match="is damaged: "), opened_publication(a=path) as connection:
        connection.execute(query).fetchall()
    with pytest.raises(UnreadablePublication, match="not there"), opened_publication(a=tmp_path):
        pass
