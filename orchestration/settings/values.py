"""What a setting may say: its text, read as a date, an amount or a number, or refused by name.

What is not here: where it is said, which ``environment`` knows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.settings.machine import memory_bytes

# As DuckDB reads it: 2500MB, 8GB, 4GiB.
MEMORY = re.compile(r"[1-9]\d*(\.\d+)? ?([KMGT]i?B)", re.IGNORECASE)

# A standalone master, or several of which one leads.
CLUSTER = re.compile(r"spark://[^\s:,/]+:\d+(,[^\s:,/]+:\d+)*")


class SettingsError(ValueError):
    """A setting cannot be used. The text names it, its value and what was expected."""


@dataclass(frozen=True)
class Stated:
    """What somebody said of a setting.

    Attributes:
        text: the value as it stands there.
        name: the setting, after the file and line where it is said, if it is said in a file.
        folder: where a relative path starts.
    """

    text: str
    name: str
    folder: Path


def half_of_memory() -> str:
    """Return half of what the machine has, as DuckDB reads it."""
    return f"{memory_bytes() // 2_000_000}MB"


def iso_date(setting: Stated) -> date | None:
    """Read an ISO date such as 2026-10-31; an empty text is no date.

    Raises:
        SettingsError: the text is something else.
    """
    if not setting.text:
        return None
    try:
        return date.fromisoformat(setting.text)
    except ValueError:
        raise SettingsError(
            f"{setting.name}: {setting.text!r} is no date; expected an ISO date such as 2026-10-31."
        ) from None


def amount_of_memory(setting: Stated) -> str:
    """Read an amount of memory such as 2500MB; an empty text is half of what the machine has.

    Raises:
        SettingsError: the text is something else.
    """
    if not setting.text:
        return half_of_memory()
    if not MEMORY.fullmatch(setting.text.strip()):
        raise SettingsError(
            f"{setting.name}: {setting.text!r} is no amount of memory; expected one such as 2500MB "
            "or 8GB."
        )
    return setting.text.strip()


def whole_number(setting: Stated, meaning: str, default: int | None) -> int | None:
    """Read a whole number above zero; an empty text is the default.

    Raises:
        SettingsError: the text is no whole number above zero.
    """
    if not setting.text:
        return default
    if not (setting.text.strip().isdecimal() and int(setting.text) > 0):
        raise SettingsError(
            f"{setting.name}: {setting.text!r} is no {meaning}; expected 1 or more."
        )
    return int(setting.text)


def choice(setting: Stated, words: Sequence[str]) -> str:
    """Read one of some words; an empty text is the first of them.

    Raises:
        SettingsError: the text is another word.
    """
    if setting.text and setting.text not in words:
        raise SettingsError(
            f"{setting.name}: {setting.text!r} is none of {', '.join(words)}; expected one of them."
        )
    return setting.text or words[0]


def cluster_address(setting: Stated) -> str:
    """Read the address of a Spark cluster such as spark://host:7077; an empty text is none.

    Raises:
        SettingsError: the text is something else.
    """
    if setting.text and not CLUSTER.fullmatch(setting.text.strip()):
        raise SettingsError(
            f"{setting.name}: {setting.text!r} is no address of a Spark cluster; expected one such "
            "as spark://host:7077, or nothing for Spark in the process of the run."
        )
    return setting.text.strip()
