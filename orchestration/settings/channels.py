"""Settings of the channels by which people are told: mail and chat. Without them nothing is sent.

A secret is read when something is sent, from its file, and stands in no text that is shown. What is
not here: who is told what, which the seeds ``alert_*.csv`` say.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import urlsplit

from orchestration.settings.values import SettingsError, Stated, whole_number

CHANNEL_NAMES = (
    *("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD_FILE", "SMTP_FROM"),
    *("MAIL_RECIPIENTS_FILE", "CHAT_WEBHOOK_URL_FILE", "CHAT_FORMAT"),
    *("CHANNEL_TIMEOUT_SECONDS", "CHANNEL_LONGEST_WAIT_SECONDS"),
)
SECURITIES = ("starttls", "tls", "none")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
FORMATS = ("slack", "generic")
TIMEOUT_SECONDS = 10
LONGEST_WAIT_SECONDS = 30
# A password over an open wire is everybody's.
AT_HOME = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class ChannelSettings:
    """How mail and chat are reached.

    Attributes:
        host: of the mail server; empty where no mail is sent.
        port: of it.
        security: starttls, tls, or none on this machine.
        user: who sends; empty where the server asks nobody.
        password_file: file with the password of the user.
        sender: address from which mail comes.
        recipients_file: CSV with the columns recipient and address, one address a line.
        webhook_file: file with the address of the chat webhook, which is a secret.
        chat_format: slack or generic.
        timeout_seconds: for a whole answer.
        longest_wait_seconds: for which a chat system may ask to wait.
    """

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_file: Path | None = None
    sender: str = "customer-health@localhost.localdomain"
    recipients_file: Path | None = None
    webhook_file: Path | None = None
    chat_format: str = "slack"
    timeout_seconds: int = TIMEOUT_SECONDS
    longest_wait_seconds: int = LONGEST_WAIT_SECONDS

    @property
    def has_mail(self) -> bool:
        """Tell whether mail is sent."""
        return bool(self.host)

    @property
    def has_chat(self) -> bool:
        """Tell whether chat is told."""
        return self.webhook_file is not None

    def read_password(self) -> str | None:
        """Return the password; None where the server asks for none.

        Raises:
            SettingsError: its file cannot be read, or holds none.
        """
        if self.password_file is None:
            return None
        return _secret(self.password_file, "SMTP_PASSWORD_FILE", "the password")

    def read_webhook(self) -> str:
        """Return the address of the chat webhook.

        Raises:
            SettingsError: its file cannot be read, or holds no address.
        """
        text = _secret(self.webhook_file, "CHAT_WEBHOOK_URL_FILE", "the address of the webhook")
        try:
            parts = urlsplit(text)
            is_right = parts.scheme == "https" or parts.hostname in AT_HOME
        except ValueError:
            is_right = False
        if not is_right or not parts.hostname or parts.scheme not in ("http", "https"):
            raise SettingsError(
                f"CHAT_WEBHOOK_URL_FILE {self.webhook_file}: it holds no address to send to; "
                "expected one that begins with https:// unless it is on this machine."
            )
        return text

    def read_recipients(self) -> dict[str, list[str]]:
        """Return the addresses of each recipient by name; nobody where there is no file.

        Raises:
            SettingsError: the file cannot be read, or a line of it is no address.
        """
        if self.recipients_file is None:
            return {}
        place = f"MAIL_RECIPIENTS_FILE {self.recipients_file}"
        found: dict[str, list[str]] = {}
        try:
            with self.recipients_file.open(newline="", encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise SettingsError(
                f"{place}: cannot be read ({type(error).__name__}); expected a CSV file with the "
                "columns recipient and address."
            ) from None
        if rows and not {"recipient", "address"} <= set(rows[0]):
            raise SettingsError(f"{place}: expected the columns recipient and address.")
        for line, row in enumerate(rows, start=2):
            # The address itself is not shown, as it is somebody's.
            if not (row["recipient"] or "").strip() or not is_address(row["address"] or ""):
                raise SettingsError(
                    f"{place}, line {line}: expected a name and an address such as "
                    "somebody@example.com."
                )
            found.setdefault(row["recipient"].strip(), []).append(row["address"].strip())
        return found


def channel_settings(stated: Mapping[str, Stated]) -> ChannelSettings:
    """Read the settings of the channels.

    Raises:
        SettingsError: a word is unknown, a number is none, or mail is half configured.
    """
    security = _word(stated["SMTP_SECURITY"], SECURITIES)
    host = stated["SMTP_HOST"].text.strip()
    sender = stated["SMTP_FROM"]
    if host and not is_address(sender.text):
        raise SettingsError(
            f"{sender.name}: expected the address from which mail comes, such as "
            "health@example.com, as SMTP_HOST is set."
        )
    if host and security == "none" and stated["SMTP_USER"].text and host not in AT_HOME:
        raise SettingsError(
            f"{stated['SMTP_SECURITY'].name}: none would send the password of SMTP_USER in the "
            "clear; expected starttls or tls unless the server is this machine."
        )
    return ChannelSettings(
        host,
        whole_number(stated["SMTP_PORT"], "port", PORTS[security]),
        security,
        stated["SMTP_USER"].text.strip(),
        _path(stated["SMTP_PASSWORD_FILE"]),
        sender.text.strip() or ChannelSettings.sender,
        _path(stated["MAIL_RECIPIENTS_FILE"]),
        _path(stated["CHAT_WEBHOOK_URL_FILE"]),
        _word(stated["CHAT_FORMAT"], FORMATS),
        whole_number(stated["CHANNEL_TIMEOUT_SECONDS"], "number of seconds", TIMEOUT_SECONDS),
        whole_number(
            stated["CHANNEL_LONGEST_WAIT_SECONDS"], "number of seconds", LONGEST_WAIT_SECONDS
        ),
    )


def is_address(text: str) -> bool:
    """Tell whether a text is one mail address and nothing else."""
    try:
        address = Address(addr_spec=text.strip())
    except (ValueError, IndexError, AttributeError):
        return False
    return bool(address.username and address.domain) and text.strip().isprintable()


def _word(setting: Stated, words: tuple[str, ...]) -> str:
    text = setting.text.strip().lower() or words[0]
    if text not in words:
        raise SettingsError(f"{setting.name}: {setting.text!r}; expected {' or '.join(words)}.")
    return text


def _path(setting: Stated) -> Path | None:
    if not setting.text:
        return None
    return (setting.folder / Path(setting.text).expanduser()).resolve()


def _secret(file: Path | None, name: str, what: str) -> str:
    try:
        text = "" if file is None else file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text or not text.isprintable():
        raise SettingsError(
            f"{name} {file} cannot be used; expected a text file with {what} in one line."
        )
    return text
