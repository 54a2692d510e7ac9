"""The tab that draws a table's rows on a map, with the same features as a list."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.explorer.asked_tables import asked_columns
from catalog.explorer.chips import Chip, chips
from catalog.explorer.look import Look
from catalog.explorer.maps.choice import MapChoice, map_choice
from catalog.explorer.maps.circles import circles
from catalog.explorer.maps.features import MOST_FEATURES, Feature, Features
from catalog.explorer.maps.geometry import lightened
from catalog.explorer.maps.locating import Codes, Coordinates, Shapes
from catalog.explorer.maps.places import communes, surroundings
from catalog.explorer.maps.rows import points, shapes
from catalog.explorer.refusals import sentence
from catalog.explorer.respelling import Respelling, respelling
from catalog.explorer.table import status_of
from catalog.explorer.table_query import address
from tables import BadQuery, TableUnavailable, TooSlow

LISTED = 25  # features on a page of the list
MOST_POSITIONS = 30_000  # of all shapes together: a quarter of a megabyte when sent
NOTHING = Features([], [], drawn=0, placed=0, rows=0, unplaced=0, wrong=0)


@dataclass(frozen=True)
class MapView:
    """What the template needs; `complaint` says what of the address could not be done."""

    look: Look
    choice: MapChoice
    found: Features
    page: Page
    complaint: str
    status: int

    @property
    def chips(self) -> list[Chip]:
        """What narrows the rows; taken away, the map stays."""
        own = address([("xem", "ban-do"), *self.choice.pairs])
        offered = chips(self.look, asked_columns(self.look))
        return [replace(chip, without=f"{own}&{chip.without[1:]}") for chip in offered]

    @cached_property
    def respelling(self) -> Respelling | None:
        """Nothing where the question could not be asked."""
        return None if self.is_refused else respelling(self.look, asked_columns(self.look))

    @property
    def respelled_address(self) -> str:
        if self.respelling is None:
            return ""
        pairs = [("xem", "ban-do"), ("ky", self.look.period), *self.respelling.query.pairs]
        return address([*pairs, *self.choice.pairs])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything of the address but how the map is drawn."""
        return [("xem", "ban-do"), ("ky", self.look.period), *self.look.query.pairs]

    @property
    def whole_address(self) -> str:
        """The map of all rows."""
        return address([("xem", "ban-do"), ("ky", self.look.period), *self.choice.pairs])

    @property
    def data_address(self) -> str:
        """Where the script finds what to draw."""
        table = self.look.resource
        path = reverse("map-data", args=[table.dataset.slug, table.pk])
        return path + address(
            [("ky", self.look.period), *self.look.query.pairs, *self.choice.pairs]
        )

    @property
    def is_refused(self) -> bool:
        """Whether the question could not be asked at all."""
        return self.found is NOTHING

    @property
    def counts_codes(self) -> bool:
        return isinstance(self.choice.location, Codes)

    @property
    def note(self) -> str:
        """Where the units of a code are placed."""
        location = self.choice.location
        return str(location.list.note) if isinstance(location, Codes) else ""

    @property
    def undrawn(self) -> int:
        """Features for which there is no room."""
        return self.found.placed - self.found.drawn

    @property
    def placed_rows(self) -> int:
        """Rows behind the circles of a map of codes."""
        return self.found.rows - self.found.unplaced - self.found.wrong - self.found.unvalued

    @property
    def tiles_url(self) -> str:
        return settings.MAP_TILES_URL

    @property
    def tiles_attribution(self) -> str:
        return settings.MAP_TILES_ATTRIBUTION


def map_view(look: Look) -> MapView:
    """The map asked for; where that cannot be, an empty one and a sentence."""
    choice = map_choice(look)
    try:
        return _view(look, choice)
    except BadQuery as error:
        return _empty(look, choice, sentence(error, asked_columns(look)), 400)
    except (TooSlow, TableUnavailable) as error:
        return _empty(look, choice, sentence(error, asked_columns(look)), status_of(error))


def map_data(look: Look) -> dict[str, Any]:
    """What the script draws, as JSON: {features, labels, box, places, is_simplified}.

    Geometries are GeoJSON; `box` is [south, west, north, east], `places` [name, latitude, longitude]
    for orientation. Raises BadQuery, TooSlow, TableUnavailable.
    """
    found = features(look, map_choice(look), slice(0, MOST_FEATURES))
    geometries, is_simplified = lightened(
        [feature.geometry for feature in found.features], MOST_POSITIONS
    )
    box = surroundings()
    return {
        "features": [
            _drawn(feature, geometry)
            for feature, geometry in zip(found.features, geometries, strict=True)
        ],
        "labels": found.labels,
        "box": [box.south, box.west, box.north, box.east],
        "places": [[place.name, place.latitude, place.longitude] for place in communes().values()],
        "is_simplified": is_simplified,
    }


def features(look: Look, choice: MapChoice, wanted: slice) -> Features:
    """Raises BadQuery, TooSlow, TableUnavailable."""
    match choice.location:
        case Shapes() as location:
            return shapes(look, location, wanted)
        case Coordinates() as location:
            return points(look, location, wanted)
        case location:
            counting = choice.counting or choice.offered_countings[0]
            return circles(look, location, counting, wanted)


def _drawn(feature: Feature, geometry: dict[str, Any]) -> dict[str, Any]:
    drawn = {
        "number": feature.number,
        "title": feature.title,
        "facts": feature.facts,
        "geometry": geometry,
    }
    if feature.share is not None:
        drawn["share"] = feature.share
    if len(feature.parts) > 1:
        drawn["parts"] = [[part.name, part.words] for part in feature.parts]
    return drawn


def _view(look: Look, choice: MapChoice) -> MapView:
    number = look.query.page
    wanted = slice((max(number, 1) - 1) * LISTED, max(number, 1) * LISTED)
    found = features(look, choice, wanted)
    paginator = Paginator(range(found.drawn), LISTED)
    if not 1 <= number <= paginator.num_pages:
        first = _view(replace(look, query=replace(look.query, page=1)), choice)
        complaint = _("Danh sách không có trang đó. Dưới đây là trang đầu.")
        return replace(first, complaint=complaint, status=400)
    status = 400 if choice.complaint else 200
    return MapView(look, choice, found, paginator.page(number), choice.complaint, status)


def _empty(look: Look, choice: MapChoice, complaint: str, status: int) -> MapView:
    return MapView(look, choice, NOTHING, Paginator(range(0), LISTED).page(1), complaint, status)
