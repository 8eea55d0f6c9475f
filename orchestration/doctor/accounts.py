"""Which accounts each system names, and whether the CRM knows them: by key, by domain, or not.

The rule is that of the warehouse: the same name, else the account that ``crm/account_keys`` says,
else the one account that has the same domain, else nothing. Nothing is matched by likeness. What
is not here: what becomes of an account that is not matched.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from orchestration.landing.contract import SourceTable
from orchestration.landing.statements import quoted

HUBS = ("crm/accounts", "crm/account_keys")
LOOKUPS = """
create or replace temp view known as
    select distinct lower(account_id) as account_id from raw.crm_accounts;
create or replace temp view domains as
    select lower(domain) as domain, count(distinct account_id) as accounts
    from raw.crm_accounts where domain is not null group by 1;
create or replace temp view keys as
    select system, foreign_key, count(distinct keys.account_id) as accounts,
        count(distinct known.account_id) as known_accounts, max(lower(domain)) as domain,
        string_agg(distinct keys._file || ' line ' || keys._line, ', ') as places
    from raw.crm_account_keys as keys left join known on known.account_id = lower(keys.account_id)
    group by all
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
    connection.execute(LOOKUPS)
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
            judged as (
                select named.system, place, case
                    when known.account_id is not null then 'by_key'
                    when keys.accounts > 1 then 'ambiguous'
                    when keys.known_accounts = 1 then 'by_key'
                    when domains.accounts = 1 then 'by_domain'
                    when domains.accounts > 1 then 'ambiguous'
                    else 'unmatched' end as how
                from named
                left join known on known.account_id = lower(named.account_id)
                left join keys on keys.system = named.system
                    and keys.foreign_key = named.account_id
                left join domains on domains.domain = keys.domain
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
    connection.execute(LOOKUPS)
    found = []
    for column in ("account_id", "domain"):
        rows = connection.execute(f"""
            select min(_file || ' line ' || _line), max(_file || ' line ' || _line),
                string_agg(distinct split_part(_file, '/', 1), ' and '), count(*) over ()
            from raw.crm_accounts where {column} is not null
            group by lower({column}) having count(distinct split_part(_file, '/', 1)) > 1
            order by 1 limit 1
        """).fetchall()
        for one, other, systems, count in rows:
            found.append((one, column, f"two systems, {systems}, claim one {column}: {one} and "
                          f"{other}; {count} in all are claimed twice"))  # fmt: skip
    rows = connection.execute(
        "select places, system, count(*) over () from keys where accounts > 1 order by 1 limit 1"
    ).fetchall()
    for places, system, count in rows:
        found.append((places, "foreign_key", f"a name that {system} has is said to be two accounts "
                      f"({places}); {count} names in all"))  # fmt: skip
    return found
