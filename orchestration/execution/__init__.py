"""A job run in this process, on Dagster's record: what is said of it, and why it failed."""
