"""What the models were last built from, so that the next build touches only what can differ.

``raw.built_loads`` and ``raw.last_build`` are written after every model is built and tested, and
never before: a build that failed is done again from the same point. What is not here: how far
back new rows reach, which the model ``int_rebuild_window`` works out before the others are built.
"""

import hashlib
import json
from collections.abc import Iterable
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
# What a run says of the days that it builds, and is known by among what else is logged.
BUILT_ANEW = "are built anew:"


def must_be_full(settings: DbtSettings) -> bool:
    """Tell whether days built before can differ in ways that no new row shows."""
    return why_full(settings) is not None


def why_full(settings: DbtSettings) -> str | None:
    """Say why days built before can differ in ways that no new row shows; None where none can.

    They can where the project, the key or a setting has changed, where an earlier day is built,
    and where rows that were built from have been taken back.
    """
    with Warehouse.of(settings).reading() as connection:
        last = connection.execute(
            "select last_build.cause, last_build.as_of_date, run_parameters.as_of_date "
            "from raw.last_build cross join raw.run_parameters"
        ).fetchone()
        if last is None:
            return "nothing was built before, or the last build did not end"
        taken_back = connection.execute(
            f"select count(*) from raw.built_loads anti join ({SAID}) using (load_id)"
        ).fetchone()[0]
        now = _cause(settings, connection)
    cause, last_day, day = last
    if cause != now:
        return f"not the same as in the last build: {', '.join(_changed(cause, now))}"
    if last_day > day:
        return f"the last build was of a later day, {last_day}"
    if taken_back:
        return f"what {taken_back} file(s) had told is told otherwise now, or no more"
    return None


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


def what_reaches_back(settings: DbtSettings, rebuild_from: date | None) -> str:
    """Say from which day on a later build replaces days, and whose rows reach so far back."""
    if rebuild_from is None:
        return f"All days {BUILT_ANEW} nothing says which of them can differ."
    with Warehouse.of(settings).reading() as connection:
        tables = connection.execute(
            "select distinct system || '/' || table_name from intermediate.int_first_affected_days "
            "inner join intermediate.int_rebuild_window on affected_from <= changed_from order by 1"
        ).fetchall()
        first_day = connection.execute(
            "select min(date_day) from intermediate.int_days_spined"
        ).fetchone()[0]
    names = ", ".join(name for (name,) in tables)
    if not names:
        return f"Days from {rebuild_from} on {BUILT_ANEW} no file tells more of earlier ones."
    if first_day is None or rebuild_from <= first_day:
        return f"All days {BUILT_ANEW} what is new in {names} can change each of them."
    return f"Days from {rebuild_from} on {BUILT_ANEW} so far back reaches {names}."


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
    """Return what a build follows from besides rows: a hash for each thing, named as it is said."""
    parameters = connection.execute(
        # The reason follows from the day and the rows, which are compared by themselves.
        "select columns(* exclude (as_of_date, last_full_date, as_of_reason)) "
        "from raw.run_parameters"
    ).fetchone()
    files = sorted(path for path in project_files(settings) if path.is_file())
    parts = {
        "settings of the run (KNOWN_ON, days that are late)": repr(parameters),
        "the key of the pseudonyms": read_pseudonym_key(settings.pseudonym_key_file),
        # Views name the database, and a later build leaves them as they are.
        "the name of the warehouse": settings.warehouse.stem,
        # What another engine built, this one does not have.
        "the engine": settings.target,
        **{
            f"dbt_project/{folder}": "".join(
                f"{_relative(path, settings)}\0{_hash(path.read_bytes())}" for path in found
            )
            for folder, found in _by_folder(files, settings).items()
        },
    }
    return json.dumps({name: _hash(said.encode()) for name, said in parts.items()}, sort_keys=True)


def _by_folder(files: Iterable[Path], settings: DbtSettings) -> dict[str, list[Path]]:
    """Return the files of the project by the folder or file of its top in which they are."""
    found: dict[str, list[Path]] = {}
    for path in files:
        found.setdefault(_relative(path, settings).split("/")[1], []).append(path)
    return found


def _changed(before: str, now: str) -> list[str]:
    """Return the names of what differs between two causes."""
    if not before.startswith("{"):
        return ["the version of this project"]
    known = json.loads(before)
    parts = json.loads(now)
    return [name for name in sorted({*known, *parts}) if known.get(name) != parts.get(name)]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _relative(path: Path, settings: DbtSettings) -> str:
    return path.relative_to(settings.root).as_posix()
