"""Rules of the register without a database: entry into force, status of instruments, number words."""
