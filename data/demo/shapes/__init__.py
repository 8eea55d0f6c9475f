"""The demonstration company as connectors bring it: ``python -m data.demo --shape connectors``.

What is here: for each system one query for each table of an export, over the tables of our own
contract; the name of its file is that of the file that it writes. ``stripe``, ``hubspot`` and
``zendesk`` are as Fivetran writes them, ``segment`` as Segment's warehouse tables. What no query
here carries stays a landing file of our own. What is not here: the company.
"""
