"""SQL that turns the text of a value into its typed value, or into NULL where it cannot.

A new data type is an entry of ``contract.TYPES`` and a branch here. What is not here: what
happens to a value that cannot be cast, which ``statements`` decides.
"""

from orchestration.landing.contract import Column

# Minutes are enough for ISO 8601, and so is the basic form without punctuation.
LESS_COMMON_TIMES = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%d %H:%M%z",
    "%Y-%m-%dT%H:%M",
    "%Y%m%dT%H%M%S%z",
    "%Y%m%d",
)
# The clocks of the world are between 12 hours behind UTC and 14 before it; DuckDB takes 99:99.
AN_OFFSET = r"(:\d\d|[T ]\d\d|T\d{6})([.,]\d+)?\s*[+-]"
ITS_HOURS = r"((0?\d|1[0-3])(:?[0-5]\d){0,2}|14(:?00){0,2})\s*$"
YEAR_MONTH_DAY = r"^\s*(\d{4})-?(\d\d?)-?(\d\d?).*$"
NO_ZONE = r"\s*\d{4}-?\d\d?-?\d\d?([T ]\d\d?:\d\d(:\d\d([.,]\d+)?)?)?\s*"
# 5.0 is what a table with gaps makes of 5; 1.000 may be a thousand, which nobody is to guess.
WHOLE_NUMBER = r"\s*[+-]?\d+([.]\d{0,2}|[.]\d{4,})?([eE][+-]?\d+)?\s*"
PLAIN_DATE = r"\s*\d{4}-\d\d?-\d\d?\s*"
DATE_TYPES = ("DATE", "TIMESTAMP")
INTEGER_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
INTEGER_TYPES += ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")
KIN = {
    "integer": INTEGER_TYPES,
    "bigint": INTEGER_TYPES,
    "timestamp": DATE_TYPES,
    "date": DATE_TYPES,
    "double": ("DOUBLE", "FLOAT", "DECIMAL", *INTEGER_TYPES),
    "boolean": ("BOOLEAN",),
}


def is_text(source_type: str) -> bool:
    """Tell whether a DuckDB type holds text."""
    return source_type in ("VARCHAR", "JSON") or source_type.startswith("ENUM")


def is_nested(source_type: str) -> bool:
    """Tell whether a DuckDB type holds values inside values."""
    return source_type.startswith(("STRUCT", "MAP")) or source_type.endswith("]")


def as_text(value: str, source_type: str) -> str:
    """Write SQL for the text of a value; empty text is no value, as it is in CSV."""
    if is_nested(source_type):
        return f"to_json({value})::varchar"
    return f"nullif({value}::varchar, '')"


def as_typed(column: Column, value: str, source_type: str) -> str:
    """Write SQL for the value of a column, NULL where it cannot be cast."""
    if not is_text(source_type) and source_type.startswith(KIN.get(column.data_type, ())):
        return finite(f"try_cast({value} as {column.data_type})", column.data_type)
    text = as_text(value, source_type)
    match column.data_type:
        case "varchar":
            return text
        case "json":
            return f"try_cast(nullif({text}, 'null') as json)"
        case "integer" | "bigint":
            return integer(text, column.data_type)
        case "boolean":
            return boolean(text)
        case "timestamp":
            return timestamp(text)
        case "date":
            return date(text)
        case _:
            return finite(f"try_cast({text} as {column.data_type})", column.data_type)


def finite(value: str, data_type: str) -> str:
    """Write SQL that lets no infinity and no NaN through: sums would not survive them."""
    if data_type not in ("double", "timestamp", "date"):
        return value
    return f"case when isfinite({value}) then {value} end"


def boolean(text: str) -> str:
    """Write SQL for a boolean; a table with gaps makes 1.0 of what was true."""
    return (
        f"coalesce(try_cast({text} as boolean), case lower(trim({text})) "
        "when '1.0' then true when 'on' then true when 'true' then true when 'yes' then true "
        "when '0.0' then false when 'off' then false when 'false' then false "
        "when 'no' then false end)"
    )


def integer(text: str, data_type: str) -> str:
    """Write SQL for a whole number; DuckDB alone would round 3.7 to 4."""
    return (
        f"case when regexp_full_match({text}, '{WHOLE_NUMBER}') "
        f"and try_cast({text} as decimal(38, 9)) % 1 = 0 "
        f"then try_cast({text} as {data_type}) end"
    )


def timestamp(text: str) -> str:
    """Write SQL for a UTC time: ISO 8601, or seconds or milliseconds since 1970.

    A cast to TIMESTAMP drops an offset, so only a text that ends in Z takes that short way. The
    words epoch and infinity, which DuckDB takes for times, are none, and neither is a day or an
    offset that no calendar has: 30 February, which ``strptime`` reads as 2 March, or +99:99.
    """
    plain = f"try_cast({text} as timestamp)"
    zoned = f"try_cast({text} as timestamptz)"
    formats = ", ".join(f"'{form}'" for form in LESS_COMMON_TIMES)
    return (
        f"case when suffix({text}, 'Z') and isfinite({plain}) then {plain} "
        f"when regexp_full_match({text}, '\\d{{10}}') "
        f"then make_timestamp(try_cast({text} as bigint) * 1000000) "
        f"when regexp_full_match({text}, '\\d{{13}}') "
        f"then make_timestamp_ms(try_cast({text} as bigint)) "
        f"when not {_is_possible(text)} then null "
        f"when {zoned} is not null then make_timestamp(epoch_us({zoned})) "
        f"else try_strptime(regexp_replace(upper({text}), 'Z$', '+00:00'), [{formats}])"
        "::timestamp end"
    )


def _is_possible(text: str) -> str:
    """Write SQL that tells whether a time names a day and an offset that there are."""
    day = f"regexp_replace({text}, '{YEAR_MONTH_DAY}', '\\1-\\2-\\3')"
    return (
        f"(regexp_matches({text}, '{YEAR_MONTH_DAY}') and try_cast({day} as date) is not null "
        f"and (not regexp_matches({text}, '{AN_OFFSET}') "
        f"or regexp_matches({text}, '{AN_OFFSET}{ITS_HOURS}')))"
    )


def date(text: str) -> str:
    """Write SQL for a day; of a time it is the UTC day."""
    return (
        f"case when regexp_full_match({text}, '{PLAIN_DATE}') then try_cast({text} as date) "
        f"else ({timestamp(text)})::date end"
    )


def lacks_zone(text: str) -> str:
    """Write SQL that tells whether the text of a time names no time zone."""
    return (
        f"case when {text} is null or suffix({text}, 'Z') then false "
        f"when regexp_full_match({text}, '\\d{{10}}|\\d{{13}}') then false "
        f"else regexp_full_match({text}, '{NO_ZONE}') end"
    )
