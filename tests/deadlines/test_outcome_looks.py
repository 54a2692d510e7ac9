"""The tag of a duty: what it says on which day, and that every outcome has a shape."""

from datetime import date

import pytest
from django.template import Context, Template

from core import clock
from deadlines.models import Duty, LegalRule
from deadlines.outcome_looks import look_of_duty, look_of_outcome
from deadlines.outcomes import Outcome

DUE = date(2026, 10, 16)


def duty(state: str = "open", done: str = "", how: str = "", extended: date | None = None) -> Duty:
    return Duty(
        kind="dataset_update",
        rule=LegalRule(unit="day"),
        state=state,
        due=extended or DUE,
        extended_to=extended,
        how=how,
        fulfilled_on=date.fromisoformat(done) if done else None,
    )


@pytest.mark.parametrize(
    ("seen", "on", "look"),
    [
        (duty("fulfilled", "2026-10-16", "release"), "2026-10-20", ("ok", "tick", "Đúng hạn")),
        (duty("fulfilled", "2026-10-16", "pull"), "2026-10-20", ("", "tick", "Tự động, đúng hạn")),
        (duty("fulfilled", "2026-10-09", "nothing"), "2026-10-20", ("", "tick", "Không phát sinh")),
        (duty("fulfilled", "2026-10-18", "release"), "2026-10-20", ("idle", "half", "Muộn 2 ngày")),
        (
            duty("fulfilled", "2026-10-17", "nothing"),
            "2026-10-20",
            ("idle", "half", "Không phát sinh, khai muộn 1 ngày"),
        ),
        (duty("overdue"), "2026-10-19", ("bad", "warning", "Quá hạn 3 ngày")),
        (duty(), "2026-10-17", ("bad", "warning", "Quá hạn 1 ngày")),
        (duty(), "2026-10-16", ("warn", "clock", "Hạn hôm nay")),
        (duty(), "2026-10-11", ("warn", "clock", "Sắp đến hạn: còn 5 ngày")),
        (duty(), "2026-10-10", ("info", "clock", "Còn 6 ngày")),
        (
            duty(extended=date(2026, 10, 30)),
            "2026-10-20",
            ("info", "clock", "Gia hạn đến 30/10/2026: còn 10 ngày"),
        ),
        (duty("waived"), "2026-10-20", ("idle", "pause", "Được miễn")),
        (duty("void"), "2026-10-20", ("idle", "ring", "Không còn phải thực hiện")),
    ],
)
def test_look(seen: Duty, on: str, look: tuple[str, str, str]):
    found = look_of_duty(seen, date.fromisoformat(on))
    assert (found.kind, found.icon, found.words) == look


def test_every_outcome_has_a_shape_and_words():
    assert all(look_of_outcome(outcome).icon for outcome in Outcome)
    assert look_of_outcome(Outcome.MISSING).words == "Chưa có, đã quá hạn"


def test_the_tag_takes_a_duty_or_an_outcome():
    template = Template('{% include "deadlines/outcome.html" %}')
    with clock.set_to(clock.midnight(date(2026, 10, 18))):
        assert "Quá hạn 2 ngày" in template.render(Context({"outcome": duty()}))
    assert "Chưa đến hạn" in template.render(Context({"outcome": "pending"}))
