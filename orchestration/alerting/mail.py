"""Mail by SMTP: the envelope first, then the book, then the letter.

SMTP knows no identifier by which a server would take a letter once only. So everything that can be
refused is asked before the book says that the letter leaves; and a letter that may have arrived is
sent again with the same Message-ID, by which mailboxes know it. What is not here: the letter.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage

from orchestration.alerting.letter import letter_of
from orchestration.alerting.messages import Message
from orchestration.alerting.sending import ChannelClosed, NotSent, Unanswered
from orchestration.alerting.wording import plain
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.values import SettingsError

# Answers of a server that is going away.
CLOSING = (421,)
Pictures = Callable[[Message], Mapping[str, tuple[str, bytes]]]


class Mail:
    """The mail server, asked for when the first letter leaves."""

    mode = "live"

    def __init__(self, settings: ChannelSettings, pictures: Pictures = lambda message: {}) -> None:
        """Prepare to send.

        Args:
            settings: where the server is, and who may send.
            pictures: draws the pictures of a message.
        """
        self.settings, self.pictures = settings, pictures
        self.server: smtplib.SMTP | None = None
        self._recipients: dict[str, list[str]] | None = None

    def send(self, message: Message, before: Callable[[], None]) -> str | None:
        """Send a message to the addresses of its audience."""
        addresses = self.addresses_of(message.audience)
        if not addresses:
            raise NotSent(unknown_recipient(message.audience))
        letter = letter_of(message, self.settings.sender, addresses, self.pictures(message))
        return self.deliver(letter, addresses, before)

    def addresses_of(self, audience: str) -> list[str]:
        """Return the addresses of an audience.

        Raises:
            ChannelClosed: the file of the recipients cannot be used.
        """
        if self._recipients is None:
            try:
                self._recipients = self.settings.read_recipients()
            except SettingsError as error:
                raise ChannelClosed(str(error)) from None
        return self._recipients.get(audience, [])

    def deliver(
        self, letter: EmailMessage, addresses: Sequence[str], before: Callable[[], None]
    ) -> str | None:
        """Send a letter; say how many of several recipients were refused.

        Raises:
            NotSent: the server does not take it, or none of the recipients.
            Unanswered: the server went away before it answered.
            ChannelClosed: there is no server, or it does not take us.
        """
        server = self._connected()
        try:
            refused = self._envelope(server, addresses)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise ChannelClosed(f"the mail server went away ({type(error).__name__})") from None
        before()
        try:
            code, answer = server.data(letter.as_bytes())
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            if isinstance(error, smtplib.SMTPDataError):
                raise NotSent(
                    f"refused with {error.smtp_code}: {_said(error.smtp_error)}"
                ) from None
            raise Unanswered(f"no answer to the letter ({type(error).__name__})") from None
        if code != 250:
            if code in CLOSING:
                self.close()
            raise NotSent(f"refused with {code}: {_said(answer)}")
        return f"{refused} of {len(addresses)} recipients refused" if refused else None

    def _envelope(self, server: smtplib.SMTP, addresses: Sequence[str]) -> int:
        code, answer = server.mail(self.settings.sender)
        if code != 250:
            server.rset()
            raise NotSent(f"the sender is refused with {code}: {_said(answer)}")
        answers = [server.rcpt(address) for address in addresses]
        refused = [(code, text) for code, text in answers if code not in (250, 251)]
        if len(refused) == len(addresses):
            server.rset()
            code, text = refused[0]
            raise NotSent(f"every recipient is refused, with {code}: {_said(text)}")
        return len(refused)

    def _connected(self) -> smtplib.SMTP:
        if self.server is not None:
            return self.server
        kept = self.settings
        try:
            password = kept.read_password()
        except SettingsError as error:
            raise ChannelClosed(str(error)) from None
        place = f"SMTP_HOST {kept.host}, port {kept.port}"
        try:
            context = ssl.create_default_context()
            if kept.security == "tls":
                server = smtplib.SMTP_SSL(
                    kept.host, kept.port, timeout=kept.timeout_seconds, context=context
                )
            else:
                server = smtplib.SMTP(kept.host, kept.port, timeout=kept.timeout_seconds)
            self.server = server
            server.ehlo()
            if kept.security == "starttls":
                server.starttls(context=context)
                server.ehlo()
            if kept.user:
                server.login(kept.user, password or "")
        except smtplib.SMTPAuthenticationError as error:
            self.close()
            raise ChannelClosed(
                f"{place}: SMTP_USER and its password are not taken ({error.smtp_code}). Put the "
                "new password into SMTP_PASSWORD_FILE and run make notify."
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise ChannelClosed(
                f"{place}: no mail can be sent ({type(error).__name__}). Expected a server that "
                f"answers and offers SMTP_SECURITY={kept.security}; then run make notify."
            ) from None
        return server

    def close(self) -> None:
        """Leave the server."""
        server, self.server = self.server, None
        if server is not None:
            # It may be gone, and there is nothing more to be said.
            try:
                server.sock and server.sock.settimeout(1)
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()


def unknown_recipient(audience: str) -> str:
    """Say that nobody knows where an audience is reached."""
    return (
        f"{audience} is in no line of MAIL_RECIPIENTS_FILE, so nobody was told. Expected a line "
        "with this recipient and an address"
    )


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    # Servers repeat the address that they refuse.
    return plain(" ".join(word for word in text.split() if "@" not in word), 200)
