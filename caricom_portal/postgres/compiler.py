"""Django's compilers, for queries that say with what right they read beyond their seat (database_context.beyond)."""

from contextlib import nullcontext
from typing import Any

from django.db.backends.postgresql import compiler
from django.db.backends.postgresql.compiler import SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler

from apps.access.database_context import wider_reading

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLCompiler(compiler.SQLCompiler):
    """A query that reads."""

    def execute_sql(self, *args: Any, **named: Any) -> Any:
        """As Django does, with the right that the query says."""
        counted = getattr(self.query, "inner_query", self.query)
        reason = getattr(counted, "beyond", "")
        with wider_reading(reason) if reason else nullcontext():
            return super().execute_sql(*args, **named)


class SQLAggregateCompiler(compiler.SQLAggregateCompiler, SQLCompiler):
    """A query that counts the rows of another."""
