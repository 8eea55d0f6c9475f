"""Columns by which a source says that it has deleted a row, read from what no contract names.

Connectors and applications add them to any table, so they belong to every contract, and end in
one column: ``_is_deleted``. A table whose own contract names such a column keeps it to itself.
What is not here: what becomes of a deleted row, which is staging's.
"""

import re

from orchestration.landing.casts import NO as SAYS_NO
from orchestration.landing.casts import YES as SAYS_YES

# Fivetran, Airbyte, Singer, Debezium, PeerDB and Hevo, and what applications call it themselves;
# with capitals, blanks or hyphens as spreadsheets and warehouses write them.
NAMES = (
    "deleted",
    "is_deleted",
    "deleted_at",
    "deleted_on",
    "date_deleted",
    "archived",
    "is_archived",
    "archived_at",
    "fivetran_deleted",
    "ab_cdc_deleted_at",
    "sdc_deleted_at",
    "peerdb_is_deleted",
    "hevo_marked_deleted",
)
NOT_UNDERSTOOD = "tells neither that the row is deleted nor that it is not, kept as text in _extra"
# Some key of the text may be one of them; cheap, as it is asked of every row with unknown columns.
HINT = "(?i)delet|archiv"
NO = (
    rf"(?i)\s*({'|'.join(map(re.escape, SAYS_NO))}|f|n|null|none|nil|nan|nat|undefined|n/a|-|active"
    r"|[+-]?0*([.]0*)?"
    # Times that stand for no time: the zero times of programs and spreadsheets, and
    # the end of time.
    r"|(0000|0001|1899|1900|9999)[/.-]?\d\d?[/.-]?\d\d?([ T].*)?"
    r"|(1970-?01-?01|1969-?12-?31)([ T].*)?)\s*"
)
# A spreadsheet marks a row with an x.
YES = rf"(?i)\s*({'|'.join(map(re.escape, SAYS_YES))}|t|y|x|deleted|archived"
YES += r"|[^{\[]*[1-9].*)\s*"


def name_pattern() -> str:
    """Return the regular expression of the names that say so, however they are written."""
    names = "|".join(name.replace("_", "[ _-]*") for name in NAMES)
    return f"(?i)[ _]*({names})[ _]*"


def may_tell(unknown: str) -> str:
    """Write SQL that is false for rows of which no unknown column can say it; hardly any cost."""
    return (
        f"case when {unknown} is null then false "
        f"else regexp_matches({unknown}::varchar, '{HINT}') end"
    )


def deletions(unknown: str) -> str:
    """Write SQL for the columns in a JSON object of unknown ones that say it: a list of structs.

    Each has its ``name`` and what it ``says``, NULL where that cannot be told. The list is NULL
    for most rows, at hardly any cost.
    """
    pointer = "'/' || replace(replace(key, '~', '~0'), '/', '~1')"
    says = (
        f"case when told is null or regexp_full_match(told, '{NO}') then false "
        f"when regexp_full_match(told, '{YES}') then true end"
    )
    keys = (
        f"list_filter(json_keys({unknown}), lambda key: regexp_full_match(key, '{name_pattern()}'))"
    )
    told = f"lambda key: struct_pack(name := key, told := {unknown} ->> ({pointer}))"
    return (
        f"case when {may_tell(unknown)} then list_transform(list_transform({keys}, {told}), "
        "lambda entry: struct_pack(name := entry.name, "
        f"says := {says.replace('told', 'entry.told')})) end"
    )


def is_deleted(found: str) -> str:
    """Write SQL that tells whether any of the found columns says that the row is deleted."""
    return f"coalesce(list_bool_or(list_transform({found}, lambda entry: entry.says)), false)"


def others(unknown: str, found: str) -> str:
    """Write SQL for the unknown columns without those that were understood to say it."""
    understood = f"list_filter({found}, lambda entry: entry.says is not null)"
    names = f"list_transform({understood}, lambda entry: entry.name)"
    nulls = f"list_transform({understood}, lambda entry: null::varchar)"
    return (
        f"case when {found} is null then {unknown}::json else "
        f"nullif(json_merge_patch({unknown}, to_json(map({names}, {nulls}))), '{{}}') end"
    )
