"""What a demonstration dataset is: its metadata, its tables, and how far its workflow goes."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from core.vietnamese import slugify
from deadlines.periods import Kind, Period
from demo.sheet import Measure, Sheet, Value
from demo.subjects import Subjects

ILLUSTRATIVE_VI = "Số liệu minh hoạ, không phải số liệu chính thức."
ILLUSTRATIVE_EN = "Illustrative figures, not official statistics."

KINDS = {"quarterly": Kind.QUARTER, "monthly": Kind.MONTH, "yearly": Kind.YEAR}
# How many periods of history a dataset has unless it says otherwise.
HISTORY = {"quarterly": 8, "monthly": 12, "yearly": 3}
EXTENSIONS = {"CSV": "csv", "XLSX": "xlsx", "JSON": "json", "GeoJSON": "geojson"}


@dataclass(frozen=True)
class DemoColumn:
    """One column; `name` is what a reader makes of the label."""

    label_vi: str
    label_en: str
    values: Measure
    unit: str = ""
    description_vi: str = ""
    description_en: str = ""
    # The reference table its values come from: communes_2025 and the like.
    code_list: str = ""

    @property
    def name(self) -> str:
        # GeoJSON has no label for the geometry: its member is called that.
        if self.type == "geometry":
            return "geometry"
        return slugify(self.label_vi, separator="_", longest=63)

    @property
    def type(self) -> str:
        return self.values.type


@dataclass(frozen=True)
class Layout:
    """How a file is laid out, as real offices do it.

    `encoding` is utf-8, utf-8-sig or windows-1258; `titled` puts title rows above the
    header, `totalled` a row of totals at the end.
    """

    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = ","
    titled: bool = False
    totalled: bool = False


@dataclass(frozen=True)
class DemoResource:
    """One table of a dataset, with the generator of its rows."""

    name: str
    title_vi: str
    title_en: str
    format: str
    key_columns: tuple[str, ...]
    subjects: Subjects
    columns: tuple[DemoColumn, ...]
    layout: Layout = Layout()

    def make(self, slug: str, period: Period) -> dict[str, list[Value]]:
        """The values of one period by column name, all lists equally long."""
        seed = f"{slug}/{self.name}"
        sheet = Sheet(seed, period, self.subjects(seed, period))
        for column in self.columns:
            sheet.draw(column.name, column.values)
        return sheet.present()


@dataclass(frozen=True)
class Story:
    """Where the demonstration's workflow stops short of publishing.

    `newest` is the state in which the newest period is left: published, submitted,
    ready, needs_fixing (its file is the broken one) or returned (with `reason_vi`); or, where no
    file came, extension_waits or nothing_waits: what was asked instead is not decided yet.
    `missing` are periods never delivered, `waived` those it was excused from, both counted back
    from the newest (0).
    """

    newest: str = "published"
    missing: tuple[int, ...] = ()
    waived: tuple[int, ...] = ()
    reason_vi: str = ""


@dataclass(frozen=True)
class DemoDataset:
    """One dataset of the demonstration catalogue.

    `access_level` is open, shared (agencies only) or listed (metadata only, no resources).
    A `draft` has been registered but not yet announced. `eventful`: its data come of events, so that
    nothing may arise in a period.
    """

    slug: str
    title_vi: str
    title_en: str
    about_vi: str
    about_en: str
    agency_key: str
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    legal_ground: str
    source_database: str
    resources: tuple[DemoResource, ...] = ()
    frequency: str = "quarterly"
    access_level: str = "open"
    spatial: str = "Toàn tỉnh, chi tiết đến xã, phường"
    temporal_start: date = date(2024, 10, 1)
    temporal_end: date | None = None
    history: int = 0
    story: Story = Story()
    draft: bool = False
    eventful: bool = False

    @property
    def description_vi(self) -> str:
        return f"{self.about_vi} {ILLUSTRATIVE_VI}"

    @property
    def description_en(self) -> str:
        return f"{self.about_en} {ILLUSTRATIVE_EN}"

    @property
    def weight(self) -> int:
        """About how many rows all its periods have together: the work of loading it."""
        first = Period.containing(self.temporal_start, KINDS[self.frequency])
        rows = sum(len(one.subjects(f"{self.slug}/{one.name}", first)) for one in self.resources)
        return rows * (self.history or HISTORY[self.frequency])

    def all_periods(self, today: date) -> list[Period]:
        """Its ended periods, oldest first, delivered or not."""
        period = Period.containing(min(today, self.temporal_end or today), KINDS[self.frequency])
        found = [period] if period.last_day < today else []
        while len(found) < (self.history or HISTORY[self.frequency]):
            period = period.previous()
            found.insert(0, period)
        return found if self.resources else []

    def missing_periods(self, today: date) -> list[str]:
        """The codes of the periods it never delivered."""
        return self._counted_back(self.story.missing, today)

    def waived_periods(self, today: date) -> list[str]:
        """The codes of the periods it was excused from."""
        return self._counted_back(self.story.waived, today)

    def _counted_back(self, offsets: tuple[int, ...], today: date) -> list[str]:
        codes = [period.code for period in self.all_periods(today)]
        return [codes[-1 - back] for back in sorted(offsets, reverse=True)]

    def left_at(self, today: date) -> dict[str, str]:
        """The newest period's code and state, if its workflow stops before publishing."""
        periods = self.all_periods(today)
        if self.story.newest == "published" or not periods:
            return {}
        return {periods[-1].code: self.story.newest}


def periods(dataset: DemoDataset, today: date) -> list[str]:
    """The codes of the periods the dataset delivers files for, oldest first."""
    missing = dataset.missing_periods(today)
    return [period.code for period in dataset.all_periods(today) if period.code not in missing]


def file_name(dataset: DemoDataset, resource: DemoResource, period: str) -> PurePath:
    """The name of one delivery: "truong-hoc_danh-sach_2026Q3.csv"."""
    extension = EXTENSIONS[resource.format]
    return PurePath(f"{dataset.slug}_{resource.name}_{period}.{extension}")
