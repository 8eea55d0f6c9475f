"""The few questions that no file answers: suggestions from the data, and answers to them.

An answer is never taken from a suggestion unless somebody says so. What is not here: what is
written with the answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import yaml

LOGIN = re.compile(r"log(ged)?[ _-]?in|sign(ed)?[ _-]?in", re.IGNORECASE)
ERROR = re.compile(r"error|exception|crash|failed", re.IGNORECASE)
MACHINE = re.compile(
    r"cron|heartbeat|webhook|sync|scheduled|api[ _]call|feature_flag_called|web_vitals",
    re.IGNORECASE,
)
LOOKING = re.compile(r"page|screen|view|identify|group|alias|session|\$", re.IGNORECASE)


class AnswerError(ValueError):
    """An answer cannot be used; the text says which, what it is, and what was expected."""


@dataclass(frozen=True)
class Answers:
    """What the company knows and no file says; None or empty where nobody answered.

    Attributes:
        reporting_time_zone: in which a day begins and ends.
        reporting_currency: into which money is converted.
        paused_subscriptions_pay: whether who pauses is a paying customer.
        own_domains: mail domains of people who are no customers.
        core_events: actions for which customers pay.
        login_events: events that are logins.
        error_events: events that report an error.
        system_events: events that a machine sends by itself.

    """

    reporting_time_zone: str | None = None
    reporting_currency: str | None = None
    paused_subscriptions_pay: bool | None = None
    own_domains: tuple[str, ...] = ()
    core_events: tuple[str, ...] = ()
    login_events: tuple[str, ...] = ()
    error_events: tuple[str, ...] = ()
    system_events: tuple[str, ...] = ()


QUESTIONS = {
    "reporting_time_zone": "In which time zone does your day begin and end?",
    "reporting_currency": "Into which currency is money converted?",
    "paused_subscriptions_pay": "Is who has paused a subscription a paying customer (yes or no)?",
    "own_domains": "Which mail domains are of your own people, who are no customers?",
    "core_events": "Which events are core actions, for which customers pay?",
    "login_events": "Which events are logins?",
    "error_events": "Which events report an error?",
    "system_events": "Which events does a machine send by itself?",
}


def event_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count the events of the sample by name, the most first."""
    return dict(
        connection.execute(
            "select event_name, count(*) from raw.product_events where event_name is not null "
            "group by 1 order by 2 desc, 1"
        ).fetchall()
    )


def suggestions(
    connection: duckdb.DuckDBPyConnection, events: Mapping[str, int], zones: Sequence[str] = ()
) -> Answers:
    """Suggest answers from a sample that is loaded.

    Args:
        connection: to the sample.
        events: how many of each name there are.
        zones: time zones that the mappings of the company name.

    """
    login = tuple(name for name in events if LOGIN.search(name))
    error = tuple(name for name in events if ERROR.search(name) and name not in login)
    machine = tuple(
        name for name in events if MACHINE.search(name) and name not in (*login, *error)
    )
    others = (*login, *error, *machine)
    core = (name for name in events if name not in others and not LOOKING.search(name))
    return Answers(
        # What a person wrote goes before where most customers are.
        reporting_time_zone=min(zones, key=lambda zone: (-zones.count(zone), zone), default=None)
        or _usual(connection, "timezone", "crm_accounts")
        or "UTC",
        reporting_currency=_usual(connection, "currency", "billing_subscription_items")
        or _usual(connection, "currency", "billing_payments"),
        paused_subscriptions_pay=True,
        core_events=tuple(core),
        login_events=login,
        error_events=error,
        system_events=machine,
    )


def read_answers(path: Path) -> Answers:
    """Read answers from a YAML file.

    Raises:
        AnswerError: it is no such file, or has an answer to no question.

    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise AnswerError(
            f"{path} is no YAML{where}; expected a line such as core_events: [report created]"
        ) from error
    except (OSError, UnicodeError) as error:
        raise AnswerError(f"{path} cannot be read ({type(error).__name__})") from error
    if not isinstance(said, dict):
        raise AnswerError(f"{path} holds no answers; expected keys of {', '.join(QUESTIONS)}")
    if unknown := [str(key) for key in said if key not in QUESTIONS]:
        raise AnswerError(
            f"{path} answers {', '.join(unknown)}, which nobody asks; "
            f"expected keys of {', '.join(QUESTIONS)}"
        )
    return given({key: value for key, value in said.items() if value is not None})


def given(said: Mapping[str, Any]) -> Answers:
    """Make answers of what was said, texts with commas where a list is asked for."""
    return Answers(**{key: _typed(key, value) for key, value in said.items()})


def check(answers: Answers, events: Mapping[str, int]) -> None:
    """Make sure that answers can be used.

    Raises:
        AnswerError: a time zone or currency cannot be, or an event is none that was seen.

    """
    if (zone := answers.reporting_time_zone) is not None:
        try:
            ZoneInfo(zone)
        except (ValueError, OSError, KeyError) as error:
            raise AnswerError(
                f"reporting_time_zone is {zone!r}, which is no time zone; expected a name such as "
                "Europe/Berlin"
            ) from error
    currency = answers.reporting_currency
    if currency is not None and not re.fullmatch("[A-Z]{3}", currency):
        raise AnswerError(
            f"reporting_currency is {currency!r}; expected three capitals such as EUR"
        )
    for field in fields(Answers):
        if not field.name.endswith("_events"):
            continue
        for name in getattr(answers, field.name):
            if name not in events:
                near = get_close_matches(name, events, 1)
                raise AnswerError(
                    f"{field.name} names {name!r}, which no event is called"
                    + (f"; did you mean {near[0]}?" if near else "")
                )


def _typed(key: str, value: Any) -> Any:
    if key == "paused_subscriptions_pay":
        words = {"yes": True, "true": True, "no": False, "false": False}
        if str(value).strip().lower() not in words:
            raise AnswerError(f"{key} is {value!r}; expected yes or no")
        return words[str(value).strip().lower()]
    if key.startswith("reporting_"):
        return str(value).strip()
    said: Sequence[Any] = value if isinstance(value, list) else str(value).split(",")
    return tuple(text for entry in said if (text := str(entry).strip()))


def _usual(connection: duckdb.DuckDBPyConnection, column: str, table: str) -> str | None:
    (value,) = connection.execute(f"select mode({column}) from raw.{table}").fetchone()
    return value
