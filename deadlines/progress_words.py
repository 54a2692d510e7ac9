"""How a round goes, in one sentence: "31/38 cơ quan đủ, 214/243 bộ dữ liệu, còn 6 ngày"."""

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines.models import Round
from deadlines.outcomes import Counts
from deadlines.periods import Kind
from deadlines.selectors.progress import AgencyProgress, Summary, left_of

# AgencyProgress.group → heading.
GROUPS: dict[str, Promise] = {
    "complete": gettext_lazy("Đã cung cấp đủ"),
    "lacking": gettext_lazy("Còn thiếu"),
    "not_begun": gettext_lazy("Chưa bắt đầu"),
}
KINDS: dict[Kind, Promise] = {
    Kind.QUARTER: gettext_lazy("Theo quý"),
    Kind.MONTH: gettext_lazy("Theo tháng"),
    Kind.YEAR: gettext_lazy("Theo năm"),
    Kind.DAY: gettext_lazy("Theo ngày"),
}


def sentence(summary: Summary) -> str:
    """How many have delivered, and how long there is, was, or that the result stands."""
    facts = {
        "complete": summary.complete,
        "agencies": summary.agencies,
        "done": summary.done,
        "owed": summary.owed,
        "when": when_words(summary.round, is_complete=summary.done == summary.owed),
    }
    return (
        _("%(complete)s/%(agencies)s cơ quan đủ, %(done)s/%(owed)s bộ dữ liệu, %(when)s.") % facts
    )


def agency_sentence(part: AgencyProgress, round_: Round) -> str:
    """How much one agency has delivered."""
    counts = part.counts
    if not counts.owed:
        return _("Cơ quan không có bộ dữ liệu nào phải cung cấp trong kỳ này.")
    when = when_words(round_, is_complete=not counts.missing)
    facts = {"done": counts.done, "owed": counts.owed, "when": when}
    return _("Đã có %(done)s/%(owed)s bộ dữ liệu, %(when)s.") % facts


def record_words(counts: Counts) -> str:
    """How an agency stood when a round was closed."""
    due = counts.on_time + counts.late + counts.missing
    if not due:
        return _("không có bộ dữ liệu nào đến hạn")
    facts = {"on_time": counts.on_time, "due": due, "late": counts.late, "missing": counts.missing}
    words = [_("%(on_time)s/%(due)s bộ dữ liệu đúng hạn") % facts]
    if counts.late:
        words.append(_("%(late)s muộn") % facts)
    if counts.missing:
        words.append(_("%(missing)s quá hạn") % facts)
    return ", ".join(words)


def when_words(round_: Round, *, is_complete: bool) -> str:
    """ "còn 6 ngày", "hạn là hôm nay", "đã quá hạn 3 ngày", "đã chốt ngày 16/11/2026".

    Where nothing is missing, nothing is overdue, however long ago the day was: how late each came is
    told beside it.
    """
    if round_.closed_at is not None:
        return _("đã chốt ngày %(day)s") % {"day": _day(round_)}
    left = left_of(round_)
    if left.days > 0:
        return _("còn %(span)s") % {"span": left.span}
    if left.days == 0:
        return _("hạn là hôm nay")
    if is_complete:
        return _("không còn bộ nào quá hạn")
    return _("đã quá hạn %(span)s") % {"span": left.span}


def _day(round_: Round) -> str:
    return formats.date_format(round_.closing_on, "SHORT_DATE_FORMAT")
