"""From landing files to raw tables: every line is loaded, or in quarantine with its reason.

``contract`` says which tables there are, ``files`` finds what has landed, ``blocks``, ``lines``,
``records`` (below ``headers``, cut by ``quoting``, made to fit by ``uneven``) and ``parquet`` read
it, ``readings``, ``casts`` and ``statements`` write the SQL that types it, ``second_looks`` and
``thousands`` put right the few rows that need it (``deletions``, ``no_rows``), ``batches`` runs it,
``plan``, ``ledger`` and ``transactions`` make it happen once, ``tables`` says what raw looks like,
and ``load`` is the way through. ``required`` and ``parameters`` are for the run that follows.
Nothing is imported here, on purpose. What is not here: names, units and pseudonyms, which are
staging's.
"""
