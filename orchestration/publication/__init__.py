"""The publication: what people and BI tools read, copied out of the working file.

``relations`` says what is published, ``places`` where, ``database`` and ``parquet_files`` how each
form of it is written, ``publish`` puts all of it in its place at once.
"""
