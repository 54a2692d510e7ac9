"""Load the demonstration: people, datasets and their history, by the replay of every day until today."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from catalog.models import Dataset


class Command(BaseCommand):
    help = "Load the demonstration data (số liệu minh hoạ). Skips what is there; can run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when datasets exist"
        )
        parser.add_argument("--workers", type=int, default=2, help="processes; 1 works in this one")
        parser.add_argument("--only", nargs="*", metavar="SLUG", help="these datasets only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Dataset.objects.exists():
            self.stdout.write("Đã có dữ liệu, không nạp số liệu minh hoạ.")
            return
        call_command("replay", workers=options["workers"], only=options["only"], stdout=self.stdout)
