"""Apache Spark as the engine of the models: its session, the raw tables it reads, its builds.

Landing, checks and pages stay what they are: DuckDB writes the raw tables as Parquet, Spark builds
the models from them, and the publication is made of the Parquet files that Spark leaves.
"""
