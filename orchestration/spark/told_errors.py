"""Has dbt say what Spark said in one line, and of data without the data.

Spark adds its plan and Java's stack to every message, and pyspark writes both to the terminal. What
is not here: what of a message about data is left out, which ``warehouse.untold_values`` decides.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from orchestration.private_interfaces.of_dbt import DbtRuntimeError
from orchestration.warehouse.untold_values import QUOTED

# Errors of these kinds are about the statement, and quote nothing else.
ABOUT_STATEMENTS = ("AnalysisException", "ParseException")
LOGGER = "SQLQueryContextLogger"


def in_one_line(error: BaseException) -> str:
    """Return what an error of Spark says first, without values of rows.

    The adapter looks there for the kind of the error, as ``[SCHEMA_NOT_FOUND]``.
    """
    if isinstance(error, DbtRuntimeError) and error.__cause__ is not None:
        # dbt's text of an error begins with a line of its own.
        error = error.__cause__
    said = str(error).strip() or type(error).__name__
    # What Java did not expect stands in the second line, as ": java.lang.OutOfMemoryError: …".
    first, *others = said.splitlines()
    if first.startswith("An error occurred while calling") and others:
        first = others[0].removeprefix(":").strip()
    first = first.rstrip(";")
    return first if type(error).__name__ in ABOUT_STATEMENTS else QUOTED.sub("…", first)


@contextmanager
def errors_told_in_one_line() -> Iterator[None]:
    """Have what dbt asks of Spark fail with one line."""
    from orchestration.private_interfaces.of_dbt_spark import Cursor

    before = Cursor.execute, Cursor.fetchall
    logger = logging.getLogger(LOGGER)
    was_disabled, logger.disabled = logger.disabled, True
    Cursor.execute, Cursor.fetchall = (_telling(method) for method in before)
    try:
        yield
    finally:
        Cursor.execute, Cursor.fetchall = before
        logger.disabled = was_disabled


def _telling(method: Any) -> Any:
    @wraps(method)
    def told(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except Exception as error:
            raise DbtRuntimeError(in_one_line(error)) from None

    return told
