"""What the frameworks do not promise to keep, in one place: all that is taken from their insides.

``of_dagster``, ``of_dbt`` and ``of_dbt_duckdb`` are apart, as the server needs nothing of dbt,
which takes seconds to import. ``KNOWN_TO_HOLD`` says for which versions all of it was tried.

Another version: change ``constraints.txt``, run ``make test``, and where it passes add the version
here. What is not here: what the frameworks document, which is imported where it is used.
"""

# Distribution -> versions with which the whole test suite has passed.
KNOWN_TO_HOLD = {
    "dagster": {"1.13.27"},
    "dagster-dbt": {"0.29.27"},
    "dbt-core": {"1.11.16"},
    "dbt-common": {"1.39.0"},
    "dbt-duckdb": {"1.11.1"},
}
