"""dbt in this process: the manifest, builds, what they were built from, and what failed."""
