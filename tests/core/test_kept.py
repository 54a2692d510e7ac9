"""Results kept while a number stands."""

import gc
import weakref

import pytest

from core.kept import Kept, kept


class Answer:
    """Something that can be seen to be gone."""


@pytest.fixture
def asked() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def function(asked: list[tuple[str, int]]) -> "Kept[[str, int], Answer]":
    @kept(most=2)
    def answer(name: str, number: int) -> Answer:
        asked.append((name, number))
        if name == "broken":
            raise ValueError(name)
        return Answer()

    return answer


def test_asked_once_while_the_number_stands(function, asked):
    assert function("a", 1) is function("a", 1)
    assert asked == [("a", 1)]


def test_of_an_earlier_number_nothing_is_held(function):
    gone = weakref.ref(function("a", 1))
    function("b", 2)
    gc.collect()
    assert gone() is None
    assert len(function) == 1


def test_who_still_has_an_earlier_number_is_answered_and_displaces_nothing(function, asked):
    newest = function("a", 2)
    assert function("a", 1) is not newest
    assert function("a", 2) is newest
    assert asked == [("a", 2), ("a", 1)]


def test_the_least_recently_used_goes_first(function, asked):
    first = function("a", 1)
    function("b", 1)
    assert function("a", 1) is first
    function("c", 1)
    assert function("a", 1) is first
    function("b", 1)
    assert [name for name, _number in asked] == ["a", "b", "c", "b"]


def test_what_is_raised_is_not_kept(function, asked):
    for _time in range(2):
        with pytest.raises(ValueError, match="broken"):
            function("broken", 1)
    assert len(asked) == 2


def test_forgetting_begins_anew(function, asked):
    function("a", 9)
    function.cache_clear()
    function("a", 1)
    assert asked == [("a", 9), ("a", 1)]
