"""SQL that turns the text of a time into a UTC time, or into NULL where it cannot be one only.

Read is what can mean one moment only. Not read are days whose order nobody told (03/04/2026), the
letters of zones that several countries use (BST, CST, IST), numbers that a spreadsheet has
shortened (1.7619E+12), and counts that are a day and its hour as well (2026030410). What is not
here: other types, which ``casts`` reads.
"""

# Minutes are enough for ISO 8601, and so is the basic form without punctuation.
OF_TWELVE_HOURS = ("%Y-%m-%d %I:%M:%S %p%z", "%Y-%m-%d %I:%M %p%z")
LESS_COMMON_TIMES = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%d %H:%M%z",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %I:%M %p",
    *OF_TWELVE_HOURS,
    "%Y%m%dT%H%M%S%z",
    "%Y%m%d",
)
# The clocks of the world are between 12 hours behind UTC and 14 before it; DuckDB takes 99:99.
AN_OFFSET = r"(:\d\d|[T ]\d\d|T\d{6})([.,]\d+)?(\s?[AaPp][Mm])?\s*[+-]"
ITS_HOURS = r"((0?\d|1[0-3])(:?[0-5]\d){0,2}|14(:?00){0,2})\s*$"
# Without signs between them a day has eight digits: 2026123 could be two days.
YEAR_MONTH_DAY = r"^\s*(\d{4})(?:-(\d\d?)-(\d\d?)|(\d\d)(\d\d)).*$"
DAYS = r"\d{4}-\d\d?-\d\d?|\d{8}|\d{4}/\d\d?/\d\d?|\d\d?[.]\d\d?[.]\d{4}|\d{14}"
DAYS += r"|\d\d?[ /-][A-Za-z]{3,9}[.]?[ /-]\d{4}|[A-Za-z]{3,9}[.]? \d\d?,? \d{4}"
NO_ZONE = rf"\s*((Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[.]?,? )?({DAYS})"
NO_ZONE += r"(,?[T ]\d\d?:\d\d(:\d\d([.,]\d+)?)?( ?[AaPp][Mm])?)?\s*"
PLAIN_DATE = r"\s*\d{4}-\d\d?-\d\d?\s*"
# Seconds, thousandths, millionths or billionths of them since 1970; with an exponent only where
# all digits are there.
SINCE_1970 = r"\s*((\d{10}|\d{13}|\d{16}|\d{19})([.]\d*)?|\d[.]\d{9,}[eE][+]?\d\d?)\s*"
# 2026030410 is a day and its hour as well as a moment of 2034.
DAY_AND_HOUR = (
    r"\s*20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])(\d{3}|\d{6}|\d{9})?([.]\d*)?\s*"
)
UNITS_SINCE_1970 = {10**9: "* 1000000", 10**12: "* 1000", 10**15: "", 10**18: "/ 1000"}
# Cast beside other texts, the engine gives those without an offset the zone of the row before them.
NAMED_ZONE = r"[A-Za-z]/[A-Za-z][A-Za-z_/+-]*\d*\s*$"
# The engine would take letters for a place and its hour of summer, and BST for Bangladesh.
LETTERS_OF_ZONE = r"[\d ] ?([A-Za-z]{3,5})\s*$"
HOURS_OF_ZONE = {
    "UTC": "+00", "GMT": "+00", "WET": "+00", "WEST": "+01", "CET": "+01", "CEST": "+02",
    "MEZ": "+01", "MESZ": "+02", "EET": "+02", "EEST": "+03", "MSK": "+03", "JST": "+09",
    "KST": "+09", "AEST": "+10", "AEDT": "+11", "NZST": "+12", "NZDT": "+13", "EST": "-05",
    "EDT": "-04", "CDT": "-05", "MST": "-07", "MDT": "-06", "PST": "-08", "PDT": "-07",
}  # fmt: skip
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAY = r"^\s*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[.]?,? )?"
DAY_OF_MONTH = _WEEKDAY + r"(\d\d?)[ /-]([A-Za-z]{3})[a-z]*[.]?[ /-](\d{4})(?:,? |:|$)"
MONTH_AND_DAY = _WEEKDAY + r"([A-Za-z]{3})[a-z]*[.]? (\d\d?),? (\d{4})(?:,? |$)"
# How else the same is written, each replaced by how it is usually.
REWRITTEN = (
    (r"^\s*(\d{4})/(\d\d?)/(\d\d?)", r"\1-\2-\3"),
    (r"^\s*(\d\d?)[.](\d\d?)[.](\d{4})", r"\3-\2-\1"),
    (r"^\s*(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\s*$", r"\1-\2-\3 \4:\5:\6"),
    (r"(:\d\d),(\d+)", r"\1.\2"),
    # A leap second is told as the last one of its day, so that no day is another.
    (r"(:59):60([.]\d+)?", r"\1:59"),
    (r"(Z|[+-]\d\d:?\d\d)\[[^\]]*\]\s*$", r"\1"),
    (r"\[([A-Za-z_]+/[A-Za-z_/]+)\]\s*$", r" \1"),
    # GMT+2 of Google Forms; the engine knows nine groups, so \10 is the first and a zero.
    (r"(?:GMT|UTC)([+-])(\d)(:\d\d)?\s*$", r"\10\2\3"),
    (r"\s+(?:GMT|UTC)?([+-]\d\d(?::?\d\d)?)(?: [A-Z]{3,4}| \([^)]*\))?\s*$", r"\1"),
    (r"\s+(Z?)\s*$", r"\1"),
)


def timestamp(text: str) -> str:
    """Write SQL for a UTC time: ISO 8601, a count since 1970, or another form without a doubt.

    A cast to TIMESTAMP drops an offset, so only a text that ends in Z takes that short way. The
    words epoch and infinity, which DuckDB takes for times, are none, and neither is a day or an
    offset that no calendar has: 30 February, which ``strptime`` reads as 2 March, or +99:99.
    """
    read = at_once(text, "timestamp")
    return f"coalesce({read}, {less_common(f'[{text}]')}[1])"


def at_once(text: str, data_type: str) -> str:
    """Write SQL for what a cast alone reads, else NULL.

    Args:
        text: SQL for the text of a time.
        data_type: ``timestamp``, or ``date``: of a time it is the UTC day.

    """
    plain = f"try_cast({text} as timestamp)"
    told = f"when suffix({text}, 'Z') and isfinite({plain}) then {plain}"
    if data_type == "date":
        day = f"when regexp_full_match({text}, '{PLAIN_DATE}') then try_cast({text} as date)"
        return f"case {day} {told}::date end"
    return f"case {told} end"


def less_common(texts: str) -> str:
    """Write SQL for the UTC times of a list of texts that no cast alone reads."""
    rewritten = f"list_transform([{_rewritten('told')}], lambda written: {_usual('written')})[1]"
    read = f"case when told is not null then coalesce({_usual('told')}, {rewritten}) end"
    return f"list_transform({texts}, lambda told: {read})"


def lacks_zone(text: str) -> str:
    """Write SQL that tells whether the text of a time names no time zone."""
    return (
        f"case when {text} is null or suffix({text}, 'Z') then false "
        f"when regexp_full_match({text}, '\\d{{10}}|\\d{{13}}') then false "
        f"else regexp_full_match({text}, '{NO_ZONE}') end"
    )


def _usual(text: str) -> str:
    plain = f"try_cast({text} as timestamp)"
    zoned = f"try_cast({text} as timestamptz)"
    formats = ", ".join(f"'{form}'" for form in LESS_COMMON_TIMES)
    return (
        f"case when suffix({text}, 'Z') and isfinite({plain}) then {plain} "
        f"when regexp_full_match({text}, '{SINCE_1970}') then {_since_1970(text)} "
        f"when not {_is_possible(text)} then null "
        f"when regexp_matches({text}, '{LETTERS_OF_ZONE}') then {_lettered(text)} "
        f"when regexp_matches({text}, '{NAMED_ZONE}') then {_in_named_zone(text)} "
        f"when {zoned} is not null then make_timestamp(epoch_us({zoned})) "
        f"else try_strptime(regexp_replace(upper({text}), 'Z$', '+00:00'), [{formats}])"
        "::timestamp end"
    )


def _since_1970(text: str) -> str:
    cases = " ".join(
        f"when count >= {least} and count < {least}0 "
        f"then make_timestamp(floor(count {factor})::bigint)"
        for least, factor in UNITS_SINCE_1970.items()
    )
    count = f"try_cast({text} as decimal(38, 9))"
    read = f"list_transform([{count}], lambda count: case {cases} end)[1]"
    return f"case when not regexp_full_match({text}, '{DAY_AND_HOUR}') then {read} end"


def _in_named_zone(text: str) -> str:
    with_seconds = rf"regexp_replace({text}, '([T ]\d\d?:\d\d)( ?[A-Za-z])', '\1:00\2')"
    return f"make_timestamp(epoch_us(try_cast({with_seconds} as timestamptz)))"


def _lettered(text: str) -> str:
    letters = f"upper(regexp_extract({text}, '{LETTERS_OF_ZONE}', 1))"
    hours = " ".join(f"when '{name}' then '{hours}'" for name, hours in HOURS_OF_ZONE.items())
    without = rf"regexp_replace({text}, ' ?[A-Za-z]{{3,5}}\s*$', '')"
    formats = ", ".join(f"'{form}'" for form in OF_TWELVE_HOURS)
    read = f"coalesce(try_cast(zoned as timestamptz), try_strptime(zoned, [{formats}]))"
    zoned = f"list_transform([{without} || case {letters} {hours} end], lambda zoned: {read})[1]"
    return f"make_timestamp(epoch_us({zoned}))"


def _rewritten(text: str) -> str:
    day, month, year, rest = _parts(text, DAY_OF_MONTH, 1, 2)
    written = f"case when regexp_matches({text}, '{DAY_OF_MONTH}') then {year}{month}{day}{rest} "
    day, month, year, rest = _parts(text, MONTH_AND_DAY, 2, 1)
    written += f"when regexp_matches({text}, '{MONTH_AND_DAY}') then {year}{month}{day}{rest} "
    written += f"else {text} end"
    for pattern, replacement in REWRITTEN:
        written = f"regexp_replace({written}, '{pattern}', '{replacement}')"
    return written


def _parts(text: str, pattern: str, day: int, month: int) -> tuple[str, str, str, str]:
    """Write SQL for day, month, year and what follows, to be put behind each other."""
    months = ", ".join(f"'{name}'" for name in MONTHS)
    name = f"lower(regexp_extract({text}, '{pattern}', {month}))"
    return (
        f"regexp_extract({text}, '{pattern}', {day})",
        f"list_position([{months}], {name})::varchar || '-' || ",
        f"regexp_extract({text}, '{pattern}', 3) || '-' || ",
        f" || ' ' || regexp_replace({text}, '{pattern}', '')",
    )


def _is_possible(text: str) -> str:
    """Write SQL that tells whether a time names a day and an offset that there are."""
    day = f"regexp_replace({text}, '{YEAR_MONTH_DAY}', '\\1-\\2\\4-\\3\\5')"
    return (
        f"(regexp_matches({text}, '{YEAR_MONTH_DAY}') and try_cast({day} as date) is not null "
        f"and (not regexp_matches({text}, '{AN_OFFSET}') "
        f"or regexp_matches({text}, '{AN_OFFSET}{ITS_HOURS}')))"
    )
