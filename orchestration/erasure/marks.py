"""SQL about the marks of persons: their numbers, their devices' numbers, their addresses.

The marks are rows of the temporary table ``erased_marks`` and the secret is a variable of the
connection, so neither stands in the text of a statement, a log or an error. What is not here:
whose marks they are, which ``persons`` finds out.
"""

import secrets
from dataclasses import dataclass

import duckdb

from orchestration.landing.sql_texts import literal

PREFIX = "erased-"
DIGITS = 32
SECRET_BYTES = 32
# An expression of more alternatives becomes too large for the library that reads it.
MARKS_OF_A_PATTERN = 500
MARK, SIGN = "erased_pattern", "erased_sign"
# An address, or a number that also has letters: 104233 may count or number anything else.
DISTINCTIVE = (
    "(mark like '%_@_%' or (length(mark) >= 6 and regexp_matches(mark, '(?i)[a-z]') "
    "and regexp_matches(mark, '[0-9_.-]')))"
)


def draw_secret(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection a secret for its tokens, which ends with it."""
    connection.execute("set variable erasure_secret = ?", [secrets.token_hex(SECRET_BYTES)])


def token(value: str) -> str:
    """Write SQL for the token of a text: the same for the same text, and no way back."""
    secret = "getvariable('erasure_secret')"
    return f"{literal(PREFIX)} || left(sha256({secret} || {value}), {DIGITS})"


def is_token(value: str) -> str:
    """Write SQL that tells whether a text is a token."""
    # ``stg_privacy__erasure_requests`` knows a token by the same signs.
    return f"({value} like '{PREFIX}%' and length({value}) = {len(PREFIX) + DIGITS})"


def is_marked(kind: str, value: str) -> str:
    """Write SQL that tells whether a text is a mark of somebody to be erased."""
    return f"coalesce({value} in (select mark from erased_marks where kind = '{kind}'), false)"


def address(value: str) -> str:
    """Write SQL for an e-mail address as it is compared: in lower case, without blanks around."""
    return f"lower(trim({value}))"


@dataclass(frozen=True)
class Patterns:
    """The patterns that a connection has as variables.

    Attributes:
        marks: number of those that find any mark, for columns that are declared personal.
        signs: number of those that find marks which mean nothing else, for all other texts.
    """

    marks: int
    signs: int


def write_patterns(connection: duckdb.DuckDBPyConnection) -> Patterns:
    """Give the connection the patterns that find marks within a text."""
    # A mark is found as a whole word: u_1 is not in u_12, and 17 not in 17 days.
    marks = _write(connection, MARK, "true", "[^[:alnum:]_]")
    return Patterns(marks, _write(connection, SIGN, DISTINCTIVE, "[^[:alnum:]]"))


def mentions(value: str, patterns: Patterns) -> str:
    """Write SQL that tells whether a text holds a mark of somebody to be erased."""
    return _finds(value, MARK, patterns.marks)


def shows(value: str, patterns: Patterns) -> str:
    """Write SQL that tells whether any text holds a mark that can mean nobody and nothing else."""
    return _finds(value, SIGN, patterns.signs)


def without_marks(value: str, patterns: Patterns) -> str:
    """Write SQL for a text with a token in the place of every mark that ``shows`` finds."""
    text = f"cast({value} as varchar)"
    its_token = token(text)
    for part in range(patterns.signs):
        pattern = f"getvariable('{SIGN}_{part}')"
        # Twice, as what ends one word may begin the next.
        for _ in range(2):
            text = f"regexp_replace({text}, {pattern}, '\\1' || {its_token} || '\\3', 'g')"
    return text


def _write(connection: duckdb.DuckDBPyConnection, name: str, chosen: str, around: str) -> int:
    connection.execute(
        "create or replace temp table erased_parts as select mark, "
        f"(row_number() over (order by length(mark) desc, mark) - 1) // {MARKS_OF_A_PATTERN} "
        f"as part from (select distinct mark from erased_marks where {chosen})"
    )
    (count,) = connection.execute("select count(distinct part) from erased_parts").fetchone()
    for part in range(count):
        connection.execute(
            f"set variable {name}_{part} = (select '(?i)(^|{around})(' || "
            f"string_agg(regexp_escape(mark), '|' order by length(mark) desc) || ')($|{around})' "
            f"from erased_parts where part = {part})"
        )
    return count


def _finds(value: str, name: str, count: int) -> str:
    found = (
        f"regexp_matches(cast({value} as varchar), getvariable('{name}_{part}'))"
        for part in range(count)
    )
    return f"coalesce({' or '.join(found) or 'false'}, false)"
