"""The state machine of alerts on tables of a test: in full, or day by day as a run builds it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from tests.running_sums.compiled import DAY_OF_REBUILD, compiled

FIRST = date(2026, 6, 1)
RULE: dict[str, Any] = {
    "rule": "r",
    "status": "live",
    "grain": "account",
    "topic": "usage",
    "route": "team",
    "label": "is bad",
    "problem": None,
    "direction_sign": 1,
    "min_breaches": 1,
    "min_oks": 1,
    "cooldown_days": 0,
    "escalate_after_days": None,
    "value_stands_days": 1,
    "warning": 10.0,
    "critical": 20.0,
    "recover": 5.0,
    "valid_from": date(2020, 1, 1),
    "valid_to": date(9999, 12, 31),
}
TABLES = {
    "dim_alert_rules": "rule varchar, status varchar, grain varchar, topic varchar, route varchar,"
    " label varchar, problem varchar, direction_sign integer, min_breaches integer,"
    " min_oks integer, cooldown_days integer, escalate_after_days integer,"
    " value_stands_days integer, warning double, critical double, recover double,"
    " valid_from date, valid_to date",
    "all_observations": "rule varchar, entity_id varchar, alert_date date, observed_value double,"
    " ends_by varchar, inhibited_by varchar",
    "alert_silences": "rule varchar, entity_id varchar, starts_on date, ends_on date",
    "alert_mute_times": "route varchar, weekday integer, valid_from date, valid_to date",
    "alert_inhibitions": "inhibition varchar, kind varchar, source varchar, target_rule varchar,"
    " valid_from date, valid_to date",
}
ALWAYS = {"valid_from": date(2020, 1, 1), "valid_to": date(9999, 12, 31)}


def day(number: int) -> date:
    """Return a day by its number, from 0."""
    return FIRST + timedelta(number)


class Machine:
    """A database in which alerts are built."""

    def __init__(self, rules: Sequence[Mapping[str, Any]] = (), days: int = 30) -> None:
        """Lay down rules, each with what differs from ``RULE``, and no observation."""
        self.days = days
        self.connection = duckdb.connect(config={"threads": 1})
        for table, columns in TABLES.items():
            self.connection.execute(f"create table {table} ({columns})")
        for rule in rules or [{}]:
            self.add("dim_alert_rules", {**RULE, **rule})

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Add a row to a table."""
        names = ", ".join(row)
        places = ", ".join("?" for _ in row)
        self.connection.execute(
            f"insert into {table} ({names}) values ({places})", list(row.values())
        )

    def observe(
        self,
        values: Sequence[Any],
        entity: str = "a",
        rule: str = "r",
        start: int = 0,
    ) -> None:
        """Observe a value on each day from one on.

        None is a day without a value, ``...`` one that is not in the data, ``left`` the day on
        which the account has left, and ``held`` one that is inhibited.
        """
        (valid_to,) = self.ask(f"select valid_to from dim_alert_rules where rule = '{rule}'")[0]
        for number, value in enumerate(values, start=start):
            if value is ... or day(number) >= valid_to:
                continue
            self.add(
                "all_observations",
                {
                    "rule": rule,
                    "entity_id": entity,
                    "alert_date": day(number),
                    "observed_value": None if isinstance(value, str) else value,
                    "ends_by": value if value == "left" else None,
                    "inhibited_by": "something" if value == "held" else None,
                },
            )

    def silence(self, first: int, last: int, entity: str | None = None, rule: str = "r") -> None:
        """Silence a rule on some days."""
        row = {"rule": rule, "entity_id": entity, "starts_on": day(first), "ends_on": day(last)}
        self.add("alert_silences", row)

    def build(self) -> None:
        """Build states and events at once."""
        self._as_of(self.days - 1)
        for model in ("fct_alert_states", "fct_alert_events"):
            query = compiled(model, is_tail=False)
            self.connection.execute(f"create or replace table {model} as {query}")

    def build_step_by_step(self, ends: Sequence[int]) -> None:
        """Build up to each of these days in turn, each time only the days since the one before."""
        for last, end in zip([-1, *ends], ends, strict=False):
            self._as_of(end)
            for model, column in (
                ("fct_alert_states", "alert_date"),
                ("fct_alert_events", "event_date"),
            ):
                if last < 0:
                    query = compiled(model, is_tail=False)
                    self.connection.execute(f"create or replace table {model} as {query}")
                    continue
                query = compiled(model, is_tail=True).replace(DAY_OF_REBUILD, str(day(last + 1)))
                self.connection.execute(f"create or replace temp table tail as {query}")
                self.connection.execute(f"delete from {model} where {column} >= ?", [day(last + 1)])
                self.connection.execute(f"insert into {model} by name from tail")

    def _as_of(self, number: int) -> None:
        self.connection.execute(
            "create or replace table dim_dates as select true as is_built, unnest(generate_series("
            f"date '{FIRST}', date '{day(number)}', interval 1 day))::date as date_day;"
            "create or replace table stg_run__parameters as "
            f"select date '{day(number)}' as as_of_date;"
            "create or replace table int_alert_observations_daily as "
            f"from all_observations where alert_date <= date '{day(number)}'"
        )

    def ask(self, query: str) -> list[tuple]:
        """Return the rows of a query."""
        return self.connection.execute(query).fetchall()

    def states(self, entity: str = "a", rule: str = "r") -> list[str]:
        """Return the states of a thing in the order of its days."""
        rows = self.connection.execute(
            "select state from fct_alert_states where entity_id = ? and rule = ? "
            "order by alert_date",
            [entity, rule],
        )
        return [state for (state,) in rows.fetchall()]

    def events(self, rule: str = "r") -> list[tuple[int, str, str]]:
        """Return day, event and decision of each event of a rule."""
        rows = self.connection.execute(
            "select event_date, event, decision from fct_alert_events where rule = ? "
            "order by event_date, entity_id, event",
            [rule],
        )
        return [((on - FIRST).days, event, decision) for on, event, decision in rows.fetchall()]
