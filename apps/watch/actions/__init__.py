"""Everything that is done with the watch log, bulletins and digests. Importing declares the verbs."""

from apps.watch.actions import bulletins, digests, handing, log, receipts

__all__ = ["bulletins", "digests", "handing", "log", "receipts"]
