"""The English translation: `messages update`, `messages compile`, `messages check`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import messages


class Command(BaseCommand):
    help = "Bring locale/en in step with the source, compile it, or check that nothing is missing."
    requires_system_checks: list[str] = []  # compiling comes before everything else is there

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["update", "compile", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['step']}")()

    def _update(self) -> None:
        strings, missing = messages.update()
        self.stdout.write(f"{strings} strings, {missing} without English")

    def _compile(self) -> None:
        messages.compile_catalogue()

    def _check(self) -> None:
        found = list(messages.problems())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Every string has its English.")
