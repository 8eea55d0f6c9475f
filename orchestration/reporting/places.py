"""Where the page of an account is: a file name that any file system takes, and the link to it.

What is not here: what stands on the page.
"""

import hashlib
from urllib.parse import quote

LIST = "dashboard/accounts.html"
FOLDER = "dashboard/accounts"
LONGEST = 120


def file_of(account_id: str) -> str:
    """Return the name of the file; identifiers come from outside and may hold anything."""
    name = quote(account_id, safe="")
    if len(name) > LONGEST:
        name = hashlib.sha256(account_id.encode()).hexdigest()
    return f"{name}.html"


def page_of(account_id: str) -> str:
    """Return the link from the report to the page of an account."""
    return f"{FOLDER}/{quote(file_of(account_id))}"
