"""The SQL that reads a batch of files into one typed temporary table.

Each line is parsed once. It ends with typed columns, with ``_extra`` for what they could not
hold, and with a ``_reason`` if it is refused. What is not here: where the rows go from there,
which ``load`` decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestration.landing.blocks import KEPT_OF_A_LONG_LINE
from orchestration.landing.casts import as_text, as_typed, is_text, lacks_zone
from orchestration.landing.contract import TYPES, Column, SourceTable
from orchestration.landing.deletions import deletions, is_deleted, others
from orchestration.landing.lines import TOO_LONG
from orchestration.landing.understanding import OUTSIDE_ITS_YEARS, column_bits, understood_steps

SHOWN_OF_A_VALUE = 80


@dataclass(frozen=True)
class Reading:
    """How the rows of one format are got at, before they are typed.

    Attributes:
        relation: SQL with _file_number, _line, _text, _problem, _record and _unknown.
        types: DuckDB type of each contract column inside ``_record``; absent ones have none.
        text: SQL for the text of a row, as quarantine keeps it.

    """

    relation: str
    types: Mapping[str, str]
    text: str = (
        f"case when _problem = '{TOO_LONG}' then left(_text, {KEPT_OF_A_LONG_LINE}) "
        r"else rtrim(_text, e'\r\n') end"
    )


def jsonl_reading(table: SourceTable, usual_keys: Mapping[int, Sequence[str]]) -> Reading:
    """Read lines of JSON from the relation ``landing_lines``.

    Args:
        table: whose columns are the keys to read.
        usual_keys: lists of keys that many lines have, by their hash; looking for unknown
            keys costs more than all the rest, so it is left out for lines with one of these
            if all its keys are known.
    """
    fields = ", ".join(
        f'"{column.name}":"{"JSON" if column.data_type == "json" else "VARCHAR"}"'
        for column in table.columns
    )
    known = set(table.column_names)
    hashes = [str(hashed) for hashed, keys in usual_keys.items() if known >= set(keys)]
    # `in` with many values becomes a join, for which DuckDB reads the keys of every line, broken
    # ones too.
    usual = f"list_contains([{', '.join(hashes)}], hash(json_keys(_text)))" if hashes else "false"
    without_known = ", ".join(f'"{name}":null' for name in table.column_names)
    # Only the branches of a case are safe from one another: DuckDB reorders filters, and within
    # an `or` too, and json_transform and json_keys stop the load at a line that is no JSON.
    relation = f"""
        select
            _file_number, _line, _text,
            case
                when _problem is not null then _problem
                when _record is not null then null
                when json_valid(_text) then 'not a JSON object'
                else 'not valid JSON'
            end as _problem,
            _record,
            case
                when _record is null then null
                when {usual} then null
                else nullif(json_merge_patch(_text, '{{{without_known}}}'), '{{}}')
            end as _unknown
        from (
            select *, case
                when _problem is null and json_valid(_text)
                    and regexp_matches(_text, '^\\s*[{{]')
                then json_transform(_text, '{{{fields}}}')
            end as _record
            from landing_lines
        )
    """
    types = {c.name: "JSON" if c.data_type == "json" else "VARCHAR" for c in table.columns}
    return Reading(relation, types)


def csv_reading(table: SourceTable) -> Reading:
    """Read records of text fields from the relation ``landing_lines``."""
    relation = """
        select * replace (
            case when _unknown is not null
            then nullif(json_merge_patch('{}', to_json(_unknown)), '{}') end as _unknown
        ) from landing_lines
    """
    return Reading(relation, dict.fromkeys(table.column_names, "VARCHAR"))


def batch_statement(table: SourceTable, reading: Reading) -> str:
    """Write the statement that fills the temporary table with the typed lines of a batch."""
    typed = "".join(
        f"{_typed(column, reading)} as {quoted(column.name)}, " for column in table.columns
    )
    names = "".join(f"{quoted(name)}, " for name in table.column_names)
    return f"""
        create or replace temp table landing_batch as
        with landed as ({reading.relation}),
        asked as (
            select *, {deletions("_unknown")} as _deletions from landed
        ),
        typed as (
            select {typed} {is_deleted("_deletions")} as _is_deleted,
            asked.* replace ({others("_unknown", "_deletions")} as _unknown) from asked
        ),
        {understood_steps(table)},
        judged as (
            select *, {_reason(table, reading)} as _reason from understood
        )
        select
            {names} _file_number, _line, _is_deleted, _reason,
            case when _reason is null then {_extra(table, reading)} end as _extra,
            case when _reason is null then {_no_zone(table, reading)} end as _no_zone,
            _outside, _cleaned, _placeholder,
            case when _reason is not null then {reading.text} end as _text
        from judged
    """


def no_zone_bits(table: SourceTable) -> dict[str, int]:
    """Give every timestamp column its bit in ``_no_zone``."""
    times = [column.name for column in table.columns if column.data_type == "timestamp"]
    return {name: 1 << place for place, name in enumerate(times)}


def quoted(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _value(column: Column) -> str:
    return f"_record.{quoted(column.name)}"


def _typed(column: Column, reading: Reading) -> str:
    if column.name not in reading.types:
        return f"null::{column.data_type}"
    return as_typed(column, _value(column), reading.types[column.name])


def _text(column: Column, reading: Reading) -> str:
    return as_text(_value(column), reading.types[column.name])


def _reason(table: SourceTable, reading: Reading) -> str:
    tests = ["when _problem is not null then _problem"]
    for column in table.columns:
        if column.required:
            missing = f"required column {column.name} is missing"
            reason = _failed(table, column, missing, reading)
            tests.append(f"when {quoted(column.name)} is null then {reason}")
    tests += [f"when ({r.condition}) then {literal(r.reason)}" for r in table.refuse_when]
    return f"case {' '.join(tests)} end"


def _failed(table: SourceTable, column: Column, missing: str, reading: Reading) -> str:
    if column.name not in reading.types:
        return literal(missing)
    text, longest = _text(column, reading), SHOWN_OF_A_VALUE
    wrong = literal(f'required column {column.name} is {_wrong(column)}: "')
    if column.is_time:
        years = literal(f'required column {column.name} is {OUTSIDE_ITS_YEARS}: "')
        wrong = f"if(_outside & {column_bits(table)[column.name]} > 0, {years}, {wrong})"
    shown = f"left({text}, {longest}) || if(length({text}) > {longest}, '…', '')"
    return f"if({text} is null, {literal(missing)}, {wrong} || {shown} || '\"')"


def _wrong(column: Column) -> str:
    if column.is_identifier:
        return "a placeholder and names nothing"
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
        f"if({lacks_zone(_text(column, reading))}, {no_zone_bits(table)[column.name]}, 0)"
        for column in table.columns
        if column.data_type == "timestamp" and is_text(reading.types.get(column.name, ""))
    ]
    return " + ".join(bits) or "0"
