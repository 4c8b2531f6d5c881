"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_FILE_SERVICE = "not-file-service", "Only the portal's automatic file check and clean-up does this."
    FILE_REFUSED = (
        "file-refused",
        "The malware check rejected this file: it cannot be opened. Ask its sender for a clean copy.",
    )
    FILE_WAITING = (
        "file-waiting",
        "This file is still being checked for malware. For now only its sender can open it. Try again soon.",
    )
    FILE_WITHDRAWN = "file-withdrawn", "This file was withdrawn. Open the record for the current file."
    FILE_DAMAGED = (
        "file-damaged",
        "The stored file is damaged and was not sent. Tell the portal's operators, who keep copies.",
    )
