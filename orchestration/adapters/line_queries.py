"""SQL that takes the lines of a vendor's files apart: into the columns its adapter names, as text.

What is not here: the reading of files and what becomes of the rows, which ``vendor_rows`` knows.
"""

import json
from collections.abc import Mapping, Sequence

from orchestration.adapters.columns import WRAPPED
from orchestration.adapters.definition import VendorTable
from orchestration.adapters.extraction_order import EXTRACTED, in_a_text
from orchestration.landing.batches import Batch
from orchestration.landing.casts import KIN, LONGEST_NULL, NULLS, as_text
from orchestration.landing.column_names import own_names
from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.no_rows import HEADER_AGAIN
from orchestration.landing.parquet import AS_WRITTEN, pattern, problem_of_bytes
from orchestration.landing.sql_texts import literal, pointer, quoted

LINES = "landing_lines"
# How pandas writes as a text that nothing is.
NONE_OF_PANDAS = "'nan', 'NaN', 'NaT', '<NA>'"
# Of keys that an object names more than once the last value holds, as in all that lands.
_LAST_OF_EACH = (
    "'{' || array_to_string(list_transform(list_distinct(_keys), lambda key: "
    "to_json(key)::varchar || ':' || coalesce(json_extract(_object, '$.*')["
    "len(_keys) - list_position(list_reverse(_keys), key) + 1]::varchar, 'null')), ',') || '}'"
)


def as_source_table(folder: str, table: VendorTable) -> SourceTable:
    """Describe a vendor's table to the loader's readers: text columns, none of them required."""
    names = dict.fromkeys((*table.read, WRAPPED, *EXTRACTED))
    columns = tuple(Column(name, "varchar") for name in names)
    return SourceTable(folder, table.name, table.name, columns)


def jsonl_query(table: VendorTable, usual: Mapping[int, Sequence[str]]) -> str:
    """Return the query over lines of JSON.

    Args:
        table: of the vendor.
        usual: lists of keys that many lines have, by their hash.
    """
    # Which keys stand there twice is asked of each list of keys that many lines have once.
    once = ", ".join(str(hashed) for hashed, keys in usual.items() if len({*keys}) == len(keys))
    fields = literal(json.dumps(dict.fromkeys(table.read, "VARCHAR")))
    inner = f"coalesce(_text ->> '$.{WRAPPED}', _text ->> '$.{WRAPPED.upper()}')"
    objects = f"""
        select *, case
            when _problem is not null or not json_valid(_text)
                or not regexp_matches(_text, '^\\s*[{{]') then null
            when not contains(_text, '"{WRAPPED}"')
                and not contains(_text, '"{WRAPPED.upper()}"') then _text
            when json_valid({inner}) then {inner}
            else _text
        end as _object
        from {LINES}
    """
    return f"""
        select _file_number, _line, _text,
            case
                when _problem is not null then _problem
                when _record is not null then null
                when json_valid(_text) then 'not a JSON object'
                else 'not valid JSON'
            end as _problem,
            coalesce(_is_twice, false) as _twice,
            case when _record is not null then {in_a_text("_text")} end as _extracted,
            {_of_record(table)}
        from (
            select *,
                case when _object is not null then json_transform(_object, {fields}) end as _record
            from (
                select * replace (case when _is_twice then {_LAST_OF_EACH} else _object end
                    as _object)
                from (
                    select *, case
                        when list_contains([{once}]::ubigint[], hash(_keys)) then false
                        else len(list_distinct(_keys)) < len(_keys)
                    end as _is_twice
                    from (
                        select *, case when _object is not null then json_keys(_object) end as _keys
                        from ({objects})
                    )
                )
            )
        )
    """


def csv_query(table: VendorTable) -> str:
    """Return the query over records of CSV."""
    wrapped = f"_record.{quoted(WRAPPED)}"
    columns = ", ".join(
        f"coalesce({_cell(c, table)}, case when {wrapped} is not null and json_valid({wrapped}) "
        f"then {_inside(wrapped, c, table)} end) as {quoted(table.in_sql(c))}"
        for c in table.read
    )
    problem = f"coalesce(_problem, case when {_is_header(table)} then {literal(HEADER_AGAIN)} end)"
    extracted = ", ".join(f"_record.{quoted(name)}" for name in EXTRACTED)
    return f"""
        select _file_number, _line, _text, {problem} as _problem, false as _twice,
            coalesce({extracted}) as _extracted, {columns}
        from {LINES}
    """


def _cell(column: str, table: VendorTable) -> str:
    """Read a cell; in CSV alone nothing has to be written as a word, which SQL would take for one.

    Where a person has chosen the columns, the loader reads those words, and counts some.
    """
    cell = f"_record.{quoted(column)}"
    if table.prefix:
        return cell
    is_word = f"regexp_full_match({cell}, '(?i:{NULLS})')"
    return f"case when length({cell}) > {LONGEST_NULL} or not {is_word} then {cell} end"


def _is_header(table: VendorTable) -> str:
    """Write SQL that tells whether a record says nothing but the names of columns."""
    told = {name: f"trim(_record.{quoted(name)})" for name in table.required}
    says_names = " and ".join(
        f"coalesce(lower({value}) = {literal(name.lower())}, true)" for name, value in told.items()
    )
    return f"coalesce({', '.join(told.values())}) is not null and {says_names}" if told else "false"


def parquet_query(batch: Batch, table: VendorTable) -> str:
    """Return the query over Parquet files."""
    paths = "[" + ", ".join(literal(str(file.path.absolute())) for file in batch.files) + "]"
    patterns = "[" + ", ".join(literal(pattern(file)) for file in batch.files) + "]"
    columns = ", ".join(
        f"{_of_parquet(column, table, batch.types)} as {quoted(table.in_sql(column))}"
        for column in table.read
    )
    read = (*table.read, WRAPPED, *EXTRACTED)
    times = [_of_parquet(name, table, batch.types) for name in EXTRACTED]
    own = {name for column in read if (name := _own_name(column, table, batch.types))}
    return f"""
        select (list_position({paths}, _vendor_file) - 1)::integer as _file_number,
            file_row_number + 1 as _line, {problem_of_bytes(own, batch.types)} as _problem,
            null::varchar as _text, false as _twice,
            coalesce({", ".join(times)}) as _extracted, {columns}
        from read_parquet(
            {patterns}, filename = '_vendor_file', file_row_number = true, {AS_WRITTEN}
        )
    """


def _of_record(table: VendorTable) -> str:
    told = {column: [_said(f"_record.{quoted(column)}", table)] for column in table.read}
    for column, spellings in table.spellings.items():
        told[column] += [_said(f"(_object ->> {pointer(name)})", table) for name in spellings]
    written = {column: f"coalesce({', '.join(values)})" for column, values in told.items()}
    for column in table.numbers:
        is_number = f"json_type(_object, {pointer(column)}) in ('DOUBLE', 'UBIGINT', 'BIGINT')"
        value = written[column]
        written[column] = f"case when {is_number} then {_with_a_zero(value)} else {value} end"
    return ", ".join(
        f"{value} as {quoted(table.in_sql(column))}" for column, value in written.items()
    )


def _of_parquet(column: str, table: VendorTable, types: Mapping[str, str]) -> str:
    own = _own_name(column, table, types)
    if own is not None:
        value = _said(_unquoted(own, types[own]), table)
        is_number = column in table.numbers and types[own].startswith(KIN["double"])
        return _with_a_zero(value) if is_number else value
    wrapped = next((name for name in types if name.lower() == WRAPPED), None)
    if wrapped is not None:
        return _inside(_unquoted(wrapped, types[wrapped]), column, table)
    return "null::varchar"


def _own_name(column: str, table: VendorTable, types: Mapping[str, str]) -> str | None:
    return own_names(as_source_table("", table), list(types)).get(column)


def _with_a_zero(value: str) -> str:
    """Write SQL for a number whose point can be none between thousands: 1.2340 for 1.234."""
    return rf"regexp_replace({value}, '^([+-]?\d{{1,3}}[.]\d{{3}})$', '\10')"


def _said(value: str, table: VendorTable) -> str:
    """Read a value that may be how a program writes that nothing is.

    Where a person has chosen the columns, the loader reads those words, and counts some.
    """
    words = "''" if table.prefix else f"'', {NONE_OF_PANDAS}"
    return f"case when {value} not in ({words}) then {value} end"


def _inside(text: str, column: str, table: VendorTable) -> str:
    """Read a column of a row that is one text of JSON, however it spells the column."""
    names = (column, *table.spellings.get(column, ()))
    values = (f"{text} ->> {pointer(name)}" for name in names)
    return f"coalesce({', '.join(values)})"


def _unquoted(name: str, data_type: str) -> str:
    # A text within JSON is what stands between its quotes.
    return f"({quoted(name)} ->> '$')" if data_type == "JSON" else as_text(quoted(name), data_type)
