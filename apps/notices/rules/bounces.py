"""Reading delivery status notifications (RFC 3464) with the standard library's email package."""

import email
import email.policy
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bounce:
    """That a mail came back for good: its Message-ID and the status of the notification (RFC 3463)."""

    message_id: str
    status: str


def read_file(path: Path) -> Iterator[Bounce]:
    """The bounces in a file that holds one mail or an mbox of them; other mails are passed over. OSError."""
    if path.read_bytes()[:5] == b"From ":
        box = mailbox.mbox(path, create=False)
        try:
            mails = [box.get_bytes(key) for key in box.keys()]  # noqa: SIM118 - a mailbox is no mapping
        finally:
            box.close()
    else:
        mails = [path.read_bytes()]
    for data in mails:
        parsed = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)  # noqa: S101 - what this policy makes
        yield from read_bounce(parsed)


def read_bounce(mail: EmailMessage) -> Iterator[Bounce]:
    """The bounce that a mail reports: none for a delay or a success, none without the original's Message-ID."""
    status, original = "", ""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status or _failed(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            original = original or _message_id(part)
    if status and original:
        yield Bounce(original, status)


def _failed(part: EmailMessage) -> str:
    """The status of the first recipient whose Action is "failed" (section 2.3.3); "" if there is none."""
    for block in part.walk():
        if block is not part and str(block.get("Action", "")).strip().lower() == "failed":
            return str(block.get("Status", "")).strip() or "5.0.0"
    return ""


def _message_id(part: EmailMessage) -> str:
    if part.get_content_type() == "message/rfc822":
        [inner] = part.iter_parts()
        return str(inner.get("Message-ID", "")).strip()
    headers = email.message_from_string(str(part.get_content()), policy=email.policy.default)
    return str(headers.get("Message-ID", "")).strip()
