"""Which map an address asks for: noi is the column that places the rows, do what circles measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.explorer.asked_tables import asked_columns
from catalog.explorer.charts.material import material_of
from catalog.explorer.charts.question import Measure
from catalog.explorer.look import Look
from catalog.explorer.maps.circles import Counting, countings, first_counting, why_not
from catalog.explorer.maps.locating import Codes, Location, locations, why_nowhere


@dataclass(frozen=True)
class MapChoice:
    """How the rows are placed and, of codes, what is measured at each place.

    `complaint` says what of the address could not be done.
    """

    location: Location
    counting: Counting | None
    offered: list[Location]
    offered_countings: list[Counting]
    first_counting: Counting | None = None
    complaint: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As it stands in an address; what comes first by itself is left out."""
        placed = self.location is not self.offered[0]
        counted = self.counting is not None and self.counting is not self.first_counting
        return [
            ("noi", self.location.code if placed else ""),
            ("do", self.counting.measure.code if self.counting and counted else ""),
        ]


def why_no_map(look: Look) -> str:
    """Why the rows cannot be placed, in a sentence; nothing when they can."""
    return "" if offered_locations(look) else why_nowhere(asked_columns(look))


def offered_locations(look: Look) -> list[Location]:
    """Codes are read as they were when the oldest of the rows were reported."""
    oldest = min(release.period_end for release in look.asked)
    return locations(asked_columns(look), oldest)


def map_choice(look: Look) -> MapChoice:
    """The map of the address; what cannot be is replaced by what comes first. The table has a location."""
    offered = offered_locations(look)
    location, no_place = _location(look.parameters, offered)
    if not isinstance(location, Codes):
        return MapChoice(location, None, offered, [], None, no_place)
    material = material_of(look)
    measured = countings(material, location)
    first = first_counting(measured, location, material)
    counting, no_measure = _counting(look.parameters, measured, first)
    if no_measure:
        wanted = Counting(Measure.read(look.parameters.get("do", "")))
        no_measure = why_not(wanted, material, location) or no_measure
    complaint = " ".join(filter(None, (no_place, no_measure)))
    return MapChoice(location, counting, offered, measured, first, complaint)


def _location(parameters: QueryDict, offered: Sequence[Location]) -> tuple[Location, str]:
    code = parameters.get("noi", "")
    for location in offered:
        if location.code == code:
            return location, ""
    complaint = _(
        "Cột đã yêu cầu không cho biết vị trí. Bản đồ dưới đây dùng cột đầu tiên có vị trí."
    )
    return offered[0], complaint if code else ""


def _counting(
    parameters: QueryDict, offered: Sequence[Counting], first: Counting
) -> tuple[Counting, str]:
    code = parameters.get("do", "")
    for counting in offered:
        if counting.measure.code == code:
            return counting, ""
    complaint = _("Bản đồ không vẽ được số đo đã yêu cầu: hãy chọn một số đo trong danh sách.")
    return first, complaint if code else ""
