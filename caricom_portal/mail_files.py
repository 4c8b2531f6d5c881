"""Mails as files, where no mail server is named: on the machine of somebody who tries the portal, and in tests."""

import os
from typing import Any

from django.core.mail.backends.filebased import EmailBackend

from apps.access.ids import uuid7


class MailFiles(EmailBackend):
    """Each mail in a file of its own, the names in order of time.

    Django names a file by the second and the backend's address in memory, which two mails of a second may share.
    """

    def send_messages(self, email_messages: Any) -> int:
        """How many were written."""
        self._fname = os.path.join(self.file_path, f"{uuid7()}.eml")
        return super().send_messages(email_messages) or 0
