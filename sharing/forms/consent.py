"""Forms of the owner's answer to a request: yes, perhaps to less; no; something is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field, reason_field
from accounts.forms.sentences import PlainSentences
from core import clock
from sharing.models import ServiceTable
from tables import BadQuery, Column
from tables.querying.conditions import condition
from tables.querying.texts import words

CONDITIONS = 3
OPERATOR_WORDS = (
    ("eq", _("bằng")),
    ("in", _("là một trong (cách nhau bằng dấu chấm phẩy)")),
    ("ge", _("từ giá trị này trở lên")),
    ("le", _("đến hết giá trị này")),
    ("starts", _("bắt đầu bằng")),
)


def _number_field() -> forms.CharField:
    return forms.CharField(
        label=_("Số, ký hiệu văn bản"), max_length=100, help_text=_("Ví dụ: 77/SYT-VP.")
    )


@dataclass(frozen=True)
class RowCondition:
    """The three inputs of one condition on rows."""

    column: BoundField
    operator: BoundField
    value: BoundField


@dataclass(frozen=True)
class TablePart:
    """What of one table is given; `given` only where the service has several tables."""

    table: ServiceTable
    given: BoundField | None
    columns: BoundField
    conditions: list[RowCondition]

    @property
    def narrows_columns(self) -> bool:
        return bool(self.columns.errors or self.columns.value())

    @property
    def narrows_rows(self) -> bool:
        """Something was said about rows, rightly or wrongly."""
        inputs = [
            one for condition in self.conditions for one in (condition.column, condition.value)
        ]
        return any(one.errors or one.value() for one in inputs)


class GiveForm(PlainSentences, forms.Form):
    """Consent; each table of the service may be narrowed to columns and rows."""

    document_number = _number_field()
    document_date = day_field(_("Ngày văn bản"))
    received_on = day_field(
        _("Ngày nhận văn bản"),
        help_text=_(
            "Thời hạn 05 ngày làm việc tính từ ngày muộn hơn giữa ngày nhận yêu cầu và ngày này."
        ),
    )
    valid_until = day_field(
        _("Chấp thuận đến hết ngày"), required=False, help_text=_("Bỏ trống: không thời hạn.")
    )

    def __init__(self, *args: Any, tables: list[ServiceTable], **kwargs: Any) -> None:
        kwargs["initial"] = {"received_on": clock.today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, prefix="dong-y", **kwargs)
        self._tables = tables
        for table in tables:
            self._add_table(table)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self._several and not any(said.get(_given(table)) for table in self._tables):
            self.add_error(
                None, _now("Hãy chọn ít nhất một bảng, hoặc chọn Không chấp thuận ở dưới.")
            )
        for table in self._tables:
            for at in range(CONDITIONS):
                self._check_condition(table, at, said)
        return said

    @property
    def parts(self) -> Iterator[TablePart]:
        for table in self._tables:
            yield TablePart(
                table,
                self[_given(table)] if self._several else None,
                self[_columns(table)],
                [
                    RowCondition(*(self[name] for name in _condition(table, at)))
                    for at in range(CONDITIONS)
                ],
            )

    def facts(self) -> dict[str, Any]:
        names = ("document_number", "document_date", "received_on", "valid_until")
        return {**{name: self.cleaned_data[name] for name in names}, "scope": self._scope()}

    def _scope(self) -> dict[str, Any]:
        """As sharing.scopes has it; empty when nothing is narrowed."""
        given = [
            table
            for table in self._tables
            if not self._several or self.cleaned_data.get(_given(table))
        ]
        parts = {str(table.resource_id): self._part(table) for table in given}
        narrows = len(given) < len(self._tables) or any(parts.values())
        return parts if narrows else {}

    def _part(self, table: ServiceTable) -> dict[str, Any]:
        part: dict[str, Any] = {}
        if columns := self.cleaned_data[_columns(table)]:
            part["columns"] = columns
        rows = [self._row(table, at) for at in range(CONDITIONS)]
        if rows := [row for row in rows if row[0]]:
            part["rows"] = rows
        return part

    def _row(self, table: ServiceTable, at: int) -> list[Any]:
        column, operator, value = (self.cleaned_data[name] for name in _condition(table, at))
        return [column, operator, _several_values(value) if operator == "in" else value]

    def _check_condition(self, table: ServiceTable, at: int, said: dict[str, Any]) -> None:
        """A condition is whole, and its value can be compared with the column."""
        column_name, operator_name, value_name = _condition(table, at)
        if any(name in self.errors for name in (column_name, operator_name, value_name)):
            return
        column, operator, value = said[column_name], said[operator_name], said[value_name]
        if not column:
            if value:
                self.add_error(column_name, _now("Hãy chọn cột của điều kiện này."))
        elif not value:
            self.add_error(value_name, _now("Hãy ghi giá trị, hoặc bỏ chọn cột."))
        elif not _fits(table, column, operator, value):
            self.add_error(
                value_name, _now("Giá trị không so sánh được với kiểu dữ liệu của cột đã chọn.")
            )

    @property
    def _several(self) -> bool:
        return len(self._tables) > 1

    def _add_table(self, table: ServiceTable) -> None:
        if self._several:
            self.fields[_given(table)] = forms.BooleanField(
                label=_("Cho phép khai thác bảng này"), required=False, initial=True
            )
        self.fields[_columns(table)] = forms.MultipleChoiceField(
            label=_("Các cột được khai thác"),
            required=False,
            choices=_offered(table),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Không chọn cột nào: mọi cột mà dịch vụ cung cấp."),
        )
        for at in range(CONDITIONS):
            column, operator, value = _condition(table, at)
            self.fields[column] = forms.ChoiceField(
                label=_("Cột"),
                required=False,
                choices=[("", _("Không đặt điều kiện")), *_all(table)],
                widget=forms.Select(attrs={"lang": "vi"}),
            )
            self.fields[operator] = forms.ChoiceField(
                label=_("Phép so sánh"), choices=OPERATOR_WORDS
            )
            self.fields[operator].required = False
            self.fields[value] = forms.CharField(label=_("Giá trị"), required=False, max_length=300)


class RefuseForm(PlainSentences, forms.Form):
    """Both reason and ground are required by law (Đ11.1)."""

    reason = reason_field(
        _("Lý do không chấp thuận"),
        _("Ít nhất 10 ký tự; gửi cho cơ quan yêu cầu và cơ quan đầu mối."),
    )
    legal_ground = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=300,
        help_text=_("Điều, khoản làm căn cứ, ví dụ khoản 1 Điều 15 QĐ 22/2023/QĐ-UBND."),
    )
    document_number = _number_field()
    document_date = day_field(_("Ngày văn bản"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="tu-choi", **kwargs)


class MissingForm(PlainSentences, forms.Form):
    """What the requesting agency is to add before the owner can answer."""

    reason = reason_field(
        _("Nội dung cần bổ sung"),
        _("Ít nhất 10 ký tự; nói rõ còn thiếu gì để cơ quan bổ sung một lần."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="bo-sung", **kwargs)


def _all(table: ServiceTable) -> list[tuple[str, str]]:
    return [(one["name"], one.get("label") or one["name"]) for one in table.resource.columns]


def _offered(table: ServiceTable) -> list[tuple[str, str]]:
    """The columns the service gives."""
    return [one for one in _all(table) if not table.columns or one[0] in table.columns]


def _fits(table: ServiceTable, name: str, operator: str, value: str) -> bool:
    """Whether the value can be compared so; a beginning without letters would fit every row."""
    if operator == "starts" and not words(value):
        return False
    types = {one["name"]: one["type"] for one in table.resource.columns}
    try:
        condition(
            Column(name, types[name]),
            operator,
            _several_values(value) if operator == "in" else value,
        )
    except BadQuery:
        return False
    return True


def _several_values(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _given(table: ServiceTable) -> str:
    return f"bang-{table.resource_id.hex}"


def _columns(table: ServiceTable) -> str:
    return f"cot-{table.resource_id.hex}"


def _condition(table: ServiceTable, at: int) -> tuple[str, str, str]:
    stem = f"dong-{table.resource_id.hex}-{at}"
    return f"{stem}-cot", f"{stem}-phep", f"{stem}-gia-tri"
