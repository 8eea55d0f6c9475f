"""One module per table, named for it: ``raw_<table>``, ``fct_…``, ``dim_…``, ``rpt_…``.

Each holds ``TABLE`` and ``EXPECTATIONS``. ``notes`` is the reason, and what a person reads when
it fails; ``severity`` is ``warning`` or, unless said, critical. A table without rows is not
checked, as its source is absent, unless its suite says how many rows it expects.
"""
