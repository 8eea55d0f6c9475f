"""Which metrics and components of the score will have values, by what has landed, and which not.

It reads ``source`` and ``needs`` in the meta of each, as the warehouse does. What is not here:
whether there is enough of it (days, answers), which only the build can tell.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import yaml

from orchestration.landing.contract import SourceTable
from orchestration.landing.sql_texts import quoted

MARTS = Path(__file__).parents[2] / "dbt_project" / "models" / "marts"
# As the macro landed_details says of models; here of the landing table that tells it.
DETAILS = {
    "billing_prices": ("billing/subscription_items", "unit_amount_minor", "is not null"),
    "billing_seats": ("billing/subscription_items", "quantity", "!= 1"),
    "billing_cancel_reasons": ("billing/subscriptions", "cancel_reason", "is not null"),
    "crm_roles": ("crm/users", "role", "is not null"),
    "crm_member_roles": ("crm/account_users", "role", "is not null"),
    "product_logins": ("catalogue/event_catalog", "is_login", "is true"),
    "product_features": ("product/events", "feature_id", "is not null"),
    "product_times": ("product/events", "event_ts", "!= date_trunc('day', event_ts)"),
    "product_error_persons": ("product/error_logs", "user_id", "is not null"),
    "support_replies": ("support/tickets", "first_reply_at", "is not null"),
}


@dataclass(frozen=True)
class Figure:
    """A metric or a component of the score.

    Attributes:
        name: of its model, as ``metric_mrr``.
        label: for people.
        needs: sources and details without which it has no value.

    """

    name: str
    label: str
    needs: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return metric or component."""
        return self.name.split("_")[0]


@dataclass(frozen=True)
class Addition:
    """What one further file would add.

    Attributes:
        folder: landing table that is absent.
        columns: where the table is there, what it leaves out; none where the table is absent.
        figures: that would have values with it, and have none now.

    """

    folder: str
    columns: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Prospects:
    """What can be told beforehand of the figures.

    Attributes:
        told: sources and details of which something is there.
        present: figures that will have values.
        absent: figures that will be NULL, each with what it lacks.
        additions: what a further file would add, the most first.
        needed: tables without which nothing can be built, and that are absent.

    """

    told: frozenset[str]
    present: tuple[Figure, ...]
    absent: Mapping[Figure, tuple[str, ...]]
    additions: tuple[Addition, ...]
    needed: tuple[str, ...]


@cache
def every_figure() -> tuple[Figure, ...]:
    """Read all metrics and components with what they need."""
    found = []
    for path in sorted([*MARTS.glob("metrics/*/_*.yml"), *MARTS.glob("health/components/_*.yml")]):
        for model in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).get("models", ()):
            meta = (model.get("config") or {}).get("meta") or {}
            if source := meta.get("source"):
                label = meta.get("label") or model["name"].split("_", 1)[1].replace("_", " ")
                needs = (source, *(meta.get("needs") or ()))
                found.append(Figure(model["name"], label, needs))
    return tuple(found)


def told_sources(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable]
) -> frozenset[str]:
    """Return the sources of which rows were loaded, and the details that any of them tells."""
    folders = {table.folder: table.identifier for table in tables}
    told = set()
    for identifier in folders.values():
        if connection.execute(f"select 1 from raw.{quoted(identifier)} limit 1").fetchone():
            told.add(identifier)
    for detail, (folder, column, test) in DETAILS.items():
        query = f"select 1 from raw.{quoted(folders[folder])} where {column} {test} limit 1"
        if connection.execute(query).fetchone():
            told.add(detail)
    # What an event does to which feature is told by the catalogue of events, too.
    if connection.execute(
        f"select 1 from raw.{quoted(folders['catalogue/event_catalog'])} "
        "where feature_id is not null limit 1"
    ).fetchone():
        told.add("product_features")
    # A reply is told by the history of a ticket, too.
    if "support_ticket_events" in told:
        told.add("support_replies")
    return frozenset(told)


def prospects(told: Collection[str], tables: Iterable[SourceTable]) -> Prospects:
    """Say which figures will have values, and what would add the most."""
    every, known = every_figure(), {table.folder: table for table in tables}
    absent = {
        figure: lacking
        for figure in every
        if (lacking := tuple(need for need in figure.needs if need not in told))
    }
    additions = []
    for folder, table in known.items():
        details = {name: column for name, (of, column, _) in DETAILS.items() if of == folder}
        gained = {table.identifier, *details}
        if folder == "support/ticket_events":
            gained.add("support_replies")
        figures = tuple(figure for figure, lacking in absent.items() if {*lacking} <= gained)
        is_there = table.identifier in told
        columns = tuple(sorted({c for name, c in details.items() if name not in told}))
        if figures:
            additions.append(Addition(folder, columns if is_there else (), figures))
    needed = tuple(f for f, t in known.items() if t.required and t.identifier not in told)
    additions.sort(key=lambda addition: (-len(addition.figures), addition.folder))
    additions.sort(key=lambda addition: addition.folder not in needed)
    return Prospects(
        frozenset(told),
        tuple(figure for figure in every if figure not in absent),
        absent,
        tuple(additions),
        needed,
    )
