"""State kept in JSON files: a file that cannot be read is as good as none, and is made anew.

What is not here: how they are written, which ``atomic_write`` does.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def read_state(
    path: Path,
    keys: Sequence[str],
    is_right: Callable[[dict[str, Any]], bool] = lambda _: True,
    is_said: bool = True,
) -> dict[str, Any] | None:
    """Read an object that has these keys; None where there is no such file, or none that holds one.

    A file that is there and holds none is said on stderr in one line, unless whoever asks does.

    Args:
        path: of the file.
        keys: that the object has.
        is_right: whether it is one that a run writes; what it raises of types and values is a no.
        is_said: whether to say it.
    """
    try:
        state = json.loads(path.read_text("utf-8"))
        if isinstance(state, dict) and all(key in state for key in keys) and is_right(state):
            return state
    except FileNotFoundError:
        return None
    except (OSError, TypeError, ValueError, RecursionError):
        pass
    if is_said:
        why = "cannot be read as what a run writes there, so it is made anew"
        print(f"{path} {why}.", file=sys.stderr)
    return None
