"""Exports of other people's systems, read as landing files of our contract.

An adapter is a folder ``<vendor>/<dialect>/``: ``adapter.yml`` says which tables the export has and
by which columns they are known, one SQL file for each landing table says what its rows are, and
``golden/`` holds a small export with the rows expected of it, which is its test. Adding one takes
no Python. ``known`` reads these folders, ``folders``, ``columns`` and ``recognition`` say which of
them a folder of the landing folder is, ``half_synced`` what of it is not complete yet,
``vendor_rows`` reads its files (by ``line_queries``) in the order of ``natural_order``,
``extraction_order`` says which lines are older than one above them, ``macros`` which words their
SQL shares, and ``adapt`` writes the landing files, before the loader looks for any. What is not
here: the loader, which reads them as it reads all others.
"""
