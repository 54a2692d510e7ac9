"""Print the demonstration accounts, so that somebody who has just started the portal can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Print the accounts of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are no demonstration accounts here: DEMO is off.")
        self.stdout.write(
            "Tài khoản minh hoạ (demonstration accounts), mật khẩu / password: " + PASSWORD
        )
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<44} {person.full_name}")
