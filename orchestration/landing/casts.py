"""SQL that turns the text of a value into its typed value, or into NULL where it cannot.

A new data type is an entry of ``contract.TYPES`` and a branch here. What is not here: what
happens to a value that cannot be cast, which ``statements`` decides.
"""

from orchestration.landing.contract import Column
from orchestration.landing.times import at_once

# 5.0 is what a table with gaps makes of 5; 1.000 may be a thousand, which nobody is to guess.
WHOLE_NUMBER = r"\s*[+-]?\d+([.]\d{0,2}|[.]\d{4,})?([eE][+-]?\d+)?\s*"
# Thousands in groups: a space or an apostrophe parts nothing else, and so do two commas or points.
_SPACE = r"[ \x{00A0}\x{202F}''\x{2019}]"
GROUPED_WHOLE = rf"\s*[+-]?\d{{1,3}}(({_SPACE}\d{{3}})+|(,\d{{3}}){{2,}}|([.]\d{{3}}){{2,}})\s*"
COMMA_NUMBER = rf"\s*[+-]?(\d+,(\d{{1,2}}|\d{{4,}})|\d{{1,3}}(({_SPACE}|[.])\d{{3}})+,\d+)\s*"
POINT_NUMBER = rf"{GROUPED_WHOLE}|\s*[+-]?\d{{1,3}}((,|{_SPACE})\d{{3}})+[.]\d+\s*"
# Also as spreadsheets say it in other languages.
YES = ("1.0", "on", "true", "yes", "wahr", "ja", "vrai", "oui", "vero", "verdadero", "verdadeiro")
YES += ("si", "sí", "sì", "sim", "waar")
NO = ("0.0", "off", "false", "no", "falsch", "nein", "faux", "non", "falso", "não", "nee", "onwaar")
# What stands where nothing is, in small letters.
NULLS = r"\\n|<?null>?|[(\[]null[)\]]|<na>|nan|nat|#n/a|undefined"
NULL_OF_TEXTS = "|none"
NULL_OF_OTHERS = "|none|nil|n/a|na|-+|0000-00-00([ t]00:00:00([.]0+)?)?z?"
LONGEST_NULL = 27
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
    if source_type == "BLOB":
        return f"nullif({text_of_bytes(value)}, '')"
    return f"nullif({value}::varchar, '')"


def text_of_bytes(value: str) -> str:
    """Write SQL for the text that bytes are in UTF-8; of other bytes for how DuckDB shows them."""
    return f"coalesce(try(decode({value})), {value}::varchar)"


def told(column: Column, text: str) -> str:
    """Write SQL for a text, NULL where it is how databases and programs write that nothing is.

    An identifier keeps it, as what names nobody is counted, and so does a value without which its
    line is refused by name; a text keeps NA, which is Namibia.
    """
    is_named_anyway = column.required and column.data_type != "varchar"
    if column.is_identifier or is_named_anyway or column.data_type == "json":
        return text
    words = NULLS
    if not column.has_words:
        words += NULL_OF_TEXTS if column.data_type == "varchar" else NULL_OF_OTHERS
    return (
        f"case when length({text}) > {LONGEST_NULL} "
        f"or not regexp_full_match({text}, '(?i:{words})') then {text} end"
    )


def is_kin(column: Column, source_type: str) -> bool:
    """Tell whether values of a DuckDB type are cast to that of a column without their text."""
    return not is_text(source_type) and source_type.startswith(KIN.get(column.data_type, ()))


def as_typed(column: Column, value: str, source_type: str) -> str:
    """Write SQL for the value of a column, NULL where it cannot be cast.

    Of times only what a cast alone reads; ``times.less_common`` reads the others.
    """
    if is_kin(column, source_type):
        return finite(f"try_cast({value} as {column.data_type})", column.data_type)
    # What is written where nothing is cannot be read as anything but a text.
    text = as_text(value, source_type)
    match column.data_type:
        case "varchar":
            return told(column, text)
        case "json":
            return f"try_cast(nullif({text}, 'null') as json)"
        case "integer" | "bigint":
            return integer(text, column.data_type)
        case "boolean":
            return boolean(text)
        case "timestamp" | "date":
            return at_once(text, column.data_type)
        case _:
            return finite(number(column, text), column.data_type)


def finite(value: str, data_type: str) -> str:
    """Write SQL that lets no infinity and no NaN through: sums would not survive them."""
    if data_type not in ("double", "timestamp", "date"):
        return value
    return f"case when isfinite({value}) then {value} end"


def boolean(text: str) -> str:
    """Write SQL for a boolean; a table with gaps makes 1.0 of what was true."""
    words = " ".join(f"when '{word}' then true" for word in YES)
    words += " " + " ".join(f"when '{word}' then false" for word in NO)
    return f"coalesce(try_cast({text} as boolean), case lower(trim({text})) {words} end)"


def integer(text: str, data_type: str) -> str:
    """Write SQL for a whole number; DuckDB alone would round 3.7 to 4."""
    return (
        f"case when regexp_full_match({text}, '{WHOLE_NUMBER}') "
        f"and try_cast({text} as decimal(38, 9)) % 1 = 0 "
        f"then try_cast({text} as {data_type}) "
        f"when regexp_full_match({text}, '{GROUPED_WHOLE}') "
        f"then try_cast(regexp_replace({text}, '[^0-9+-]', '', 'g') as {data_type}) end"
    )


def number(column: Column, text: str) -> str:
    """Write SQL for a number, also with a comma or groups where they can mean one thing only."""
    text = without_percent(column, text)
    with_point = rf"regexp_replace({text}, '[^0-9.+-]', '', 'g')"
    with_comma = rf"replace(regexp_replace({text}, '[^0-9,+-]', '', 'g'), ',', '.')"
    with_none = rf"regexp_replace({text}, '[^0-9+-]', '', 'g')"
    return (
        f"coalesce(try_cast({text} as {column.data_type}), try_cast("
        f"case when regexp_full_match({text}, '{COMMA_NUMBER}') then {with_comma} "
        f"when regexp_full_match({text}, '{GROUPED_WHOLE}') then {with_none} "
        f"when regexp_full_match({text}, '{POINT_NUMBER}') then {with_point} end "
        f"as {column.data_type}))"
    )


def without_percent(column: Column, text: str) -> str:
    """Write SQL for a text without the sign of percent, in a column that is told in percent."""
    if not column.name.endswith("_pct"):
        return text
    return rf"regexp_replace({text}, '\s*%\s*$', '')"
