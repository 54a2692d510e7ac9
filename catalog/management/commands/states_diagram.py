"""manage.py states_diagram: write docs/release-states.md and docs/duty-states.md.

With --check it only says whether they are right.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog import release_states_page
from deadlines import duty_states_page

PAGES = (release_states_page, duty_states_page)


class Command(BaseCommand):
    help = "Write docs/release-states.md and docs/duty-states.md from the tables of states."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, fail if a file is out of date"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        for path, text in _changed():
            if check:
                raise CommandError(f"{path} is out of date: run manage.py states_diagram")
            file = settings.BASE_DIR / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            self.stdout.write(path)


def _changed() -> Iterator[tuple[str, str]]:
    """Path and text of each page that does not say what the code says."""
    for one in PAGES:
        file, text = settings.BASE_DIR / one.PATH, one.page()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            yield one.PATH, text
