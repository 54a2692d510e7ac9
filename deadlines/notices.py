"""The wording of notices about duties and petitions.

Facts of a digest: `summary` {due, late, weekly}; `digest` {lines, as
deadlines.actions.digest.Line.facts gives them; weekly {count, agencies}}. Facts of a petition:
petition (its kind), agency, duty, period, asker, reason.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.notices import declare, declare_fact
from deadlines.counting import Unit
from deadlines.distance import Distance
from deadlines.kinds import kind_of
from deadlines.models import Doubt, Petition
from deadlines.period_words import period_name
from deadlines.periods import Period


def _period_words(code: str) -> str:
    return period_name(Period.parse(code)) if code else ""


def _petition_words(kind: str) -> str:
    return str(Petition.Kind(kind).label).lower()


def digest_words(facts: dict[str, Any]) -> str:
    """One sentence for each line."""
    return " ".join([*map(_line_words, facts["lines"]), *_weekly_words(facts["weekly"])])


def digest_summary(facts: dict[str, Any]) -> str:
    """How much is due and how much is late, for a subject line."""
    return ", ".join(_summary_parts(**facts))


def _summary_parts(due: int, late: int, weekly: bool) -> Iterator[str]:
    if due:
        yield ngettext("%(n)s việc sắp đến hạn", "%(n)s việc sắp đến hạn", due) % {"n": due}
    if late:
        yield ngettext("%(n)s việc quá hạn", "%(n)s việc quá hạn", late) % {"n": late}
    if weekly:
        yield _("tình hình trong tuần")


def _line_words(line: dict[str, Any]) -> str:
    facts = {
        "agency": _in_language(line["agency"], line["agency_en"]),
        "what": _what(line),
        "due": _day(line["due"]),
        "n": line["count"],
        "titles": _titles(line),
    }
    # Lines written before working days were told apart have no unit.
    left = Distance(line["days"], Unit(line.get("unit", Unit.DAY)))
    sentence = _deadline_sentence(left.days) % (facts | {"span": left.span})
    return sentence + _moved(line) + _asked(line)


def _deadline_sentence(days: int) -> str:
    if days > 0:
        return _("%(agency)s: %(what)s, còn %(span)s, hạn hết ngày %(due)s: %(titles)s.")
    if days == 0:
        return _("%(agency)s: %(what)s, hạn là hôm nay, %(due)s: %(titles)s.")
    return _("%(agency)s: %(what)s, đã quá hạn %(span)s (hạn %(due)s): %(titles)s.")


def _moved(line: dict[str, Any]) -> str:
    """The day it was first due, where that was moved."""
    if not line.get("moved_from"):
        return ""
    return " " + _("Hạn ban đầu %(day)s.") % {"day": _day(line["moved_from"])}


def _asked(line: dict[str, Any]) -> str:
    """The day to aim at, while there is time for it."""
    if not line["asked"] or line["asked"] >= line["due"] or line["days"] < 2:
        return ""
    return " " + _("Đề nghị hoàn thành trong ngày %(day)s.") % {"day": _day(line["asked"])}


def _what(line: dict[str, Any]) -> str:
    title = str(kind_of(line["kind"]).title)
    period = _period_words(line["period"])
    return f"{title} {period}" if period else title


def _titles(line: dict[str, Any]) -> str:
    named = [_in_language(vi, en) for vi, en in line["titles"]]
    more = line["count"] - len(named)
    if more:
        named.append(_("và %(n)s mục khác") % {"n": more})
    return "; ".join(named)


def _weekly_words(weekly: dict[str, Any]) -> Iterator[str]:
    if weekly:
        yield (
            ngettext(
                "Toàn tỉnh đang có %(count)s việc quá hạn ở %(agencies)s cơ quan.",
                "Toàn tỉnh đang có %(count)s việc quá hạn ở %(agencies)s cơ quan.",
                weekly["count"],
            )
            % weekly
        )


def _in_language(vi: str, en: str) -> str:
    return en if get_language() == "en" and en else vi


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _doubt_words(doubt: str) -> str:
    return str(Doubt(doubt).label) if doubt else ""


def _moment_words(moment: str) -> str:
    at = localtime(datetime.fromisoformat(moment)) if moment else None
    return formats.date_format(at, "SHORT_DATETIME_FORMAT") if at else "–"


def _held_words(held: str) -> str:
    """What the doubt has led to."""
    if held:
        return _("Rà soát thời hạn đã dừng: chưa mở, đánh dấu hay chốt gì, chờ xác nhận.")
    return _("Rà soát thời hạn vẫn chạy; không việc nào bị làm lại.")


declare_fact("period", _period_words)
declare_fact("clock_doubt", _doubt_words)
declare_fact("clock_says", _moment_words)
declare_fact("clock_known", _moment_words)
declare_fact("clock_held", _held_words)
declare_fact("petition", _petition_words)
declare_fact("summary", digest_summary)
declare_fact("digest", digest_words)
declare(
    "duty.digest",
    subject=gettext_lazy("Thời hạn dữ liệu: %(summary)s"),
    body=gettext_lazy("%(digest)s"),
)
declare(
    "sweep.clock_doubted",
    subject=gettext_lazy("Đồng hồ máy chủ không đáng tin: %(clock_doubt)s"),
    body=gettext_lazy(
        "%(clock_doubt)s: đồng hồ báo %(clock_says)s, lần khớp gần nhất là %(clock_known)s. "
        "%(clock_held)s Hãy kiểm tra đồng hồ của máy chủ, rồi xem trang vận hành."
    ),
)
declare(
    "duty.reminder",
    subject=gettext_lazy("Nhắc cập nhật dữ liệu %(period)s"),
    body=gettext_lazy(
        "%(officer)s nhắc %(agency)s: còn %(count)s bộ dữ liệu %(period)s chưa có trên Kho dữ liệu. %(note)s"
    ),
)
declare(
    "petition.waits",
    subject=gettext_lazy("Chờ quyết định: %(petition)s, %(duty)s"),
    body=gettext_lazy(
        "%(agency)s đề nghị %(petition)s cho “%(duty)s”, %(period)s (người đề nghị: %(asker)s)."
    ),
)
declare(
    "petition.accepted",
    subject=gettext_lazy("Được chấp thuận: %(petition)s, %(duty)s"),
    body=gettext_lazy("Đề nghị %(petition)s cho “%(duty)s”, %(period)s đã được chấp thuận."),
)
declare(
    "petition.refused",
    subject=gettext_lazy("Không được chấp thuận: %(petition)s, %(duty)s"),
    body=gettext_lazy(
        "Đề nghị %(petition)s cho “%(duty)s”, %(period)s không được chấp thuận, với lý do: %(reason)s"
    ),
)
