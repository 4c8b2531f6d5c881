"""A query as the text that PostgreSQL gets, to be kept and joined with others, and what such a statement answers."""

import json
from typing import Any

from django.core.exceptions import EmptyResultSet

Statement = tuple[str, tuple[Any, ...]]
"""SQL with its parameters."""


def make_statement(rows: Any) -> Statement | None:
    """The statement of a query; None where it can find nothing."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(params)


def read_facts(said: Any) -> dict[str, Any]:
    """A column of JSON, which comes as a text or as what it says."""
    found: dict[str, Any] = json.loads(said) if isinstance(said, str) else said
    return found
