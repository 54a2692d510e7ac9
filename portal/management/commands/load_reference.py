"""What an installation needs before its first dataset: agencies, rules, calendar, topics, units, terms."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load agencies, time limits, calendar, topics, units and terms of use. Can run again."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_agencies", stdout=self.stdout)
        call_command("load_deadlines", stdout=self.stdout)
        call_command("load_sharing", stdout=self.stdout)
        call_command("load_catalogue_reference", stdout=self.stdout)
