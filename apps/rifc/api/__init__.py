"""Reports and requests for release for programs (contract-rifc.md, section 4)."""
