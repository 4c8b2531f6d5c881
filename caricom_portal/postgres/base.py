"""Django's PostgreSQL, forgetting with each rollback what context the connection was given.

Settings of a session go back with the transaction in which they were made (apps.access.database_context): whoever
remembers them has to forget them then. Django tells nobody of a rollback; a backend of one's own is its way to hear.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations as Operations


class DatabaseOperations(Operations):
    """Whose compilers know of queries that read beyond their seat."""

    compiler_module = "caricom_portal.postgres.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection and `portal_context`, what it was given last; None where nobody can know."""

    ops_class = DatabaseOperations
    portal_context: Any = None

    def connect(self) -> None:
        """Come from the pool, or from the server: whose context a connection has had is not asked."""
        self.portal_context = None
        super().connect()

    def _rollback(self) -> None:
        self.portal_context = None
        super()._rollback()  # type: ignore[misc]  # stubs name public methods alone

    def _savepoint_rollback(self, sid: str) -> None:
        self.portal_context = None
        super()._savepoint_rollback(sid)  # type: ignore[misc]
