import duckdb
import pytest

from orchestration.adapters.definition import LINEAGE, PROBLEM
from orchestration.adapters.folders import look_at
from orchestration.adapters.golden import expected, goldens_of, landed
from orchestration.adapters.known import known_adapters
from orchestration.adapters.macros import macros
from orchestration.adapters.our_contract import landing_tables
from orchestration.adapters.recognition import recognise

pytestmark = pytest.mark.slow

ADAPTERS = known_adapters()
TABLES = landing_tables()
GOLDENS = [golden for adapter in ADAPTERS for golden in goldens_of(adapter.folder)]


def named(golden):
    """Return what adapter a golden export is of, and which dress it has."""
    return "/".join(golden.parts[-3:])


@pytest.mark.parametrize("golden", GOLDENS, ids=named)
def test_the_golden_export_gives_the_rows_expected_of_it(golden):
    rows, quarantine = landed(golden / "in", TABLES)
    expected_rows, expected_quarantine = expected(golden)
    assert expected_rows, "write golden/out with python -m orchestration.adapters.golden"
    assert {**rows} == expected_rows
    assert quarantine == expected_quarantine


@pytest.mark.parametrize("golden", GOLDENS, ids=named)
def test_the_golden_export_is_recognised_by_its_columns_whatever_its_folder_is_called(golden):
    (folder,) = (path.name for path in (golden / "in").iterdir())
    recognition = recognise(look_at(golden / "in", folder))
    assert recognition.problem is None
    assert recognition.adapter.folder == golden.parent
    assert not recognition.missed


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_an_adapter_writes_tables_and_columns_of_the_contract(adapter):
    contract = {table.folder: table for table in TABLES}
    with duckdb.connect() as connection:
        connection.execute(macros())
        for table in adapter.tables.values():
            names = "".join(f', "{name}" varchar' for name in table.columns)
            connection.execute(
                f'create temp table "{table.name}" (landed_file integer, landed_line bigint, '
                f"is_deleted boolean{names})"
            )
        for write in adapter.writes:
            assert write.landing_table in contract, write.sql
            made = [row[0] for row in connection.execute(f"describe {write.text}").fetchall()]
            assert {"landed_file", "landed_line"} <= set(made)
            known = {*contract[write.landing_table].column_names, *LINEAGE, *PROBLEM}
            strangers = set(made) - known
            assert not strangers, f"{write.sql.name}: no column of {write.landing_table}"


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_every_table_of_an_adapter_is_read_and_every_landing_table_is_in_its_golden_rows(adapter):
    read = {name for write in adapter.writes for name in write.reads}
    assert read == set(adapter.tables)
    rows, _ = expected(adapter.folder / "golden")
    assert {write.landing_table for write in adapter.writes} == set(rows)
