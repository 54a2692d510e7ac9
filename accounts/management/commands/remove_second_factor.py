"""Help somebody back in who lost the telephone and the recovery codes, from the console of the operator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.security import remove_second_factor
from accounts.models import Person


class Command(BaseCommand):
    help = "Remove a person's second factor, after making sure by other means who is asking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"There is no account {options['email']!r}.")
        if not remove_second_factor(person=person):
            raise CommandError(f"{person.email} has no second factor.")
        self.stdout.write(
            f"{person.email} signs in with the password alone now; tell them to add another."
        )
