"""From landing files to raw tables: every line is loaded, or in quarantine with its reason.

``contract`` says which tables there are, ``files`` finds what has landed, ``blocks``, ``lines``,
``records`` and ``parquet`` read it, ``casts`` and ``statements`` write the SQL that types it,
``tables`` and ``ledger`` keep what is raw, and ``load`` is the way through. Nothing is imported
here, on purpose. What is not here: names, units and pseudonyms, which are staging's.
"""
