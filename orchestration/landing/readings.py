"""How the rows of each text format are got at, as SQL over the relation ``landing_lines``.

Each line is parsed once. What is not here: types and reasons, which ``statements`` gives them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orchestration.landing.blocks import KEPT_OF_A_LONG_LINE
from orchestration.landing.column_names import folded_name, own_names
from orchestration.landing.contract import SourceTable
from orchestration.landing.lines import TOO_LONG
from orchestration.landing.sql_texts import literal, quoted

# Columns and keys beside them that lines are asked for by name.
MOST_FIELDS = 200
# DuckDB takes it for JSON; a text may look so too, which the second look finds out.
BARE_NUMBER = r"(?i)[:,\[]\s*-?(nan|inf|infinity)\s*[,}\]]"


@dataclass(frozen=True)
class Reading:
    """How the rows of one format are got at, before they are typed.

    Attributes:
        relation: SQL with _file_number, _line, _text, _problem, _record and _unknown.
        types: DuckDB type of each contract column inside ``_record``; absent ones have none.
        text: SQL for the text of a row, as quarantine keeps it.
        again: SQL for the keys of a row that has one more than once, or writes a column in another
            way than the contract, else NULL.
        may_be_bare: SQL that tells whether a row may hold NaN or Infinity without quotes.
        quotes_texts: in the text of a row a text stands between quotes, and a number does not.

    """

    relation: str
    types: Mapping[str, str]
    text: str = (
        f"case when _problem = '{TOO_LONG}' then left(_text, {KEPT_OF_A_LONG_LINE}) "
        r"else rtrim(_text, e'\r\n') end"
    )
    again: str = "null::varchar[]"
    may_be_bare: str = "false"
    quotes_texts: bool = False


def jsonl_reading(table: SourceTable, usual_keys: Mapping[int, Sequence[str]]) -> Reading:
    """Read lines of JSON from the relation ``landing_lines``.

    Args:
        table: whose columns are the keys to read.
        usual_keys: lists of keys that many lines have, by their hash; looking for unknown
            keys costs more than all the rest, so lines with one of these are asked for its
            own unknown keys only, if it has any; and for a key that stands there twice, or writes
            a column in another way, not at all, if none does.
    """
    known = set(table.column_names)
    once = {hashed: keys for hashed, keys in usual_keys.items() if len(keys) == len(set(keys))}
    plain = {hashed: keys for hashed, keys in once.items() if not renamed(table, keys)}
    usual = [hashed for hashed, keys in plain.items() if known >= set(keys)]
    extra = _extra_keys(table, plain.values())
    asked = known | set(extra)
    expected = [hashed for hashed, keys in plain.items() if extra and asked >= set(keys)]
    types = {c.name: "JSON" if c.data_type == "json" else "VARCHAR" for c in table.columns}
    fields = literal(json.dumps(types | dict.fromkeys(extra, "JSON"), ensure_ascii=False))
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
                when _record is null or {_is_among(usual)} then null
                when {_is_among(expected)} and not contains(_text, 'null') then {_object_of(extra)}
                else nullif(json_merge_patch(_text, '{{{without_known}}}'), '{{}}')
            end as _unknown,
            _record is not null and {_may_hold_bare_numbers("_text")} as _may_be_bare,
            case
                when _record is null or {_is_among(plain)} then null
                when len(list_distinct(_keys)) < len(_keys) or {_may_be_renamed(table)} then _keys
            end as _again
        from (
            select *, hash(_keys) as _shape
            from (select *, case when _record is not null then json_keys(_text) end as _keys
                from (
                    select *, case
                        when _problem is null and json_valid(_text)
                            and regexp_matches(_text, '^\\s*[{{]')
                        then json_transform(_text, {fields})
                    end as _record
                    from landing_lines
                )
            )
        )
    """
    return Reading(relation, types, again="_again", may_be_bare="_may_be_bare", quotes_texts=True)


def renamed(table: SourceTable, keys: Sequence[str]) -> dict[str, str]:
    """Return the keys that write a column in another way than the contract, with the column."""
    found = own_names(table, list(dict.fromkeys(keys)))
    return {written: column for column, written in found.items() if written != column}


def _may_be_renamed(table: SourceTable) -> str:
    """Write SQL that is true for keys of which one is another spelling of a column."""
    names = ", ".join(f"'{name}'" for name in table.column_names)
    folded = ", ".join(f"'{folded_name(name)}'" for name in table.column_names)
    return (
        f"list_has_any([{folded}], list_transform(list_filter(_keys, "
        f"lambda key: not list_contains([{names}], key)), "
        r"lambda key: regexp_replace(lower(key), '[^\p{L}\p{N}]+', '', 'g')))"
    )


def _extra_keys(table: SourceTable, lists: Iterable[Sequence[str]]) -> list[str]:
    """Return the keys that are no columns, as far as a struct can have them all beside those."""
    found = {name.lower(): name for name in table.column_names}
    for key in (key for keys in lists for key in keys if key.isprintable() and key):
        if len(found) < MOST_FIELDS:
            found.setdefault(key.lower(), key)
    return list(found.values())[len(table.column_names) :]


def _object_of(keys: Iterable[str]) -> str:
    """Write SQL for the JSON object of these keys, without those that a line does not have."""
    written = ", ".join(
        f"{literal(json.dumps(key, ensure_ascii=False) + ':')} || _record.{quoted(key)}"
        for key in keys
    )
    return f"'{{' || concat_ws(',', {written or 'null'}) || '}}'"


def _is_among(hashes: Iterable[int]) -> str:
    """Write SQL that tells whether the keys of a line are one of the lists of these hashes."""
    # `in` with many values becomes a join, for which DuckDB reads the keys of every line, broken
    # ones too.
    listed = ", ".join(map(str, hashes))
    return f"list_contains([{listed}], _shape)" if listed else "false"


def _may_hold_bare_numbers(text: str) -> str:
    """Write SQL that is true for a JSON text that may hold NaN or Infinity without quotes."""
    words = ("NaN", "nan", "NAN", "Inf", "inf", "INF")
    looks = " or ".join(f"contains({text}, '{word}')" for word in words)
    return f"case when {looks} then regexp_matches({text}, '{BARE_NUMBER}') else false end"


def csv_reading(table: SourceTable) -> Reading:
    """Read records of text fields from the relation ``landing_lines``."""
    relation = """
        select * replace (
            case when _unknown is not null
            then nullif(json_merge_patch('{}', to_json(_unknown)), '{}') end as _unknown
        ) from landing_lines
    """
    return Reading(relation, dict.fromkeys(table.column_names, "VARCHAR"))
