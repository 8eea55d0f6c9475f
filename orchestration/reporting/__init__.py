"""The customer health report: one HTML page, made from the publication and nothing else.

``publication`` opens it, ``reading`` fetches the tables, ``formats`` turns a value into text,
``facts`` marks every number with its origin, ``sentences`` says what matters, ``charts`` draws,
``rendering`` puts the page together and ``writing`` puts it in its place. What is not
here: any arithmetic on numbers that people read. A number that no table has is a new model in
``dbt_project/models/reports``.
"""
