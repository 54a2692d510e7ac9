"""Load topics, administrative units and the terms of use that ship with the portal."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from catalog.models import AdministrativeUnit, Licence, Topic, UnitChange
from core.vietnamese import sort_key

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
IN_FORCE = date(2023, 10, 10)  # QĐ 22/2023/QĐ-UBND
COMMUNES_MERGED = date(2025, 7, 1)  # the district level ended the day before
LEVEL = AdministrativeUnit.Level


class Command(BaseCommand):
    help = "Load topics, administrative units and terms of use. Can run again at any time."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        _load_topics()
        _load_units()
        _load_changes()
        _load_terms()
        self.stdout.write(
            f"{Topic.objects.count()} topics, {AdministrativeUnit.objects.count()} units, "
            f"{UnitChange.objects.count()} changes, {Licence.objects.count()} terms of use"
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_topics() -> None:
    for row in _rows("topics.csv"):
        slug = row.pop("slug")
        Topic.objects.update_or_create(slug=slug, defaults=row)


def _load_units() -> None:
    units = [*_districts_2023(), *_communes_2023(), *_communes_2025()]
    AdministrativeUnit.objects.bulk_create(
        units,
        update_conflicts=True,
        unique_fields=["level", "code", "valid_from"],
        update_fields=[
            "name",
            "type_name",
            "parent_code",
            "latitude",
            "longitude",
            "area_km2",
            "valid_to",
            "name_sort",
        ],
    )


def _unit(level: str, row: dict[str, str], begun: date, **facts: Any) -> AdministrativeUnit:
    return AdministrativeUnit(
        level=level,
        code=row["code"],
        name=row["name_vi"],
        type_name=row["type"],
        valid_from=begun,
        name_sort=sort_key(row["name_vi"]),
        **facts,
    )


def _districts_2023() -> Iterator[AdministrativeUnit]:
    for row in _rows("districts_2023.csv"):
        yield _unit(LEVEL.DISTRICT, row, IN_FORCE, valid_to=date.fromisoformat(row["valid_to"]))


def _communes_2023() -> Iterator[AdministrativeUnit]:
    for row in _rows("communes_2023.csv"):
        yield _unit(
            LEVEL.COMMUNE,
            row,
            IN_FORCE,
            parent_code=row["district_code"],
            valid_to=date(2025, 6, 30),
        )


def _communes_2025() -> Iterator[AdministrativeUnit]:
    for row in _rows("communes_2025.csv"):
        yield _unit(
            LEVEL.COMMUNE,
            row,
            COMMUNES_MERGED,
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            area_km2=float(row["area_km2"]),
        )


def _load_changes() -> None:
    changes = [
        UnitChange(
            old_code=row["old_code"],
            old_name=row["old_name"],
            old_district_code=row["old_district_code_03_2025"],
            new_code=row["new_code"],
            new_name=row["new_name"],
            whole=row["merge_type"] == "full",
        )
        for row in _rows("commune_map_2025.csv")
    ]
    UnitChange.objects.bulk_create(
        changes,
        update_conflicts=True,
        unique_fields=["old_code", "new_code"],
        update_fields=["old_name", "old_district_code", "new_name", "whole"],
    )


def _load_terms() -> None:
    """NĐ 47/2020 Đ18, the open data terms. Repealed on 22/10/2025; QĐ 22/2023 still names it."""
    texts = REFERENCE / "licences"
    Licence.objects.update_or_create(
        code="nghe-an-mo",
        defaults={
            "title_vi": "Điều khoản sử dụng dữ liệu mở tỉnh Nghệ An",
            "title_en": "Nghệ An open data terms of use",
            "citation_vi": "Điều 18 Nghị định 47/2020/NĐ-CP, theo Điều 10 Quyết định 22/2023/QĐ-UBND",
            "citation_en": "Article 18 of Decree 47/2020/NĐ-CP, under Article 10 of Decision 22/2023/QĐ-UBND",
            "terms_vi": (texts / "nghe-an-mo.vi.md").read_text(encoding="utf-8"),
            "terms_en": (texts / "nghe-an-mo.en.md").read_text(encoding="utf-8"),
            "valid_from": IN_FORCE,
        },
    )
