"""Whether the key of the pseudonyms is one of the operator's own, and stays one.

A key is a setting, and settings get lost: a run without them would give every person the pseudonym
that the demonstration's key makes, which everybody has, and publish it. So the warehouse notes that
it had a key of its own, and nothing of the key. What is not here: where the key comes from.
"""

from datetime import datetime

import duckdb

from orchestration.landing.errors import LandingError
from orchestration.settings.pseudonym_key import DEMONSTRATION_KEY


def require_own_key(connection: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Note that the session has a key of the operator's own; make sure of it where one had it.

    A session without any key makes no pseudonyms, so nothing is asked of it.

    Raises:
        LandingError: the session has the demonstration's key, and one before had another.
    """
    (is_own,) = connection.execute(
        "select getvariable('pseudonym_key') <> ?", [DEMONSTRATION_KEY]
    ).fetchone()
    (since,) = connection.execute("select min(noted_at) from raw.own_key").fetchone()
    if is_own and since is None:
        connection.execute("insert into raw.own_key values (?)", [moment])
    if is_own is False and since is not None:
        raise LandingError(
            f"PSEUDONYM_KEY_FILE is not set, and this warehouse has had a key of its own since "
            f"{since:%Y-%m-%d}. With the demonstration's key, which everybody has, anybody could "
            "tell whose a pseudonym is, so nothing was landed, and what is published stays. Set "
            "it as it was (is .env still there?) and run again. Where nobody real is in it, move "
            "the warehouse file away to begin anew without a key."
        )
