"""Which accounts each system names, and whether the CRM knows them: by key, by domain, or not.

The rule is that of the warehouse, for the names of today: the account that ``crm/account_keys``
says, else the CRM's own name, else the one account that has the same domain, else nothing. A name
of the CRM's own that was merged into another account means that one. Nothing is matched by
likeness, nor by the domain of a provider of mail.
What is not here: what becomes of an account that is not matched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from orchestration.landing.contract import SourceTable
from orchestration.landing.sql_texts import literal, quoted

HUBS = ("crm/accounts", "crm/account_keys")
DBT_PROJECT = Path(__file__).parents[2] / "dbt_project" / "dbt_project.yml"
LOOKUPS = """
create or replace temp macro plain_domain(said) as
    case when regexp_replace(lower(trim(said)), '^(https?://)?(www[.])?', '') not in {public}
        then regexp_replace(lower(trim(said)), '^(https?://)?(www[.])?', '') end;
create or replace temp view keys as
    select system, foreign_key, account_id, plain_domain(domain) as domain,
        _file || ' line ' || _line as place
    from raw.crm_account_keys
    qualify row_number() over (
        partition by system, foreign_key, account_id, valid_from order by _file desc, _line desc
    ) = 1 and valid_to is null;
create or replace temp view accounts as
    with own as (
        select distinct account_id, plain_domain(domain) as domain from raw.crm_accounts
        where account_id is not null and not coalesce(_is_deleted, false)
    )
    select account_id as name, account_id, domain from own
    union
    select keys.foreign_key, own.account_id, null
    from keys inner join own on lower(own.account_id) = lower(keys.account_id)
    where keys.system in (select split_part(_file, '/', 1) from raw.crm_accounts)
"""


@dataclass(frozen=True)
class Matched:
    """How many accounts a system names in a table; the four add up to all of them.

    Attributes:
        system: folder of the files.
        table: landing table.
        by_key: the CRM has the name, or ``crm/account_keys`` says whose it is.
        by_domain: one account alone has the domain.
        ambiguous: more than one account could be meant.
        unmatched: none is.
        example: file and line of the first that is not matched; None where all are.

    """

    system: str
    table: str
    by_key: int
    by_domain: int
    ambiguous: int
    unmatched: int
    example: str | None

    @property
    def total(self) -> int:
        """Return the number of accounts that the table names."""
        return self.by_key + self.by_domain + self.ambiguous + self.unmatched


def matched_accounts(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable]
) -> list[Matched]:
    """Match the accounts of every table that names some with those of the CRM."""
    connection.execute(_lookups())
    found = []
    for table in tables:
        if table.folder in HUBS or "account_id" not in table.column_names:
            continue
        rows = connection.execute(f"""
            with named as (
                select split_part(_file, '/', 1) as system, account_id,
                    min_by(_file || ' line ' || _line, (_file, _line)) as place
                from raw.{quoted(table.identifier)} where account_id is not null group by all
            ),
            candidates as (
                select named.system, named.account_id, 1 as step, accounts.account_id as candidate
                from named
                inner join keys on keys.system = named.system
                    and keys.foreign_key = named.account_id
                inner join accounts on lower(accounts.name) = lower(keys.account_id)
                union
                select named.system, named.account_id, 2, accounts.account_id
                from named
                inner join accounts on lower(accounts.name) = lower(named.account_id)
                union
                select named.system, named.account_id, 3, accounts.account_id
                from named
                inner join keys on keys.system = named.system
                    and keys.foreign_key = named.account_id
                inner join accounts on accounts.domain = keys.domain
            ),
            first_steps as (
                select system, account_id, min(step) as step,
                    count(*) filter (step = first_step) as candidate_count
                from (
                    select *, min(step) over (partition by system, account_id) as first_step
                    from candidates
                )
                group by system, account_id
            ),
            judged as (
                select named.system, place, case
                    when candidate_count is null then 'unmatched'
                    when candidate_count > 1 then 'ambiguous'
                    when step = 3 then 'by_domain'
                    else 'by_key' end as how
                from named left join first_steps using (system, account_id)
            )
            select system, count(*) filter (how = 'by_key'), count(*) filter (how = 'by_domain'),
                count(*) filter (how = 'ambiguous'), count(*) filter (how = 'unmatched'),
                min(place) filter (how in ('ambiguous', 'unmatched'))
            from judged group by system order by system
        """).fetchall()
        found += [Matched(system, table.folder, *counts) for system, *counts in rows]
    return found


def claims(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Name what is claimed twice, as place, column and what is wrong.

    It is an account that two folders bring, a domain that accounts of two folders have, or a
    foreign key that is said to be two accounts.
    """
    connection.execute(_lookups())
    found = []
    for column, same in (("account_id", "lower(account_id)"), ("domain", "plain_domain(domain)")):
        rows = connection.execute(f"""
            select min(_file || ' line ' || _line), max(_file || ' line ' || _line),
                string_agg(distinct split_part(_file, '/', 1), ' and '), count(*) over ()
            from raw.crm_accounts where {column} is not null
            group by {same} having count(distinct split_part(_file, '/', 1)) > 1
            order by 1 limit 1
        """).fetchall()
        for one, other, systems, count in rows:
            found.append((one, column, f"two systems, {systems}, claim one {column}: {one} and "
                          f"{other}; {count} in all are claimed twice"))  # fmt: skip
    rows = connection.execute(
        "select string_agg(distinct place, ', ' order by place), system, count(*) over () "
        "from keys where account_id is not null group by system, foreign_key "
        "having count(distinct lower(account_id)) > 1 order by 1 limit 1"
    ).fetchall()
    for places, system, count in rows:
        found.append((places, "foreign_key", f"a name that {system} has is said to be two accounts "
                      f"({places}); {count} names in all"))  # fmt: skip
    return found


def _lookups() -> str:
    said = yaml.safe_load(DBT_PROJECT.read_text(encoding="utf-8"))["vars"]["public_mail_domains"]
    return LOOKUPS.format(public=f"({', '.join(map(literal, said))})")
