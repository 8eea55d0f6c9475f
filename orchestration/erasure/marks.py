"""SQL about the marks of persons: their numbers, their devices' numbers, their addresses.

The marks are rows of the temporary table ``erased_marks`` and the secret is a variable of the
connection, so neither stands in the text of a statement, a log or an error. What is not here:
whose marks they are, which ``persons`` finds out.
"""

import secrets

import duckdb

from orchestration.landing.statements import literal

PREFIX = "erased-"
DIGITS = 32
SECRET_BYTES = 32
# An expression of more alternatives becomes too large for the library that reads it.
MARKS_OF_A_PATTERN = 500


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


def write_patterns(connection: duckdb.DuckDBPyConnection) -> int:
    """Give the connection the patterns that find marks within a text; return their number."""
    connection.execute(
        "create or replace temp table erased_parts as select mark, "
        f"(row_number() over (order by mark) - 1) // {MARKS_OF_A_PATTERN} as part "
        "from (select distinct mark from erased_marks)"
    )
    (count,) = connection.execute("select count(distinct part) from erased_parts").fetchone()
    for part in range(count):
        # A mark is found as a whole word: u_1 is not in u_12.
        connection.execute(
            f"set variable erased_pattern_{part} = (select '(?i)(^|[^[:alnum:]_])(' || "
            "string_agg(regexp_escape(mark), '|') || ')($|[^[:alnum:]_])' "
            f"from erased_parts where part = {part})"
        )
    return count


def mentions(value: str, patterns: int) -> str:
    """Write SQL that tells whether a text holds a mark of somebody to be erased."""
    found = (
        f"regexp_matches(cast({value} as varchar), getvariable('erased_pattern_{part}'))"
        for part in range(patterns)
    )
    return f"coalesce({' or '.join(found) or 'false'}, false)"
