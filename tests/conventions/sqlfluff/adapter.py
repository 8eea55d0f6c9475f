"""What sqlfluff is told of dbt's adapter: an engine macro stands for some expression.

Only the linter loads this, through ``library_path``; dbt itself never does.
"""

from collections.abc import Callable


def dispatch(name: str) -> Callable[..., str]:
    """Return a macro that writes an expression named for the engine macro."""
    return lambda *_: f"{name}_of_the_engine(0)"
