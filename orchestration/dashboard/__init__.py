"""The dashboard: static pages that open from a file, declared in ``pages/``, one file a page.

``declaration`` reads what is declared, ``reading`` the rows of it, ``cells`` and ``charts`` draw
them, ``site`` makes the pages and ``writing`` puts them beside the report. What is not here: how a
value is written and what a fact is, which the dashboard shares with the report.
"""
