"""Everything that is done with the watch log, bulletins and digests. Importing declares the verbs."""

from apps.watch.actions import bulletins, digests, forgetting, handing, log, receipts, things

__all__ = ["bulletins", "digests", "forgetting", "handing", "log", "receipts", "things"]
