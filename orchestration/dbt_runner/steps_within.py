"""Puts the steps of a model, which are models of their own, in front of it without dbt's parser.

dbt takes the text of each model apart to find where its ``with`` stands, which is a sixth of what a
build costs beside the engine's work. Our models begin with it; of any other text dbt's own way is
taken. What is not here: which steps those are and in what order, which dbt says.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from orchestration.private_interfaces.of_dbt import InjectedCTE, compilation

COMMENTS = r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*"
BEGINNING = re.compile(
    rf"\A{COMMENTS}(?:(?P<with>with\s+(?:recursive\s+)?)|(?=select\b))", re.DOTALL | re.IGNORECASE
)
dbts_own = compilation.inject_ctes_into_sql


def with_steps(sql: str, steps: Sequence[InjectedCTE]) -> str:
    """Return the text of a model with its steps in front.

    Args:
        sql: the compiled text of the model.
        steps: each ``<name> as (<text>)``, in the order in which they read each other.

    """
    if not steps:
        return sql
    if (beginning := BEGINNING.match(sql)) is None:
        return dbts_own(sql, list(steps))
    texts = ", ".join(step.sql for step in steps)
    if beginning["with"]:
        return f"{beginning[0]}{texts}, {sql[beginning.end() :]}"
    return f"with {texts} {sql}"


@contextmanager
def steps_put_in_front() -> Iterator[None]:
    """Have dbt put steps in front of models by ``with_steps``."""
    compilation.inject_ctes_into_sql = with_steps
    try:
        yield
    finally:
        compilation.inject_ctes_into_sql = dbts_own
