"""`manage.py print_schema`: what the migrations make of an empty database, in an order that can be compared."""

from typing import Any

import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand

from caricom_portal.schema import described
from caricom_portal.scratch import GRANTS, empty_database


class Command(BaseCommand):
    help = "Make a database by the migrations, print its tables, rights, functions and triggers sorted, and remove it."

    def handle(self, *args: Any, **options: Any) -> None:
        with empty_database("schema") as (address, _):
            with psycopg.connect(address, autocommit=True) as bare:
                bare.execute(GRANTS)
            call_command("migrate", verbosity=0, interactive=False)
            self.stdout.write(described(address))
