"""What the models were last built from, so that the next build touches only what can differ.

``raw.built_loads`` and ``raw.last_build`` are written after every model is built and tested, and
never before: a build that failed is done again from the same point. What is not here: how far
back new rows reach, which the model ``int_rebuild_window`` works out before the others are built.
"""

import hashlib
from datetime import date
from pathlib import Path

import duckdb

from orchestration.dbt_runner.manifest import project_files
from orchestration.settings.parts import DbtSettings
from orchestration.settings.pseudonym_key import read_pseudonym_key
from orchestration.warehouse.connection import Warehouse

# A content that came again in another file is a statement of its own; the macro
# ``load_of_replay`` writes the same.
SAID = (
    "select load_id from raw.loads where refusal is null "
    "union select first_load_id || '@' || file from raw.replays"
)

EVERY_DAY = date.min


def must_be_full(settings: DbtSettings) -> bool:
    """Tell whether days built before can differ in ways that no new row shows.

    They can where the project, the key or a setting has changed, where an earlier day is built,
    and where rows that were built from have been taken back.
    """
    with Warehouse.of(settings).reading() as connection:
        last = connection.execute(
            "select last_build.cause, last_build.as_of_date <= run_parameters.as_of_date "
            "from raw.last_build cross join raw.run_parameters"
        ).fetchone()
        taken_back = connection.execute(
            f"select count(*) from raw.built_loads anti join ({SAID}) using (load_id)"
        ).fetchone()[0]
        return last != (_cause(settings, connection), True) or taken_back > 0


def first_day_to_rebuild(settings: DbtSettings) -> date | None:
    """Return the first day that a later build replaces; None where it must replace every day.

    It is what ``int_rebuild_window`` says, unless that speaks of another day or of other files, or
    was never asked.
    """
    with Warehouse.of(settings).reading() as connection:
        try:
            found = connection.execute(
                "select rebuild_from from intermediate.int_rebuild_window "
                "inner join raw.run_parameters using (as_of_date) where load_count = "
                "(select count(*) from raw.loads where refusal is null) "
                "+ (select count(*) from raw.replays)"
            ).fetchone()
        except duckdb.CatalogException:
            return None
    return found[0] if found else None


def remember_build(settings: DbtSettings, rebuilt_from: date | None) -> None:
    """Note that every model is built from all that has landed, and from when it is not published.

    Args:
        settings: where things are.
        rebuilt_from: first day that was built anew; None for all of them.

    """
    with Warehouse.of(settings).writing() as connection:
        connection.begin()
        connection.execute("delete from raw.built_loads")
        connection.execute(f"insert into raw.built_loads {SAID}")
        connection.execute("delete from raw.last_build")
        connection.execute(
            "insert into raw.last_build select as_of_date, ? from raw.run_parameters",
            [_cause(settings, connection)],
        )
        connection.execute(
            "update raw.last_publication set unpublished_from = least(unpublished_from, ?)",
            [rebuilt_from or EVERY_DAY],
        )
        connection.commit()


def forget_publication(settings: DbtSettings) -> None:
    """Have the next publication copy every day, as single tables are built by hand."""
    with Warehouse.of(settings).writing() as connection:
        connection.execute("update raw.last_publication set unpublished_from = ?", [EVERY_DAY])


def forget_build(settings: DbtSettings) -> None:
    """Have the next build be a full one, as this one may end halfway through."""
    with Warehouse.of(settings).writing() as connection:
        connection.execute("delete from raw.last_build")


def _cause(settings: DbtSettings, connection: duckdb.DuckDBPyConnection) -> str:
    parameters = connection.execute(
        # The reason follows from the day and the rows, which are compared by themselves.
        "select columns(* exclude (as_of_date, last_full_date, as_of_reason)) "
        "from raw.run_parameters"
    ).fetchone()
    digest = hashlib.sha256(repr(parameters).encode())
    digest.update(read_pseudonym_key(settings.pseudonym_key_file).encode())
    # Views name the database, and a later build leaves them as they are.
    digest.update(settings.warehouse.stem.encode())
    # What another engine built, this one does not have.
    if settings.target != "dev":
        digest.update(settings.target.encode())
    for path in sorted(path for path in project_files(settings) if path.is_file()):
        digest.update(_relative(path, settings).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _relative(path: Path, settings: DbtSettings) -> str:
    return path.relative_to(settings.root).as_posix()
