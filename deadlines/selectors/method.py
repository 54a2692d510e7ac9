"""How the last day of a round was counted, for whoever wants to check it."""

from deadlines import law
from deadlines.explanation import lines
from deadlines.models import Round


def count_lines(round_: Round) -> list[str]:
    """The count day by day, in Vietnamese; one query.

    Nothing where the calendar has been changed since the round was closed: its day stands.
    """
    calendar = law.calendar()
    counted = law.counted(round_.rule, round_.start, calendar)
    if counted.due != round_.due:
        return []
    return [line.strip() for line in lines(round_.rule.as_rule(), counted, calendar)]
