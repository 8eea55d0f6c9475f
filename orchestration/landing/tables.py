"""The tables of the raw schema: one per source table, and the books of the loads.

A new contract column is added to a table that is there already; a changed type is not
guessed at. What is not here: what is written into them.
"""

from collections.abc import Collection, Mapping

import duckdb

from orchestration.books import KEPT_BOOKS
from orchestration.landing.contract import SourceTable
from orchestration.landing.deletions import deletions, is_deleted
from orchestration.landing.errors import ContractError
from orchestration.landing.sql_texts import quoted

LINEAGE = {
    "_load_id": "varchar",
    "_file": "varchar",
    "_line": "bigint",
    "_loaded_at": "timestamp",
    "_extra": "json",
    "_is_deleted": "boolean",
}
BOOKS = {
    "loads": {
        "load_id": "varchar",
        "system": "varchar",
        "table_name": "varchar",
        "file": "varchar",
        "file_sha256": "varchar",
        "lines_read": "bigint",
        "rows_loaded": "bigint",
        "rows_quarantined": "bigint",
        "loaded_at": "timestamp",
        "refusal": "varchar",
    },
    # Rows that a file had said before its content changed, with the time of their first load.
    "rows_said_before": {
        "load_id": "varchar",
        "known_since": "timestamp",
        "row_count": "bigint",
    },
    "quarantine": {
        "load_id": "varchar",
        "system": "varchar",
        "table_name": "varchar",
        "file": "varchar",
        "line_number": "bigint",
        "reason": "varchar",
        "line": "varchar",
    },
    "load_warnings": {
        "load_id": "varchar",
        "system": "varchar",
        "table_name": "varchar",
        "column_name": "varchar",
        "warning": "varchar",
        "row_count": "bigint",
    },
    # What the last landing did not read, in its own words.
    "not_read": {"said": "varchar", "seen_at": "timestamp"},
    "replays": {
        "system": "varchar",
        "table_name": "varchar",
        "file": "varchar",
        "file_sha256": "varchar",
        "first_load_id": "varchar",
        "lines": "bigint",
        "seen_at": "timestamp",
    },
    "replacements": {
        "system": "varchar",
        "table_name": "varchar",
        "file": "varchar",
        "replaced_load_id": "varchar",
        "replaced_sha256": "varchar",
        "rows_deleted": "bigint",
        "replaced_at": "timestamp",
        "rows_gone": "bigint",
        "known_since": "timestamp",
    },
    # Which landing files were made of vendors' files, and from what; ``adapters`` writes it.
    "adapted_files": {
        "system": "varchar",
        "table_name": "varchar",
        "file": "varchar",
        "adapter": "varchar",
        "cause": "varchar",
        "adapted_sha256": "varchar",
        "vendor_lines": "bigint",
        "row_count": "bigint",
        "read_tables": "varchar[]",
    },
    # What the models were last built from; ``build_state`` the module writes them.
    "built_loads": {"load_id": "varchar"},
    "last_build": {"as_of_date": "date", "cause": "varchar"},
    # Which run published last, and the first day built since then; ``publication.publish`` and
    # ``build_state`` write it.
    "last_publication": {"run_id": "varchar", "unpublished_from": "date"},
    # Landing files whose names named somebody who is erased, by the hash of the name, and what they
    # are called since then; an erasure writes it.
    "hidden_names": {"name_sha256": "varchar", "shown_as": "varchar"},
    **KEPT_BOOKS,
}


def ensure_tables(connection: duckdb.DuckDBPyConnection, tables: Collection[SourceTable]) -> None:
    """Create the raw schema, its books and the raw table of every source, empty if new.

    Raises:
        ContractError: a column changed its type, or a refusal rule or what remains of an erased
            value is no valid SQL.

    """
    ensure_books(connection)
    # Where versions before kept the key, which now stands in no table.
    connection.execute("drop table if exists raw.pseudonym_key")
    present = _present(connection)
    wanted = {
        table.identifier: {column.name: column.data_type for column in table.columns}
        for table in tables
    }
    _create_all(
        connection,
        {name: {**wanted[name], **LINEAGE} for name in wanted if name not in present},
    )
    for table in tables:
        if table.identifier in present:
            _extend(connection, table, wanted[table.identifier], present[table.identifier])
            _tell_deleted(connection, table, present[table.identifier])
        _check_rules(connection, table)


def ensure_books(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the raw schema and its books, empty if new; one that is older gets new columns."""
    connection.execute("create schema if not exists raw")
    present = _present(connection)
    _create_all(connection, {name: BOOKS[name] for name in BOOKS if name not in present})
    for name, columns in BOOKS.items():
        for column, kind in columns.items():
            if column not in present.get(name, columns):
                connection.execute(
                    f"alter table raw.{quoted(name)} add column {quoted(column)} {kind}"
                )


def _create_all(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Mapping[str, str]]
) -> None:
    if not tables:
        return
    # In one transaction, as each waits for the disk.
    connection.execute("begin")
    for name, columns in tables.items():
        described = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        connection.execute(f"create table raw.{quoted(name)} ({described})")
    connection.execute("commit")


def _present(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    rows = connection.execute(
        "select table_name, column_name, lower(data_type) from duckdb_columns() "
        "where database_name = current_database() and schema_name = 'raw'"
    ).fetchall()
    present: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        present.setdefault(table, {})[column] = kind
    return present


def _extend(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    wanted: dict[str, str],
    present: dict[str, str],
) -> None:
    for name, data_type in wanted.items():
        if name not in present:
            connection.execute(
                f"alter table raw.{quoted(table.identifier)} add column {quoted(name)} {data_type}"
            )
        elif present[name] != data_type:
            raise ContractError(
                f"Column {name} of raw.{table.identifier} is {present[name]} in the warehouse "
                f"and {data_type} in the contract of {table.folder}. A loaded column keeps its "
                "type: give the new one another name, or delete the warehouse file and run "
                "again to load every landing file afresh."
            )


def _tell_deleted(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, present: dict[str, str]
) -> None:
    if "_is_deleted" in present:
        return
    # Loaded before the loader read these columns, so what they say stands among the unknown ones.
    name = f"raw.{quoted(table.identifier)}"
    connection.execute(f"alter table {name} add column _is_deleted boolean default false")
    connection.execute(
        f"update {name} set _is_deleted = true where {is_deleted(deletions('_extra'))}"
    )
    connection.execute(f"alter table {name} alter column _is_deleted drop default")


def _check_rules(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    for rule in table.refuse_when:
        try:
            connection.execute(
                f"select 1 from raw.{quoted(table.identifier)} where {rule.condition} limit 0"
            )
        except duckdb.Error as error:
            raise ContractError(
                f"The contract of {table.folder} refuses lines when {rule.condition!r}, which "
                f"is no valid SQL over its columns: {error}"
            ) from error
    for column in table.columns:
        if column.remains is None:
            continue
        try:
            connection.execute(
                f"select cast({column.remains} as {column.data_type}) "
                f"from raw.{quoted(table.identifier)} limit 0"
            )
        except duckdb.Error as error:
            raise ContractError(
                f"The contract of {table.folder} lets {column.remains!r} remain of column "
                f"{column.name} when a person is erased, which is no valid SQL over its columns: "
                f"{error}"
            ) from error
