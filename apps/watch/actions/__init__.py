"""Everything that is done with the watch log, bulletins and digests. Importing declares the verbs."""

from apps.watch.actions import audit_verbs, bulletins, deletions, digests, entities, handovers, log, receipts

__all__ = ["audit_verbs", "bulletins", "deletions", "digests", "entities", "handovers", "log", "receipts"]
