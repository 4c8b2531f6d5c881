"""What follows by itself from acts on papers, procedures and sealed decisions. Importing declares it."""

from apps.council.listeners import exports
from apps.council.papers import listeners as papers_listeners
from apps.council.procedures import listeners as procedures_listeners

__all__ = ["exports", "papers_listeners", "procedures_listeners"]
