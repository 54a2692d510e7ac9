"""manage.py states_diagram: write docs/release-states.md; with --check, only say whether it is right."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.release_states_page import PATH, page


class Command(BaseCommand):
    help = "Write docs/release-states.md from catalog/states.py."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, fail if the file is out of date"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        file = settings.BASE_DIR / PATH
        kept = file.read_text(encoding="utf-8") if file.exists() else ""
        if kept == page():
            return
        if check:
            raise CommandError(f"{PATH} is out of date: run manage.py states_diagram")
        file.parent.mkdir(exist_ok=True)
        file.write_text(page(), encoding="utf-8")
        self.stdout.write(PATH)
