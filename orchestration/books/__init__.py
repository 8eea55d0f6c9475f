"""Books of the warehouse that no landing file holds: what people were told, and what was learned.

One module a subject, each a dict of table names of the schema raw, with their columns and types.
They are written by the packages named beside them and read by dbt as sources; a run never takes
rows away, and ``make rebuild`` takes them over. What is not here: the books of the loads, which
landing makes anew (``landing.tables``).
"""

from orchestration.books.alerts import ALERT_BOOKS
from orchestration.books.crm import CRM_BOOKS
from orchestration.books.lifetime_value import LIFETIME_VALUE_BOOKS
from orchestration.books.outlook import OUTLOOK_BOOKS
from orchestration.books.plays import PLAY_BOOKS
from orchestration.books.told import TOLD_BOOKS

KEPT_BOOKS = {
    **TOLD_BOOKS,
    **OUTLOOK_BOOKS,
    **LIFETIME_VALUE_BOOKS,
    **CRM_BOOKS,
    **PLAY_BOOKS,
    **ALERT_BOOKS,
}
