"""Load the agencies of Nghệ An that ship with the portal, with validity and successors."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Agency
from core.vietnamese import sort_key

AGENCIES = Path(__file__).resolve().parents[2] / "reference" / "agencies.csv"
# Đ11, Đ22 QĐ 22/2023 name Sở Thông tin và Truyền thông; since 01/03/2025 its work is done here.
DATA_AUTHORITY = "SKHCN2025"


class Command(BaseCommand):
    help = "Load the agencies of the province. Can run again at any time."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        with AGENCIES.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        agencies = {row["key"]: _load(row) for row in rows}
        for row in rows:
            _link(agencies[row["key"]], agencies.get(row["successor_key"]))
        self.stdout.write(f"{len(agencies)} agencies")


def _load(row: dict[str, str]) -> Agency:
    facts = {
        "slug": row["slug"],
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "short_name": row["short_name"],
        "document_symbol": row["document_symbol"],
        "symbol_verified": row["symbol_certainty"] == "verified",
        "kind": row["kind"],
        "function_vi": row["function_vi"],
        "function_en": row["function_en"],
        "contact_post": row["contact_point_vi"],
        "contact_phone": row["contact_phone"],
        "contact_email": row["contact_email"],
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "is_data_authority": row["key"] == DATA_AUTHORITY,
        "name_sort": sort_key(row["name_vi"]),
    }
    return Agency.objects.update_or_create(key=row["key"], defaults=facts)[0]


def _link(agency: Agency, successor: Agency | None) -> None:
    if agency.successor != successor:
        agency.successor = successor
        agency.save(update_fields=["successor"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
