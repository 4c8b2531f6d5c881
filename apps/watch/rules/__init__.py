"""Rules of the watch log, of bulletins and of digests as pure functions: no Django, no database, no clock."""
