"""What DuckDB says of data, without the data: its messages quote the value that they are about.

A log, an event or a letter may tell what went wrong and where in a statement, and nothing that was
read from a file. What is not here: messages about statements, which quote only these.
"""

import re

import duckdb

ABOUT_DATA = (duckdb.DataError, duckdb.IntegrityError, duckdb.InvalidInputException)
# From the first quote to the last, as a value may hold quotes itself.
QUOTED = re.compile(r"""['"].*['"]""", re.DOTALL)
# A value that is not as its format says stands once more by itself, above a mark of the place.
UNQUOTED = re.compile(
    r"(?<=with value ).*(?= can't)|\(.*\)|(?<=[Ii]nput: ).*|(?<=\n).*(?=\n *\^\n)", re.DOTALL
)
# After it comes the line of the statement in which it was.
PLACE = "\n\nLINE "


def without_values(error: duckdb.Error) -> duckdb.Error:
    """Return an error of the same kind whose text shows no value; the same one where none does."""
    if not isinstance(error, ABOUT_DATA):
        return error
    said, place, statement = str(error).rpartition(PLACE)
    if not place:
        said, statement = statement, ""
    untold = UNQUOTED.sub("…", QUOTED.sub("…", said)) + place + statement
    if untold == str(error):
        return error
    return type(error)(untold).with_traceback(error.__traceback__)
