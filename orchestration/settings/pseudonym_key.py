"""The key of the pseudonyms: where it comes from. Each connection gets it as a session variable.

So it stands in no table, no compiled SQL and no log. What is not here: how a pseudonym is made of
it, which the macro ``pseudonym`` says.
"""

from pathlib import Path

from orchestration.settings.values import SettingsError

# Good enough for invented people. Real data needs a key of its own in PSEUDONYM_KEY_FILE:
# whoever knows the key can find out which pseudonym an e-mail address has.
DEMONSTRATION_KEY = "a-key-for-the-demonstration-company-only"
SHORTEST_KEY = 16
# With the key as its only parameter, so that the text of the statement tells nothing.
SET_KEY = "set variable pseudonym_key = ?"


def read_pseudonym_key(key_file: Path | None) -> str:
    """Read the key from its file; without a file it is that of the demonstration.

    Raises:
        SettingsError: the key file is missing, unreadable, or its key too short.

    """
    if key_file is None:
        return DEMONSTRATION_KEY
    expected = f"Expected a text file with one key of at least {SHORTEST_KEY} characters."
    try:
        key = key_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"PSEUDONYM_KEY_FILE {key_file} cannot be read. {expected}") from None
    if len(key) < SHORTEST_KEY:
        raise SettingsError(f"PSEUDONYM_KEY_FILE {key_file} holds a key too short. {expected}")
    return key
