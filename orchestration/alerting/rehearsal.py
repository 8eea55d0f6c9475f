"""A rule over the past, beside the live one of its name, by the models of the alerts themselves.

dbt compiles the models, and they are asked of the publication with the draft among the rules, so
what is rehearsed is what a run would do. Nothing is written and nobody is told. What is not here:
how it is printed, which the command knows.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.publication.opening import opened_publication, published_in
from orchestration.publication.places import DATABASE
from orchestration.settings.environment import Settings

MODELS = (
    *("dim_alert_rules", "fct_alert_states", "fct_alert_events"),
    *("int_alert_evaluations_daily", "rpt_alert_history"),
)
SEEDS = (
    *("alert_rules", "alert_measures", "alert_routes", "alert_inhibitions"),
    *("alert_mute_times", "alert_silences"),
)
NAME = re.compile(r'"\w+"\."(\w+)"\."(\w+)"')
DRAFT = "{rule} (draft)"
PER_OWNER = """
select owner, count(*) as alerts, count(distinct week) as weeks, max(count(*)) over () as most
from (
    select
        case when rules.owner = 'csm' then coalesce(accounts.csm_id, 'nobody') else rules.owner end
            as owner,
        date_trunc('week', events.event_date) as week
    from fct_alert_events as events
    inner join dim_alert_rules as rules using (rule)
    left join published.marts.dim_accounts as accounts on events.entity_id = accounts.account_id
    where events.rule = ? and events.event = 'opened' and events.decision = 'told'
)
group by owner order by alerts desc, owner
"""
COMPARED = """
with spells as (
    select distinct rule, entity_id, opened_on from fct_alert_events where event = 'opened'
),
entities as (
    select
        entity_id,
        count(*) filter (where rule = $draft) as by_draft,
        count(*) filter (where rule = $live) as by_live
    from spells where rule in ($draft, $live) group by entity_id
)
select
    count(*) filter (where by_draft > 0 and by_live > 0), count(*) filter (where by_live = 0),
    count(*) filter (where by_draft = 0)
from entities
"""


class RehearsalError(ValueError):
    """A rule cannot be rehearsed. The text says why and what to do."""


@dataclass(frozen=True)
class Rehearsed:
    """What a rule would have done.

    Attributes:
        rule: its name.
        history: its row of ``rpt_alert_history``.
        owners: of each owner, how many alerts, in how many weeks.
        live: the row of the live rule of that name; None where there is none.
        in_both: things about which both fired.
        only_draft: things about which only the draft did.
        only_live: things about which only the live one did.
    """

    rule: str
    history: dict[str, Any]
    owners: Sequence[tuple[str, int, int]]
    live: dict[str, Any] | None
    in_both: int = 0
    only_draft: int = 0
    only_live: int = 0


def rehearse(settings: Settings, asked: str) -> list[Rehearsed]:
    """Ask rules of the past.

    Args:
        settings: where the project and the publication are.
        asked: a rule of ``seeds/alert_rules.csv``, or the path of a file of that shape.

    Raises:
        RehearsalError: there is no such rule.
        WarehouseError: nothing is published, or it cannot be read.
    """
    seed = settings.dbt_project / "seeds" / "alert_rules.csv"
    drafts = _drafts(seed, asked)
    folder, listing = published_in(settings.published)
    with _alerts(settings, folder / DATABASE, listing["as_of"], drafts) as connection:
        return [_rehearsed(connection, draft["rule"], seed) for draft in drafts]


def _drafts(seed: Path, asked: str) -> list[dict[str, str]]:
    columns, known = _rows(seed)
    if asked in (names := [row["rule"] for row in known]):
        return [row for row in known if row["rule"] == asked]
    path = Path(asked).expanduser()
    if not path.is_file():
        raise RehearsalError(
            f"RULE={asked}: no rule of {seed} and no file. Expected one of {', '.join(names)}, or "
            "the path of a CSV file with the same columns."
        )
    found, drafts = _rows(path)
    if missing := [name for name in columns if name not in found]:
        raise RehearsalError(f"{path}: it lacks the columns {', '.join(missing)}.")
    if not drafts:
        raise RehearsalError(f"{path}: it holds no rule.")
    return [{name: row[name] for name in columns} for row in drafts]


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RehearsalError(f"{path}: cannot be read ({type(error).__name__}).") from None
    return list(reader.fieldnames or []), rows


@contextmanager
def _alerts(
    settings: Settings, database: Path, as_of: str, drafts: Sequence[dict[str, str]]
) -> Iterator[duckdb.DuckDBPyConnection]:
    manifest = prepare_manifest(settings)
    # What cannot be read is said before dbt has taken its time.
    with opened_publication(published=database) as connection:
        connection.execute("use memory")
        queries = _compiled(settings)
        connection.execute(
            f"create table stg_run__parameters as select date '{as_of}' as as_of_date"
        )
        for name in SEEDS:
            node = manifest["nodes"][f"seed.customer_health.{name}"]
            path = settings.dbt_project / "seeds" / f"{name}.csv"
            types = node["config"]["column_types"]
            connection.read_csv(
                str(path), header=True, dtype=types, hive_partitioning=False
            ).create(name)
        for draft in drafts:
            _add(connection, draft)
        here = {*MODELS, *SEEDS, "stg_run__parameters"}
        for name in MODELS:
            query = NAME.sub(
                lambda found: found[2] if found[2] in here else f"published.{found[1]}.{found[2]}",
                queries[name],
            )
            connection.execute(f"create table {name} as {query}")
        yield connection


def _compiled(settings: Settings) -> dict[str, str]:
    with TemporaryDirectory() as target:
        arguments = ["compile", "--full-refresh", "--select", *MODELS]
        done = invoke(settings.on_duckdb, arguments, Path(target), lambda event: None)
    if not done.success:
        raise RehearsalError(f"dbt cannot compile the alerts: {done.exception}")
    return {one.node.name: one.node.compiled_code for one in done.result.results}


def _add(connection: duckdb.DuckDBPyConnection, draft: dict[str, str]) -> None:
    """Add a draft under a name of its own; what is said of the live rule holds for it, too."""
    own = DRAFT.format(rule=draft["rule"])
    row = {**draft, "rule": own, "status": "live"}
    names = ", ".join(row)
    places = ", ".join("?" for _ in row)
    values = [value or None for value in row.values()]
    try:
        connection.execute(f"insert into alert_rules ({names}) values ({places})", values)
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise RehearsalError(
            f"Rule {draft['rule']}: a value is of the wrong kind. {said}"
        ) from None
    connection.execute(
        "insert into alert_inhibitions select * replace (? as target_rule, "
        "inhibition || ' (draft)' as inhibition) from alert_inhibitions where target_rule = ?",
        [own, draft["rule"]],
    )
    connection.execute(
        "insert into alert_silences select * replace (? as rule) from alert_silences "
        "where rule = ?",
        [own, draft["rule"]],
    )


def _rehearsed(connection: duckdb.DuckDBPyConnection, rule: str, seed: Path) -> Rehearsed:
    own = DRAFT.format(rule=rule)
    history = _row(connection, own)
    if history["problem"]:
        raise RehearsalError(f"Rule {rule}: {history['problem']}.")
    owners = [row[:3] for row in connection.execute(PER_OWNER, [own]).fetchall()]
    live = _row(connection, rule)
    if live is None:
        return Rehearsed(rule, history, owners, None)
    counts = connection.execute(COMPARED, {"draft": own, "live": rule}).fetchone()
    return Rehearsed(rule, history, owners, live, *counts)


def _row(connection: duckdb.DuckDBPyConnection, rule: str) -> dict[str, Any] | None:
    found = connection.execute("from rpt_alert_history where rule = ?", [rule])
    names = [column[0] for column in found.description]
    row = found.fetchone()
    return dict(zip(names, row, strict=True)) if row else None
