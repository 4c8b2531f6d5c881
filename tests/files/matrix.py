"""An attachment and an upload, for tests/matrix.py."""

from typing import Any

from apps.files.actions import add_upload
from apps.files.rules.intake import store_upload
from tests.files import room
from tests.matrix import SEATS

RECORDS = {"api:files-attachments": "attachment", "api:files-uploads": "upload", "files:attachment": "attachment"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Both of the owner, the attachment at their list."""
    owner = cast[SEATS["owner"]]
    return {
        "attachment": room.attached(owner, world["list"]),
        "upload": add_upload(owner, None, stored=store_upload(room.sent("Brief.pdf", room.PDF))),
    }
