"""The machine: lands files, runs dbt, checks, publishes. Nothing is imported here, on purpose."""
