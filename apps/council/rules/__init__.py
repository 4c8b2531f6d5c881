"""The rules of the Council as pure functions: votes, silence, addressees, seals. No clock, no database."""
