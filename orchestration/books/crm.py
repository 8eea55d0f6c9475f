"""The books of what customer systems were told, which survive every rebuild of the tables.

What is not here: who writes them, which is ``crm.book``.
"""

CRM_BOOKS = {
    # Every field of every push, as ``marts.fct_crm_push`` shows it.
    "crm_push_fields": {
        "destination": "varchar",
        "object": "varchar",
        "push_number": "bigint",
        "as_of_date": "date",
        "pushed_at": "timestamp",
        "run_id": "varchar",
        "account_id": "varchar",
        "property": "varchar",
        "value": "varchar",
        "last_acknowledged_value": "varchar",
        "status": "varchar",
        "answer": "varchar",
        "attempts": "integer",
        "next_try_date": "date",
    },
    # What each system has, as far as it said so.
    "crm_acknowledged": {
        "destination": "varchar",
        "object": "varchar",
        "account_id": "varchar",
        "property": "varchar",
        "value": "varchar",
        "push_number": "bigint",
    },
    # What was sent and not answered yet: after a kill it is read back before it is sent again.
    "crm_in_flight": {
        "destination": "varchar",
        "object": "varchar",
        "account_id": "varchar",
        "property": "varchar",
    },
    # What was refused, and when it is tried again.
    "crm_dead_letters": {
        "destination": "varchar",
        "object": "varchar",
        "account_id": "varchar",
        "property": "varchar",
        "value": "varchar",
        "answer": "varchar",
        "attempts": "integer",
        "next_try_date": "date",
    },
}
