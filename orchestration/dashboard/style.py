"""How the pages look, and what they allow: the style sheet by its hash, and nothing from outside.

What is not here: the script and the bundle of tables, which are ``scripts``.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from orchestration.reporting import rendering

STYLE = Path(__file__).parent / "dashboard.css"


@cache
def look() -> dict[str, str]:
    """Return the style sheet of every page, and its hash, by which the page allows it."""
    css = rendering.style()["css"] + STYLE.read_text("utf-8")
    return {"css": css, "css_hash": hash_of(css)}


def hash_of(text: str) -> str:
    """Return the hash by which a page allows a script or a style sheet that stands in it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
