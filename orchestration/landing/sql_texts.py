"""Names and texts as SQL writes them. What is not here: statements."""


def quoted(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def pointer(key: str) -> str:
    """Write the place of a key in an object of JSON as an SQL literal, whatever is in the key."""
    return literal("/" + key.replace("~", "~0").replace("/", "~1"))
