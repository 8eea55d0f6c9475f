"""Whom an identifier means: the one of that very name, else the only one that differs by capitals.

The same rule as that of the models ``int_account_ids_compared`` and ``stg_run__known_persons``,
so that whoever counts as one person is erased as one and has one token. What is not here: who is
to be erased, which ``persons`` finds out.
"""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Known:
    """A list of the CRM that says who is known: its raw table and the identifier in it."""

    table: str
    column: str

    @property
    def alone(self) -> str:
        """Temporary table (folded, name) of those that no other differs from by capitals only."""
        return f"alone_by_{self.column}"


ACCOUNTS = Known("raw.crm_accounts", "account_id")
PERSONS = Known("raw.crm_users", "user_id")
# Whoever is no user of the CRM is known as a member.
MEMBERS = Known("raw.crm_account_users", "user_id")


def collect_names(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the temporary tables that ``meant`` reads."""
    for known in (ACCOUNTS, PERSONS):
        said = f"select {known.column} as name, 1 as place from {known.table}"
        if known is PERSONS:
            said += f" union all select {MEMBERS.column}, 2 from {MEMBERS.table}"
        connection.execute(
            f"create or replace temp table {known.alone} as "
            f"with said as ({said}), nearest as (select lower(name) as folded, name from said "
            "qualify place = min(place) over (partition by lower(name))) "
            "select folded, min(name) as name from nearest "
            "group by folded having count(distinct name) = 1"
        )


def meant(known: Known, said: str) -> str:
    """Write SQL for the identifier that an identifier means; itself where it means no other.

    An address in the place of a number is one in any capitals.
    """
    return (
        f"case when {said} like '%@%' then lower({said}) "
        f"when {said} in (select {known.column} from {known.table}) then {said} else coalesce("
        f"(select name from {known.alone} where folded = lower({said})), {said}) end"
    )
