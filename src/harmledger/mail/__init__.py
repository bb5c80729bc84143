"""Letters go out by e-mail: through a mail server, or into a folder where a person or another program fetches them.

    Letter ─▶ compose ─▶ Mailer (SMTP | folder)

Edge: speaks with a mail server, writes files. What to write, to whom, and when to try again is told from outside.
"""

from __future__ import annotations

from harmledger.mail.address import parse_address
from harmledger.mail.mailer import Mailer, open_mailer

__all__ = ["Mailer", "open_mailer", "parse_address"]
