"""Rules of sharing as pure functions: no Django, no database, no clock."""
