"""E-mails on the standard output, for development."""

from __future__ import annotations

from email.header import decode_header, make_header

from django.core.mail.backends import console
from django.core.mail.message import EmailMessage


class EmailBackend(console.EmailBackend):
    """Prints e-mails as people read them: Django prints headers as mail servers get them."""

    def write_message(self, message: EmailMessage) -> None:
        """Print the headers, then the text; whatever is not ASCII stays as it is."""
        headers = message.message().items()
        lines = [f"{name}: {make_header(decode_header(value))}" for name, value in headers]
        self.stream.write("\n".join([*lines, "", str(message.body), "-" * 79, ""]))
