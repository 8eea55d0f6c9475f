"""A company with two small source tables, a landing folder, and a warehouse to load into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.landing.contract import Column, RefusalRule, SourceTable
from orchestration.landing.load import land
from orchestration.landing.transactions import TableLoad
from orchestration.warehouse.connection import Warehouse

ORDERS = SourceTable(
    system="shop",
    name="orders",
    identifier="shop_orders",
    required=True,
    columns=(
        Column("id", "varchar", required=True),
        Column("placed_at", "timestamp", required=True),
        Column("amount", "double"),
        Column("seats", "integer"),
        Column("is_open", "boolean"),
        Column("day", "date"),
        Column("seen_at", "timestamp"),
        Column("properties", "json"),
        Column("note", "varchar", personal=True),
    ),
    refuse_when=(RefusalRule("amount is negative", "amount < 0"),),
    identity=("id",),
    seed="orders",
)
PLANS = SourceTable(
    system="shop",
    name="plans",
    identifier="shop_plans",
    columns=(Column("plan", "varchar", required=True), Column("price", "bigint")),
    identity=("plan",),
)
LOADED_AT = datetime(2026, 11, 1, 6, 0)


@dataclass
class Company:
    """A landing folder and a warehouse."""

    landing: Path
    warehouse: Warehouse
    reported: list[str] = field(default_factory=list)

    def put(self, name: str, content: bytes | str, folder: str = "shop/orders") -> Path:
        """Write a landing file."""
        path = self.landing / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def land(
        self, tables: Sequence[SourceTable] = (ORDERS, PLANS), **options: Any
    ) -> dict[str, TableLoad]:
        """Load what has landed; return what was done by table."""
        with self.warehouse.writing() as connection:
            done = land(
                connection, tables, self.landing, LOADED_AT, self.reported.append, **options
            )
        return {load.table: load for load in done}

    def rows(self, query: str) -> list[tuple]:
        """Ask the warehouse."""
        with self.warehouse.reading() as connection:
            return connection.execute(query).fetchall()

    def value(self, column: str) -> Any:
        """Return a column of the only loaded order."""
        [(value,)] = self.rows(f"select {column} from raw.shop_orders")
        return value

    def ids(self) -> list[str]:
        """Return the identifiers of all loaded orders, sorted."""
        return [row[0] for row in self.rows("select id from raw.shop_orders order by 1")]

    def refused_lines(self) -> list[tuple]:
        """Return line number and reason of every quarantined line."""
        return self.rows(
            "select line_number, reason from raw.quarantine where line_number is not null "
            "order by file, line_number"
        )

    def refusals(self) -> list[str]:
        """Return the reasons for which files were refused."""
        return [
            row[0]
            for row in self.rows(
                "select refusal from raw.loads where refusal is not null order by file"
            )
        ]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    landing = tmp_path / "landing"
    landing.mkdir()
    return Company(landing, Warehouse(tmp_path / "warehouse.duckdb"))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


@pytest.fixture
def orders() -> SourceTable:
    return ORDERS


@pytest.fixture
def plans() -> SourceTable:
    return PLANS
