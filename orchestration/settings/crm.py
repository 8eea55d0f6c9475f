"""Settings of the customer systems that are told the scores. Without a token nothing is sent.

A token is read when something is sent, from its file or the environment, and stands in no text
that is shown. What is not here: what is told, which the seeds ``crm_*.csv`` say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from orchestration.settings.values import SettingsError, Stated, whole_number

CRM_NAMES = (
    *("HUBSPOT_URL", "HUBSPOT_API_VERSION", "HUBSPOT_TOKEN_FILE", "HUBSPOT_TOKEN"),
    *("SALESFORCE_URL", "SALESFORCE_API_VERSION", "SALESFORCE_TOKEN_FILE", "SALESFORCE_TOKEN"),
    *("CRM_TIMEOUT_SECONDS", "CRM_LONGEST_WAIT_SECONDS", "CRM_BAND_CHANGE_PERCENT"),
    *("CRM_STALE_ALLOWED", "CRM_REFUSED_PERCENT", "CRM_COUNT_CHANGE_PERCENT"),
)
HUBSPOT_URL = "https://api.hubapi.com"
HUBSPOT_API_VERSION = "2026-03"
SALESFORCE_API_VERSION = "v64.0"
TIMEOUT_SECONDS = 30
LONGEST_WAIT_SECONDS = 60
BAND_CHANGE_PERCENT = 20
REFUSED_PERCENT = 5
COUNT_CHANGE_PERCENT = 30
# A token over an open wire is everybody's.
AT_HOME = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class System:
    """Where one customer system is, and who may write there.

    Attributes:
        url: address before the path; empty where none is said.
        version: of its interface, as it stands in the path.
        token_file: file with the token; None where there is none.
        token: the token itself, where the environment has it.
        names: how its settings for address and token are called, for messages.
    """

    url: str = ""
    version: str = ""
    token_file: Path | None = None
    token: str = field(default="", repr=False)
    names: str = ""

    def read_token(self) -> str | None:
        """Return the token; None where none is said.

        Raises:
            SettingsError: its file cannot be read, or holds no token in one line.
        """
        if self.token_file is None:
            return self.token or None
        try:
            token = self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            token = ""
        if not token or not token.isprintable() or " " in token:
            raise SettingsError(
                f"{self.names}_TOKEN_FILE {self.token_file} cannot be used; expected a text file "
                "with the token in one line."
            )
        return token


@dataclass(frozen=True)
class CrmSettings:
    """The customer systems, and when nothing is told to them.

    Attributes:
        systems: by the name that a destination has in the seed.
        timeout_seconds: for a whole answer.
        longest_wait_seconds: for which a system may ask to wait before it is left for the day.
        band_change_percent: share of accounts in another band above which all is held.
        stale_allowed: sources that hold nothing back where they are stale.
        refused_percent: share of fields that are not taken above which somebody is told.
        count_change_percent: by how much the number of accounts may differ from what is usual
            before somebody is told.
    """

    systems: Mapping[str, System] = field(default_factory=dict)
    timeout_seconds: int = TIMEOUT_SECONDS
    longest_wait_seconds: int = LONGEST_WAIT_SECONDS
    band_change_percent: int = BAND_CHANGE_PERCENT
    stale_allowed: frozenset[str] = frozenset()
    refused_percent: int = REFUSED_PERCENT
    count_change_percent: int = COUNT_CHANGE_PERCENT


def crm_settings(stated: Mapping[str, Stated]) -> CrmSettings:
    """Read the settings of the customer systems.

    Raises:
        SettingsError: an address is none, or a number is none.
    """
    return CrmSettings(
        {
            "hubspot": _system(stated, "HUBSPOT", HUBSPOT_URL, HUBSPOT_API_VERSION),
            "salesforce": _system(stated, "SALESFORCE", "", SALESFORCE_API_VERSION),
        },
        whole_number(stated["CRM_TIMEOUT_SECONDS"], "number of seconds", TIMEOUT_SECONDS),
        whole_number(stated["CRM_LONGEST_WAIT_SECONDS"], "number of seconds", LONGEST_WAIT_SECONDS),
        whole_number(stated["CRM_BAND_CHANGE_PERCENT"], "percentage", BAND_CHANGE_PERCENT),
        frozenset(stated["CRM_STALE_ALLOWED"].text.replace(",", " ").split()),
        whole_number(stated["CRM_REFUSED_PERCENT"], "percentage", REFUSED_PERCENT),
        whole_number(stated["CRM_COUNT_CHANGE_PERCENT"], "percentage", COUNT_CHANGE_PERCENT),
    )


def _system(stated: Mapping[str, Stated], name: str, url: str, version: str) -> System:
    file = stated[f"{name}_TOKEN_FILE"]
    return System(
        _address(stated[f"{name}_URL"], url),
        stated[f"{name}_API_VERSION"].text.strip("/ ") or version,
        (file.folder / Path(file.text).expanduser()).resolve() if file.text else None,
        stated[f"{name}_TOKEN"].text.strip(),
        name,
    )


def _address(setting: Stated, default: str) -> str:
    if not setting.text:
        return default
    try:
        parts = urlsplit(setting.text.strip())
        is_right = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in AT_HOME)
    except ValueError:
        is_right = False
    if not is_right or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise SettingsError(
            f"{setting.name}: this is no address to send to; expected one such as "
            "https://api.example.com, with https unless it is this machine."
        )
    return setting.text.strip().rstrip("/")
