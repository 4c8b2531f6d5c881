"""Papers of the Council's meetings: versions, translations, clearance, receipts."""
