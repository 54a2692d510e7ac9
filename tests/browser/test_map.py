"""The map of a table in a browser: drawn, named, worked with keys, the same as the list, our own host only.

That no other host is asked and the console has no complaint (also none of the Content-Security-Policy)
is watched in every look.
"""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Look
from tests.browser.sights import DATASET_CIRCLES, DATASET_MAP, Sight, by_name
from tests.browser.test_axe import violations
from tests.browser.test_budget import first_visit
from tests.browser.test_keyboard import Keys
from tests.browser.test_narrow import check_width
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MARKER = ".map-ground .leaflet-marker-pane .leaflet-marker-icon"


CHOSEN = Sight(
    "map-chosen",
    lambda province: f"/dataset/{province.gauges.slug}?xem=ban-do&dong=100#dt-5",
    drawn=".leaflet-popup",
)


def names(markers: Locator) -> list[str]:
    return [marker.get_attribute("aria-label") or "" for marker in markers.all()]


def how_many(name: str) -> int:
    """The points behind a marker: those of a crowd, or one."""
    crowd = re.match(r"(\d+) điểm gần nhau", name)
    return int(crowd[1]) if crowd else 1


def metres(scale: Locator) -> int:
    """How many the line of the scale stands for: fewer, the closer one looks."""
    number, unit = scale.inner_text().split()
    return int(number) * (1000 if unit == "km" else 1)


def test_the_list_has_what_the_markers_stand_for(look: Look):
    page = look(DATASET_MAP)
    markers = names(page.locator(MARKER))
    assert all(markers)
    assert sum(map(how_many, markers)) == page.locator(".map-list ol > li").count() == 5
    assert "Trạm Thông Thụ" in markers
    expect(page.locator("#ban-do ~ * [role=status], #ban-do ~ [role=status]").first).to_be_visible()
    assert "1 dòng có toạ độ sai" in page.locator("main").inner_text()


def test_crowded_points_come_apart_when_somebody_looks_closer(look: Look):
    page = look(DATASET_MAP)
    page.locator(".map-crowd").first.focus()
    before = names(page.locator(MARKER))
    page.keyboard.press("Enter")
    expect(page.locator(MARKER).first).to_be_visible()
    page.wait_for_function(
        "before => document.querySelectorAll('.map-point').length !== before",
        arg=sum(1 for name in before if how_many(name) == 1),
    )


def test_a_marker_opens_with_the_keyboard_and_tells_in_text(look: Look):
    page = look(DATASET_MAP)
    page.locator(f"{MARKER}[aria-label='Trạm Thông Thụ']").focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("Trạm Thông Thụ")
    expect(popup).to_contain_text("Mực nước")
    expect(popup.get_by_role("button", name="Đóng")).to_be_visible()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)


def test_it_zooms_with_keys_and_with_named_buttons(look: Look):
    page = look(DATASET_MAP)
    expect(page.get_by_role("region", name="Bản đồ dữ liệu")).to_be_visible()
    scale = page.locator(".leaflet-control-scale-line")
    far = metres(scale)
    page.locator(".map-ground").focus()
    page.keyboard.press("+")
    expect(scale).not_to_have_text(f"{far // 1000} km")
    near = metres(scale)
    assert near < far
    page.get_by_role("button", name="Thu nhỏ", exact=True).focus()
    page.keyboard.press("Enter")
    expect(scale).to_have_text(f"{far // 1000} km")
    page.get_by_role("button", name="Phóng to", exact=True).focus()
    page.keyboard.press("Enter")
    expect(scale).not_to_have_text(f"{far // 1000} km")


def test_a_link_of_the_list_shows_its_feature(look: Look):
    page = look(DATASET_MAP)
    link = page.locator(".map-list").get_by_role("link", name="Trạm Cửa Lò")
    Keys(page).tab_to(link, patience=80)
    expect(page.locator(".leaflet-popup")).to_contain_text("Trạm Cửa Lò")
    expect(link).to_be_focused()


def test_the_address_may_name_a_feature(look: Look):
    expect(look(CHOSEN).locator(".leaflet-popup")).to_contain_text("Trạm Thông Thụ")


def test_circles_are_named_and_their_area_tells_the_number(look: Look):
    page = look(DATASET_CIRCLES)
    circles = page.locator(".map-circle")
    assert names(circles) == [
        "Phường Thành Vinh, 2 dòng",
        "Phường Trường Vinh, 2 dòng",
        "Phường Cửa Lò, 1 dòng",
        "Xã Thông Thụ, 1 dòng",
    ]
    widths = circles.evaluate_all("paths => paths.map(path => path.getBBox().width)")
    assert widths[0] / widths[2] == pytest.approx(2**0.5, rel=0.1)
    titles = page.locator(".map-list ol > li > a").all_inner_texts()
    assert [name.split(",")[0] for name in names(circles)] == titles


def test_names_of_communes_lie_on_the_empty_ground_for_the_eye_only(look: Look):
    page = look(DATASET_CIRCLES)
    expect(page.locator(".map-name").first).to_be_visible()
    assert page.locator(".leaflet-names-pane").get_attribute("aria-hidden") == "true"
    assert page.locator(".map-place").count() == 130


@pytest.mark.parametrize("sight", [DATASET_MAP, DATASET_CIRCLES, CHOSEN], ids=by_name)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(look: Look, sight: Sight, scheme: str):
    page = look(sight, color_scheme=scheme)
    assert violations(page) == {}
    page.set_viewport_size({"width": 360, "height": 780})
    assert violations(page) == {}


def test_the_page_fits_a_telephone(look: Look):
    check_width(look(DATASET_MAP, width=360))


def test_without_a_script_there_is_the_list(look: Look):
    page = look(DATASET_MAP, java_script_enabled=False)
    expect(page.get_by_text("Bản đồ được vẽ bằng JavaScript.")).to_be_visible()
    assert page.locator(".map-list ol > li").count() == 5
    page.locator(".map-list").get_by_role("link", name="Trạm Cửa Lò").click()
    assert page.url.endswith("#dt-4")


def test_a_map_that_cannot_be_fetched_says_so(browser: Browser, town: Town):
    context = browser.new_context(base_url=town.address, locale="vi-VN")
    page = context.new_page()
    page.route("**/ban-do.json*", lambda route: route.abort())
    page.goto(town.path(DATASET_MAP))
    expect(page.get_by_text("Không tải được bản đồ.")).to_be_visible()
    assert page.locator(".map-list ol > li").count() == 5
    context.close()


def test_first_visit_stays_within_its_budget(browser: Browser, town: Town):
    """480 KB, 14 requests, 70 KB of scripts (ux checks, F)."""
    visit, nodes = first_visit(browser, town, DATASET_MAP)
    assert visit.kilobytes() <= 480
    assert sum(map(len, visit.sizes.values())) <= 14
    assert 0 < visit.kilobytes("script") <= 70
    assert len(visit.sizes["font"]) == 2
    assert nodes <= 1500


def test_the_frame_for_other_pages_draws_the_same_map(browser: Browser, town: Town):
    context = browser.new_context(base_url=town.address, locale="vi-VN")
    page = context.new_page()
    page.goto(town.path(DATASET_MAP))
    path = re.search(r"/nhung/[^\"?]+", page.locator("#ma-nhung").input_value())
    assert path is not None
    page.goto(path[0])
    page.locator(MARKER).first.wait_for()
    assert sum(map(how_many, names(page.locator(MARKER)))) == 5
    assert violations(page) == {}
    context.close()
