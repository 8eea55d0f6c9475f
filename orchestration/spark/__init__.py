"""Apache Spark as the engine of the models: its session, the raw tables it reads, what it built.

Landing, checks and pages stay what they are: DuckDB writes the raw tables as Parquet, Spark builds
the models from them as ``dbt_runner`` asks it to, and the publication is made of the Parquet files
that Spark leaves.
"""
