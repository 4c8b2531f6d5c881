"""`manage.py encrypt_anew`: write everything that is kept under a key before FIELD_KEY under FIELD_KEY.

Run with the new FIELD_KEY and the old one in FIELD_KEYS_BEFORE, while the portal works; again as often as one likes.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.access.database_context import portal_context
from apps.access.key_rotation import Kept, marks_are_of_another_key, stamp_marks
from apps.access.manifest import registry


class Command(BaseCommand):
    help = "Write texts that are kept under an older FIELD_KEY under the present one; idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        if marks_are_of_another_key():
            raise CommandError("MARK_KEY is not the key under which marks were made. Give that one.")
        lost = 0
        offered: dict[str, Kept] = registry.offered("access.encrypted")
        for name, kept in offered.items():
            with portal_context("command"):
                counts = kept.rewrite()
            lost += counts.lost
            said = f"{name}: {counts.all} texts, {counts.rewritten} written anew"
            self.stdout.write(said + (f", {counts.lost} that no key opens" if counts.lost else ""))
        stamp_marks()
        if lost:
            raise CommandError(f"{lost} texts are under none of the keys. Give the key of that time, too.")
        self.stdout.write("Everything is under FIELD_KEY. FIELD_KEYS_BEFORE may go; MARK_KEY has to stay.")
