"""Rows of Python are read under a name, whatever the connection was asked before."""

import duckdb
import pyarrow
import pytest

from orchestration.landing.registered import registered


def test_an_answer_that_was_not_read_to_its_end_is_in_nobodys_way():
    with duckdb.connect() as connection:
        assert connection.execute("from range(2)").fetchone() == (0,)
        with registered(connection, "lines", pyarrow.table({"line": [7]})):
            assert connection.execute("from lines").fetchall() == [(7,)]
        with pytest.raises(duckdb.CatalogException):
            connection.execute("from lines")
