"""Which rows break an expectation, how far that reaches, and how they are named.

One odd row must not stop a company: what is expected of rows stops a run only when many of them
and of the accounts break it. What is not here: what is expected, which the suites say, and what
stops a run however few rows break it, which ``always`` says.
"""

from dataclasses import dataclass
from typing import Any

import great_expectations as gx

# A critical expectation of rows stops from so many offenders on, of so many accounts where the
# rows belong to accounts, and from this share of what was asked on. Fewer are a warning.
FEWEST_OFFENDERS = 10
LARGEST_SHARE = 0.2
NAMED = 5

# What identifies a row and is no personal data; persons are named by the line that told of them.
KEYS = (
    "account_id", "subscription_id", "subscription_item_id", "ticket_id", "incident_id",
    "component_id", "feature_id", "system", "table_name", "component", "survey_type", "metric",
    "metric_date", "comparison", "outcome", "measure", "dimension", "segment", "month_end",
    "cohort_start", "service_ended_date", "score_date", "activity_date", "cause", "fact", "label",
)  # fmt: skip
# Identifiers that people are known by in some companies stand in raw as they came.
RAW_KEYS = ("subscription_id", "subscription_item_id", "ticket_id", "system", "table_name")
LINES = (("_file", "_line"), ("landed_file", "landed_line"))


@dataclass(frozen=True)
class Extent:
    """How many rows break an expectation, of how many accounts, and out of how many asked."""

    offenders: int
    accounts: int | None
    asked: int

    @property
    def is_wide(self) -> bool:
        """Tell whether so many break it that what is left is no fair picture."""
        return (
            self.offenders >= FEWEST_OFFENDERS
            and (self.accounts is None or self.accounts >= FEWEST_OFFENDERS)
            and self.offenders > LARGEST_SHARE * self.asked
        )


def no_row(where: str, asked: str = "true", **words: Any) -> gx.expectations.Expectation:
    """Expect that no row is as ``where`` says, among those that ``asked`` is about."""
    return gx.expectations.UnexpectedRowsExpectation(
        unexpected_rows_query=f"select * from {{batch}} where ({asked}) and ({where})",
        meta={"asked": asked, "where": where},
        **words,
    )


def conditions(config: Any) -> tuple[str, str] | None:
    """Return in SQL which rows are asked, and which of them break it; None for whole tables."""
    if "where" in (config.meta or {}):
        return config.meta["asked"], config.meta["where"]
    told = config.kwargs
    column = told.get("column")
    match config.type:
        case "expect_column_values_to_be_between":
            return f"{column} is not null", _outside(column, told)
        case "expect_column_value_lengths_to_be_between":
            return f"{column} is not null", _outside(f"length({column})", told)
        case "expect_column_values_to_be_in_set":
            values = ", ".join(f"'{value}'" for value in told["value_set"])
            return f"{column} is not null", f"{column} not in ({values})"
        case "expect_column_values_to_not_be_null":
            return "true", f"{column} is null"
        case "expect_column_pair_values_a_to_be_greater_than_b":
            first, second = told["column_A"], told["column_B"]
            sign = "<" if told.get("or_equal") else "<="
            return f"{first} is not null and {second} is not null", f"{first} {sign} {second}"
    return None


def _outside(value: str, bounds: dict[str, Any]) -> str:
    lower, upper = bounds.get("min_value"), bounds.get("max_value")
    sides = [f"{value} < {lower}"] if lower is not None else []
    return " or ".join([*sides, *([f"{value} > {upper}"] if upper is not None else [])])


def extent(ask: Any, table: str, asked: str, where: str) -> Extent:
    """Count what breaks an expectation; ``ask`` answers a query with its rows."""
    has_accounts = "account_id" in columns_of(ask, f"select * from {table}")
    accounts = f"count(distinct account_id) filter (where {where})" if has_accounts else "null"
    query = f"select count(*) filter (where {where}), {accounts}, count(*) from {table}"
    return Extent(*ask(f"{query} where {asked}")[0])


def names(ask: Any, query: str, is_raw: bool) -> str:
    """Name the first rows of a query by their keys and by the lines that brought them."""
    there = columns_of(ask, query)
    keys = [name for name in (RAW_KEYS if is_raw else KEYS) if name in there]
    lines = next((pair for pair in LINES if there.issuperset(pair)), ())
    if not keys and not lines:
        return ""
    shown = ", ".join([*keys, *lines])
    rows = ask(f"select distinct {shown} from ({query}) order by all limit {NAMED + 1}")
    texts = [_text(keys, row[: len(keys)], row[len(keys) :]) for row in rows[:NAMED]]
    return "; ".join([*texts, *(["and more"] if len(rows) > NAMED else [])])


def _text(keys: list[str], values: tuple, line: tuple) -> str:
    told = [f"{key}={value}" for key, value in zip(keys, values, strict=True) if value is not None]
    if line and line[0] is not None:
        told.append(f"{line[0]}:{line[1]}")
    return " ".join(told)


def columns_of(ask: Any, query: str) -> set[str]:
    """Return the names of the columns of a query."""
    return {row[0] for row in ask(f"describe {query}")}
