import shutil
from datetime import UTC, date, datetime

import duckdb
import pytest

from data.demo.shapes.simulation import simulate_exports
from data.demo.shapes.writing import TOLD, write_exports
from data.demo.simulation import simulate
from orchestration.adapters.adapt import land
from orchestration.adapters.our_contract import landing_tables
from tests.cases.built import build
from tests.demo.exports import KEYS, differing, differing_public, listed

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
PUBLIC = "## Public tables in which the two companies differ"
HEADING = "## What the exports of the demonstration company do not carry"


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    """Return a connection to both companies, and what was said of the exports."""
    folder = tmp_path_factory.mktemp("exports")
    simulate("tiny", 7, date(2026, 10, 31), folder / "native", folder / "truth")
    tables = [table for table in landing_tables() if table.folder in TOLD]
    keys = [table for table in landing_tables() if table.folder == "crm/account_keys"]
    said = []
    for name, wanted in (("native", tables), ("exports", [*tables, *keys])):
        with duckdb.connect(str(folder / f"{name}.duckdb")) as connection:
            connection.execute("set timezone = 'UTC'")
            land(connection, wanted, folder / name, MOMENT, said.append, landing_tables())
        if name == "native":
            said.clear()
            shutil.copytree(folder / "native", folder / "again")
            write_exports(folder / "native", folder / "exports")
    with duckdb.connect() as connection:
        for name in ("native", "exports"):
            connection.execute(f"attach '{folder / name}.duckdb' as {name} (read_only)")
        # By key, else by the domain, as the warehouse does it.
        connection.execute(
            "create table account_names as select distinct keys.foreign_key, "
            "coalesce(keys.account_id, accounts.account_id) as account_id "
            "from exports.raw.crm_account_keys as keys left join exports.raw.crm_accounts "
            "as accounts on accounts.domain = keys.domain"
        )
        yield connection, said, folder


def test_every_export_is_recognised_and_no_line_of_it_is_refused(landed):
    connection, said, _ = landed
    for export in ("hubspot/fivetran", "segment/warehouse", "stripe/fivetran", "zendesk/fivetran"):
        assert any(f"({export})" in text for text in said), said
    assert not [text for text in said if "Not read" in text]
    refused = connection.execute("select file, reason from exports.raw.quarantine").fetchall()
    assert refused == []


@pytest.mark.parametrize("table", KEYS)
def test_a_table_told_by_exports_is_that_of_the_native_files_but_for_what_the_page_lists(
    landed, table
):
    connection, _, _ = landed
    assert {*differing(connection, table)} == listed(HEADING).get(table, set())


def test_the_comparison_sees_a_value_that_changed(landed):
    _, _, folder = landed
    with duckdb.connect() as connection:
        for name in ("native", "exports"):
            connection.execute(f"attach '{folder / name}.duckdb' as file (read_only)")
            connection.execute(f"attach ':memory:' as {name}; create schema {name}.raw")
            connection.execute(f"create table {name}.raw.crm_users as from file.raw.crm_users")
            connection.execute("detach file")
        assert {*differing(connection, "crm/users")} == set()
        connection.execute("update exports.raw.crm_users set role = 'x' where _line % 7 = 0")
        connection.execute("delete from exports.raw.crm_users where user_id like '%3'")
        assert {*differing(connection, "crm/users")} == {"role", "rows"}


def test_what_no_export_tells_stays_a_file_of_our_own(landed):
    _, _, folder = landed
    left = {f"{path.parent.name}/{path.name}" for path in (folder / "exports").glob("*/*")}
    assert {"catalogue/plans", "surveys/responses", "billing/fx_rates"} <= left
    assert not left & {*TOLD}


def test_the_exports_are_the_same_bytes_each_time(landed, tmp_path):
    _, _, folder = landed
    write_exports(folder / "again", tmp_path / "exports")
    for system in ("stripe", "hubspot", "zendesk", "segment"):
        for path in (folder / "exports" / system).iterdir():
            assert (tmp_path / "exports" / system / path.name).read_bytes() == path.read_bytes()


@pytest.mark.exhaustive
def test_the_public_tables_differ_in_what_the_page_lists_and_in_nothing_else(tmp_path):
    day = date(2026, 10, 31)
    simulate("tiny", 7, day, tmp_path / "native", tmp_path / "truth")
    simulate_exports("tiny", 7, day, tmp_path / "exports", tmp_path / "truth")
    with duckdb.connect() as connection:
        for name in ("native", "exports"):
            settings = build(
                tmp_path / f"built_{name}", tmp_path / name, ["path:models/marts"], as_of=day
            )
            connection.execute(f"attach '{settings.warehouse}' as {name} (read_only)")
        assert differing_public(connection) == listed(PUBLIC)
