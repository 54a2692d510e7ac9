"""Shares in percent."""

from hypothesis import given
from hypothesis import strategies as st

from deadlines.outcomes import percent


def test_examples() -> None:
    assert [percent(2, 3), percent(42, 52), percent(1, 3), percent(0, 0)] == [67, 81, 33, 0]


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_to_the_nearest_but_a_hundred_is_all_and_nought_is_none(part: int, whole: int) -> None:
    part = min(part, whole)
    share = percent(part, whole)
    assert (share == 100) == (part == whole)
    assert (share == 0) == (part == 0)
    assert abs(share - 100 * part / whole) <= 1
