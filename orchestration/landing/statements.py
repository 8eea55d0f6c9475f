"""The SQL that reads a batch of files into one typed temporary table.

Each line is parsed once. It ends with typed columns, with ``_extra`` for what they could not
hold, and with a ``_reason`` if it is refused. What is not here: where the rows go from there,
which ``load`` decides.
"""

from orchestration.landing.casts import as_text, as_typed, is_kin, is_text, told
from orchestration.landing.contract import NOT_OF_TYPE, TYPES, Column, SourceTable
from orchestration.landing.deletions import may_tell
from orchestration.landing.no_rows import TOTAL_BEGINS
from orchestration.landing.readings import Reading
from orchestration.landing.sql_texts import literal, quoted
from orchestration.landing.thousands import has_points, may_be_refused, shows_commas
from orchestration.landing.times import lacks_zone, less_common
from orchestration.landing.understanding import (
    OUTSIDE_ITS_RANGE,
    OUTSIDE_ITS_YEARS,
    column_bits,
    understood_steps,
)

SHOWN_OF_A_VALUE = 80


def batch_statement(
    table: SourceTable,
    reading: Reading,
    into: str = "create or replace temp table landing_batch as",
) -> str:
    """Write the statement that fills the temporary table with the typed lines of a batch."""
    typed = "".join(
        f"{_typed(column, reading)} as {quoted(column.name)}, " for column in table.columns
    )
    names = "".join(f"{quoted(name)}, " for name in table.column_names)
    return f"""
        {into}
        with landed as ({reading.relation}),
        cast_alone as (
            select
                {typed} landed.* {"" if reading.again.startswith("null") else "exclude (_again)"},
                {may_tell("_unknown")} as _may_tell,
                {_suspect(table, reading)} as _suspect,
                {shows_commas(table, reading)} as _commas,
                {has_points(table, reading)} as _points,
                {reading.again} as _again
            from landed
        ),
        {_with_less_common_times(table, reading)},
        {understood_steps(table)},
        judged as (
            select *, {_reason(table, reading)} as _reason from understood
        )
        select
            {names} _file_number, _line, _reason,
            case when _reason is null then {_extra(table, reading)} end as _extra,
            case when _reason is null then {_no_zone(table, reading)} end as _no_zone,
            _outside, _cleaned, _placeholder, _commas, _points, 0::hugeint as _thousands,
            case
                when _reason is not null or {may_be_refused(table)} or _suspect is not null
                    or _again is not null
                    or {reading.may_be_bare}
                then {reading.text}
            end as _text,
            false as _is_deleted, _may_tell, _suspect, _again,
            null::varchar[] as _twice, {reading.may_be_bare} as _bare
        from judged
    """


def no_zone_bits(table: SourceTable) -> dict[str, int]:
    """Give every timestamp column its bit in ``_no_zone``."""
    times = [column.name for column in table.columns if column.data_type == "timestamp"]
    return {name: 1 << place for place, name in enumerate(times)}


def _value(column: Column) -> str:
    return f"_record.{quoted(column.name)}"


def _typed(column: Column, reading: Reading) -> str:
    if column.name not in reading.types:
        return f"null::{column.data_type}"
    return as_typed(column, _value(column), reading.types[column.name])


def _with_less_common_times(table: SourceTable, reading: Reading) -> str:
    """Write the steps ``listed`` and ``typed``: the times of ``cast_alone`` that no cast reads.

    The many ways of writing a time stand once in a statement and not once a column, as DuckDB
    reads each of them before the first row.
    """
    texts = _texts_of_times(table, reading)
    if not texts:
        return "typed as (select * from cast_alone)"
    left = {name: f"{quoted(name)} is null and {text} is not null" for name, text in texts.items()}
    listed = ", ".join(f"case when {left[name]} then {text} end" for name, text in texts.items())
    read = ", ".join(
        f"coalesce({quoted(column.name)}, _times[{place}]::{column.data_type}) "
        f"as {quoted(column.name)}"
        for place, column in enumerate(
            (column for column in table.columns if column.name in texts), start=1
        )
    )
    return f"""
        listed as (
            select *, case when {" or ".join(left.values())}
                then {less_common(f"[{listed}]")} end as _times
            from cast_alone
        ),
        typed as (select * exclude (_times) replace ({read}) from listed)
    """


def _texts_of_times(table: SourceTable, reading: Reading) -> dict[str, str]:
    """Return SQL for the texts of the times of a row, by column."""
    return {
        column.name: _text_of(column, reading)
        for column in table.columns
        if column.data_type in ("timestamp", "date")
        and column.name in reading.types
        and not is_kin(column, reading.types[column.name])
    }


def _text(column: Column, reading: Reading) -> str:
    return told(column, _text_of(column, reading))


def _text_of(column: Column, reading: Reading) -> str:
    return as_text(_value(column), reading.types[column.name])


def _reason(table: SourceTable, reading: Reading) -> str:
    tests = ["when _problem is not null then _problem"]
    for column in table.columns:
        if column.required:
            missing = f"required column {column.name} is missing"
            reason = _failed(table, column, missing, reading)
            tests.append(f"when {quoted(column.name)} is null then {reason}")
        elif column.must_be_read and column.name in reading.types:
            tests.append(_unreadable(table, column, reading))
    tests += [f"when ({r.condition}) then {literal(r.reason)}" for r in table.refuse_when]
    return f"case {' '.join(tests)} end"


def _suspect(table: SourceTable, reading: Reading) -> str:
    """Write SQL for the values of a row that may be no row, judged by its first required text."""
    for column in table.columns:
        if column.required and is_text(reading.types.get(column.name, "")):
            text = _text(column, reading)
            return (
                f"case when _record is not null and ({text} is null "
                f"or (length({text}) < {len(column.name) + 9} and regexp_replace(lower({text}), "
                f"'[^a-z0-9]+', '', 'g') = {literal(column.name.replace('_', '').lower())}) "
                f"or regexp_matches(lower(left({text}, 16)), '{TOTAL_BEGINS}')) "
                "then to_json(_record)::varchar end"
            )
    return "null::varchar"


def _unreadable(table: SourceTable, column: Column, reading: Reading) -> str:
    text, bit = _text(column, reading), column_bits(table)[column.name]
    said = literal(f'{column.name} is told and {NOT_OF_TYPE[column.data_type]}: "')
    return (
        f"when {quoted(column.name)} is null and {text} is not null and _outside & {bit} = 0 "
        f"then {said} || {_shown(text)} || '\"'"
    )


def _shown(text: str) -> str:
    longest = SHOWN_OF_A_VALUE
    return f"left({text}, {longest}) || if(length({text}) > {longest}, '…', '')"


def _failed(table: SourceTable, column: Column, missing: str, reading: Reading) -> str:
    if column.name not in reading.types:
        return literal(missing)
    text = _text(column, reading)
    wrong = literal(f'required column {column.name} is {_wrong(column)}: "')
    if column.is_time or column.is_bounded_number:
        outside = OUTSIDE_ITS_YEARS if column.is_time else OUTSIDE_ITS_RANGE
        outside = literal(f'required column {column.name} is {outside}: "')
        wrong = f"if(_outside & {column_bits(table)[column.name]} > 0, {outside}, {wrong})"
    return f"if({text} is null, {literal(missing)}, {wrong} || {_shown(text)} || '\"')"


def _wrong(column: Column) -> str:
    if column.is_identifier:
        return "a placeholder, an object, a list or a shortened number and names nothing"
    return f"not {TYPES[column.data_type]}"


def _extra(table: SourceTable, reading: Reading) -> str:
    texts = {
        column.name: _text(column, reading)
        for column in table.columns
        if not column.required and column.data_type != "varchar" and column.name in reading.types
    }
    if not texts:
        return "_unknown::json"
    bits = column_bits(table)
    lost = {
        n: f"({quoted(n)} is null and {text} is not null and _outside & {bits[n]} = 0)"
        for n, text in texts.items()
    }
    kept = ", ".join(
        f"{literal(name)}, case when {lost[name]} then {text} end" for name, text in texts.items()
    )
    return f"""case
        when {" or ".join(lost.values())}
        then json_merge_patch(
            coalesce(_unknown::json, '{{}}'), json_merge_patch('{{}}', json_object({kept}))
        )
        else _unknown::json
    end"""


def _no_zone(table: SourceTable, reading: Reading) -> str:
    bits = [
        f"if({quoted(column.name)} is not null and {lacks_zone(_text_of(column, reading))}, "
        f"{no_zone_bits(table)[column.name]}, 0)"
        for column in table.columns
        if column.data_type == "timestamp" and is_text(reading.types.get(column.name, ""))
    ]
    return " + ".join(bits) or "0"
