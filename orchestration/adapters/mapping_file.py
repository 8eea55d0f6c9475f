"""Reads a ``mapping.yml``, which anybody may have written, without trust in what stands there.

What is not here: what it means, which ``mapping`` says.
"""

from pathlib import Path
from typing import Any

import yaml

from orchestration.landing.errors import Refusal, unreadable
from orchestration.landing.files import opened

# Nobody writes as much by hand.
LARGEST = 64 * 1024
# The time that YAML takes grows with the square of how deep they lie in each other.
MOST_BRACKETS = 1000


class MappingError(ValueError):
    """A mapping cannot be used; the text says what is wrong with it, and where."""


def said_in(path: Path) -> Any:
    """Return what stands in a mapping, every word as a text.

    Raises:
        MappingError: it cannot be read, or asks more of its reader than one by hand would.

    """
    try:
        with opened(path) as stream:
            text = stream.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise MappingError(f"it has more than {LARGEST:,} bytes")
        if text.count(b"[") + text.count(b"{") > MOST_BRACKETS:
            raise MappingError(f"it has more than {MOST_BRACKETS:,} opening brackets")
        # One line may name another a billion times over.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text.decode("utf-8"))):
            raise MappingError("it has an alias (*name); expected every value where it stands")
        # Every word is a text: a column may be called No, which YAML takes for false.
        return yaml.load(text.decode("utf-8"), Loader=yaml.BaseLoader)
    except Refusal as refusal:
        raise MappingError(str(refusal)) from None
    except OSError as error:
        raise MappingError(unreadable(error)) from error
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise MappingError(f"it is no YAML{where}") from error
