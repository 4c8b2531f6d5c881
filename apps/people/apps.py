"""People as an app: its listeners have to be known before anything happens that they wait for."""

from typing import ClassVar

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import pgettext_lazy

from apps.access.wall_tables import ANYBODY, FLOOR, PORTAL, Strength, Table, own


class People(AppConfig):
    """Declares what follows by itself."""

    name = "apps.people"
    verbose_name = pgettext_lazy("words, people", "People")
    walls: ClassVar[dict[str, Table]] = {
        **dict.fromkeys(
            (
                *("django_migrations", "auth.permission", "auth.group", "auth.group_permissions"),
                *("contenttypes.contenttype", "access.heartbeat"),
                *("people.party", "people.partyperiod", "people.function"),
            ),
            ANYBODY,
        ),
        # a seat reads neither another's factors and sessions nor, from the table of sessions, its own
        "sessions.session": PORTAL.at_entrance(),
        "usersessions.usersession": own("user_id").at_entrance(),
        "mfa.authenticator": own("user_id").at_entrance(),
        "account.emailaddress": own("user_id").at_entrance(),
        "account.emailconfirmation": PORTAL.at_entrance(),
        "socialaccount.socialaccount": own("user_id").at_entrance(),
        "socialaccount.socialapp": FLOOR.at_entrance(),
        "socialaccount.socialtoken": PORTAL.at_entrance(),
        "access.dispatch": FLOOR.at_entrance()
        .kept_rows()
        .seats("what follows from what somebody did with their own access"),
        "access.idempotencykey": own("seat_id", "seat").kept_rows(),
        "access.streamevent": PORTAL.kept_rows(),
        "people.user": FLOOR.of("id").at_entrance(),
        "audit.auditrecord": Table(Strength.FLOOR, signed=True),
        "audit_head": FLOOR,
        "audit_repeated": FLOOR.at_entrance().seats("a refusal is counted with the page that was refused"),
        **dict.fromkeys(
            (
                *("people.desk", "people.seat", "people.desktoken", "people.invitation", "people.handover"),
                *("people.accountrule", "people.twopersonrule", "people.emergencyuse"),
            ),
            FLOOR.at_entrance(),
        ),
    }

    def ready(self) -> None:
        """Stand behind the doors."""
        from apps.access import database_context, wall, write_guard

        connection_created.connect(write_guard.install, dispatch_uid="write_guard")
        connection_created.connect(database_context.install, dispatch_uid="database_context")
        pre_migrate.connect(write_guard.migrating, dispatch_uid="write_guard")
        post_migrate.connect(write_guard.migrated, dispatch_uid="write_guard")
        post_migrate.connect(wall.stand, dispatch_uid="wall")
