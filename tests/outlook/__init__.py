"""The outlook: features, what is learned, what dbt says by it, and what it may not know."""
