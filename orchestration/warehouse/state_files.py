"""State kept in JSON files: a file that cannot be read is as good as none, and is made anew.

What is not here: how they are written, which ``atomic_write`` does.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def read_state(path: Path, keys: Sequence[str]) -> dict[str, Any] | None:
    """Read an object that has these keys; None where there is no such file, or none that holds one.

    A file that is there and holds none is said on stderr in one line.
    """
    try:
        state = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        state = None
    if isinstance(state, dict) and all(key in state for key in keys):
        return state
    print(f"{path} cannot be read as what a run writes there, so it is made anew.", file=sys.stderr)
    return None
