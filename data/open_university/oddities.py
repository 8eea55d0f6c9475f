"""What is odd about the data and is kept as it is: each with the number of its rows.

An oddity that would lose rows is refused in ``refusals`` instead. A new one is an entry here;
the program prints them all, zeros included, because a zero says that somebody looked.
"""

import duckdb

ODDITIES = {
    "enrolments without a day of registration; they start with their presentation": """
        select count(*) from enrolments where is_start_assumed
    """,
    "subscriptions that end before they start; staging rejects them": """
        select count(*) from enrolments where ended_on < started_on
    """,
    "students who unregistered before the first day of their presentation": """
        select count(*) from enrolments where unregistered_on < presentation_starts_on
    """,
    "students who unregistered after the scheduled end of the term; they end then": """
        select count(*) from enrolments where unregistered_on > term_ends_on
    """,
    "withdrawn students without a day; they end with their term": """
        select count(*)
        from enrolments
        where final_result = 'Withdrawn' and unregistered_on is null
    """,
    "click rows that repeat another to the letter; all are kept": """
        select (select count(*) from student_vle) - (select count(*) from (
            select distinct * from student_vle
        ))
    """,
    "click rows on or after the day of unregistration": """
        select count(*)
        from student_vle
        join presentations using (code_module, code_presentation)
        join enrolments using (presentation_id, id_student)
        where presentations.starts_on + student_vle."date" >= unregistered_on
    """,
    "click rows on or after the scheduled end of the term": """
        select count(*)
        from student_vle
        join presentations using (code_module, code_presentation)
        where starts_on + "date" >= ends_on
    """,
    "submissions carried over from an earlier presentation": """
        select count(*) from student_assessment where is_banked = 1
    """,
}


def count_oddities(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of rows of each oddity."""
    return {text: connection.execute(sql).fetchone()[0] for text, sql in ODDITIES.items()}
