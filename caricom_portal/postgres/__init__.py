"""PostgreSQL as Django knows it, which also remembers what context its connection was given (base)."""
