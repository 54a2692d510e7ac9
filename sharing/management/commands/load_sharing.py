"""Load the form of a connection request that ships with the portal."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sharing.models import FormField, FormVersion

FORM = Path(__file__).resolve().parents[2] / "reference" / "request_form.csv"
CODE = "nd47-dieu-35"
# The text of Đ35.2 is to be checked against the decree; the fields are rows, so that it needs no code.
CITATION = "khoản 2 Điều 35 Nghị định 47/2020/NĐ-CP"
IN_FORCE = date(2023, 10, 10)


class Command(BaseCommand):
    help = "Load the form of connection requests. Can run again: a form that is there stays."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        form, created = FormVersion.objects.get_or_create(
            code=CODE, defaults={"citation_vi": CITATION, "valid_from": IN_FORCE}
        )
        if created:
            FormField.objects.bulk_create(_fields(form))
        self.stdout.write(f"{FormField.objects.count()} fields of connection requests")


def _fields(form: FormVersion) -> list[FormField]:
    with FORM.open(encoding="utf-8", newline="") as file:
        return [_field(form, at, row) for at, row in enumerate(csv.DictReader(file))]


def _field(form: FormVersion, at: int, row: dict[str, str]) -> FormField:
    return FormField(
        form=form,
        key=row["key"],
        step=row["step"],
        position=at,
        kind=row["kind"],
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        help_vi=row["help_vi"],
        help_en=row["help_en"],
        required=row["required"] == "yes",
        choices=[choice.split("=") for choice in row["choices"].split("|") if choice],
    )
