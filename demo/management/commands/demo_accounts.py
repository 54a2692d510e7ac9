"""Print demonstration accounts, so that somebody who has just started the portal can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.people import PASSWORD, PEOPLE, DemoPerson


class Command(BaseCommand):
    help = "Print the accounts of the demonstration: one of each role, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="those of every agency")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are no demonstration accounts here: DEMO is off.")
        people = PEOPLE if options["all"] else _one_of_each_role()
        self.stdout.write(
            f"Tài khoản minh hoạ, mật khẩu / Demonstration accounts, password: {PASSWORD}"
        )
        for person in people:
            self.stdout.write(f"  {person.email:<40} {person.full_name}")
        if not options["all"]:
            self.stdout.write("  Tất cả / All: manage.py demo_accounts --all")


def _one_of_each_role() -> list[DemoPerson]:
    shown: dict[str, DemoPerson] = {}
    for person in PEOPLE:
        role, _agency = person.roles[0]
        shown.setdefault(role, person)
    return list(shown.values())
