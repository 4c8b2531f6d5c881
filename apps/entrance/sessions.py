"""Sessions in the database, read and kept by the entrance alone: the second wall shows them to no seat."""

from typing import Any

from django.contrib.sessions.backends import db

from apps.access.database_context import entrance_context


class SessionStore(db.SessionStore):
    """Django's, asking at the entrance whoever is signed in meanwhile."""

    def load(self) -> Any:
        with entrance_context():
            return super().load()

    def exists(self, session_key: str) -> bool:
        with entrance_context():
            return bool(super().exists(session_key))

    def save(self, must_create: bool = False) -> None:
        with entrance_context():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with entrance_context():
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        with entrance_context():
            super().clear_expired()
