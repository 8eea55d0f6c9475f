"""The scripts of the pages: the bundle that makes tables searchable, and our own that looks up.

The bundle is that of ``itables``, the package that carries DataTables with its panes of filters;
it is a module, which no page that is opened from a file may load, so it is wrapped into a plain
script. What is not here: the style sheet, which is ``style``.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from orchestration.dashboard.style import hash_of

# Imported, the package would bring pandas with it.
BUNDLE = Path(find_spec("itables").origin).parent / "html"
OWN = Path(__file__).parent / "dashboard.js"
EXPORTED = re.compile(r"export\s*\{([^}]*)\}\s*;?")


class BundleError(RuntimeError):
    """The bundle of the tables is not what it was. The text says what to do."""


@dataclass(frozen=True)
class Script:
    """A script that stands in a page, and the hash by which the page allows it."""

    text: str
    hash: str


@cache
def own_script() -> Script:
    """Return our own script: presets, lookups and the state in the address."""
    return _script(OWN.read_text("utf-8"))


@cache
def table_script() -> Script:
    """Return the bundle of the tables as a plain script that leaves ``DataTable`` behind.

    Raises:
        BundleError: the bundle exports other names than it did.
    """
    text = (BUNDLE / "dt_bundle.js").read_text("utf-8")
    exports = list(EXPORTED.finditer(text))
    names = dict(re.findall(r"(\S+) as (\S+)", exports[-1][1].replace(",", " "))) if exports else {}
    by_name = {outside: inside for inside, outside in names.items()}
    if "jQuery" not in by_name:
        raise BundleError(
            "The bundle of itables exports no jQuery any more, so tables could not be searched. "
            "Install the version of itables that constraints.txt names, or mend scripts.py."
        )
    body = text[: exports[-1].start()]
    made = f"globalThis.DataTable = {by_name['jQuery']}.fn.dataTable;"
    return _script(f"(() => {{\n{body}\n{made}\n}})();\n".replace("</script", "<\\/script"))


@cache
def table_style() -> str:
    """Return the style sheet of the bundle, whose pictures stand in it."""
    return (BUNDLE / "dt_bundle.css").read_text("utf-8").replace("</style", "<\\/style")


def _script(text: str) -> Script:
    return Script(text, hash_of(text))
