"""Requests for information for programs (contract-rifc.md, section 4)."""
