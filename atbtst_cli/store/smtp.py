"""Handing letters over to a mail server. Passwords come from the environment or the keyring, never from a record."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.settings import Mail
from atbtst_cli.store.disk import reason
from atbtst_cli.store.layout import SETTINGS

PATIENCE = 60
"""Seconds to wait for an answer of the server."""
PASSWORD = "ATBTST_SMTP_PASSWORD"  # noqa: S105  the name of a variable
TAKEN, NOT_NOW, NEVER = 2, 4, 5
"""The first digit of the server's answers."""


class NotTaken(Exception):
    """The server said no to one letter; its text is what it said."""


class Lost(Exception):
    """The connection broke; its text says how."""


class Server:
    """A mail server that is ready to take letters, one after the other."""

    def __init__(self, connection: smtplib.SMTP, sender: str) -> None:
        """Hand over letters from that sender."""
        self._connection = connection
        self._sender = sender

    def announce(self, address: str, size: int) -> None:
        """Make sure that the server will take a letter of so many bytes for that address.

        NotTaken where it will not, Lost where the connection broke; either way the letter is not on its way.
        """
        sized = [f"size={size}"] if self._connection.has_extn("size") else []
        with _losing():
            self._agreed(*self._connection.mail(self._sender, sized))
            self._agreed(*self._connection.rcpt(address))

    def hand_over(self, letter: bytes) -> None:
        """Give the server the letter that was announced.

        NotTaken where it says no; Lost where its answer did not come, so that nobody knows whether it has the letter.
        """
        with _losing():
            try:
                answer: tuple[int, bytes | str] = self._connection.data(letter)
            except smtplib.SMTPDataError as error:
                answer = (error.smtp_code, error.smtp_error)
            self._agreed(*answer)

    def _agreed(self, code: int, said: bytes | str) -> None:
        """Take back what was announced, and tell, where an answer is not yes."""
        if code // 100 == TAKEN:
            return
        if code // 100 not in (NOT_NOW, NEVER):
            raise Lost(_told(code, said))
        with suppress(smtplib.SMTPException, OSError):
            self._connection.rset()
        raise NotTaken(_told(code, said))


@contextmanager
def connected(mail: Mail) -> Iterator[Server]:
    """A connection to the settings' mail server; Refused where it does not answer, or says no."""
    try:
        connection = _connection(mail, mail.server or "")
    except (smtplib.SMTPException, OSError, ValueError, OverflowError) as error:
        raise Refused(
            _("The mail server {server} cannot be used: {reason}.").format(
                server=f"{mail.server}:{mail.port}", reason=_reason(error).rstrip(".")
            ),
            _("Look at mail: in {file}, at the password, and at your network.").format(file=SETTINGS),
        ) from error
    try:
        yield Server(connection, mail.sender)
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
    finally:
        connection.close()


def _connection(mail: Mail, server: str) -> smtplib.SMTP:
    """A connection that is as private as the settings ask for, and logged in."""
    private = ssl.create_default_context()
    if mail.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server, mail.port, timeout=PATIENCE, context=private)
    else:
        connection = smtplib.SMTP(server, mail.port, timeout=PATIENCE)
    try:
        if mail.security == "starttls":
            connection.starttls(context=private)
        connection.ehlo_or_helo_if_needed()
        if mail.user:
            _log_in(connection, mail, mail.user)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_in(connection: smtplib.SMTP, mail: Mail, user: str) -> None:
    if mail.security == "none":
        raise Refused(
            _("A password is not sent over a connection that others can listen to."),
            _("Put security: starttls or tls under mail: in {file}, or take user: away.").format(file=SETTINGS),
        )
    try:
        connection.login(user, _password(mail.server or "", user))
    except UnicodeEncodeError:
        raise Refused(
            _("The user name or the password for {server} holds a sign such as å, which cannot be sent.").format(
                server=mail.server
            ),
            _("Choose a password of the letters a to z, digits and plain signs."),
        ) from None


def _password(server: str, user: str) -> str:
    known = os.environ.get(PASSWORD) or _from_keyring(server, user)
    if known is None:
        raise Refused(
            _("There is no password for {user} at {server}.").format(user=user, server=server),
            _("Put it in the variable {name}, or in the keyring with: {command}").format(
                name=PASSWORD, command=f"keyring set {server} {user}"
            ),
        )
    return known


def _from_keyring(server: str, user: str) -> str | None:
    """The password from the system's keyring, where the package for it is installed and it can be opened."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        known: str | None = keyring.get_password(server, user)
    except KeyringError:
        return None
    return known


@contextmanager
def _losing() -> Iterator[None]:
    """Tell whatever breaks a connection as Lost."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        raise Lost(_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _told(error.smtp_code, error.smtp_error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("its certificate is not trusted: {reason}").format(reason=error.verify_message)
    return reason(error) if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException) else str(error)


def _told(code: int, said: bytes | str) -> str:
    """What the server said, on one line."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())
