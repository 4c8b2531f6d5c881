"""What follows by itself from acts on papers, procedures and sealed decisions. Importing declares it."""

from apps.council.listeners import exports, papers, procedures

__all__ = ["exports", "papers", "procedures"]
