"""The owner's answer to a request: consent with a scope, refusal, a supplement asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sentences import PlainSentences
from portal import clock
from sharing.forms.request import LINES, LONG_TEXT, day_field
from sharing.models import ConnectionRequest, ServiceTable
from sharing.scopes import OPERATORS

CONDITIONS = 2  # on the rows of a table, on the page
OPERATOR_WORDS = {
    "eq": _("bằng"),
    "in": _("là một trong (cách nhau bằng dấu phẩy)"),
    "ge": _("từ"),
    "le": _("đến"),
    "starts": _("bắt đầu bằng"),
}


def _reason_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": LINES}),
        help_text=_("Ít nhất 10 ký tự; gửi cho cơ quan yêu cầu và cơ quan đầu mối."),
    )


class AnswerDocument(PlainSentences, forms.Form):
    """The document that carries the answer."""

    document_number = forms.CharField(
        label=_("Số, ký hiệu văn bản trả lời"),
        max_length=100,
        help_text=_("Ví dụ 77/SGDĐT-VP."),
    )
    document_date = day_field(label=_("Ngày văn bản"))


class ConsentForm(AnswerDocument):
    """Consent; for each table which columns and rows are given, none chosen: all the service gives."""

    valid_until = day_field(
        label=_("Chấp thuận đến hết ngày"),
        required=False,
        help_text=_("Bỏ trống nếu không có thời hạn."),
    )

    def __init__(self, *args: Any, request: ConnectionRequest, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"document_date": clock.today()})
        super().__init__(*args, **kwargs)
        self.tables = list(request.service.tables.select_related("resource__dataset"))
        for table in self.tables:
            self._add_table(table)

    def scope(self) -> dict[str, Any]:
        """The narrowing as sharing.scopes spells it; empty where nothing is narrowed."""
        parts = {str(table.resource_id): self._part(table) for table in self.tables}
        narrowed = any(part for part in parts.values())
        return parts if narrowed else {}

    def _add_table(self, table: ServiceTable) -> None:
        stem = f"t{table.pk}"
        columns = _columns(table)
        self.fields[f"{stem}-columns"] = forms.MultipleChoiceField(
            label=_("Các cột được dùng: %(table)s") % {"table": table.resource.title},
            choices=columns,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Không chọn cột nào: mọi cột dịch vụ cung cấp."),
        )
        for at in range(CONDITIONS):
            self._add_condition(f"{stem}-{at}", table, columns)

    def _add_condition(
        self, stem: str, table: ServiceTable, columns: list[tuple[str, str]]
    ) -> None:
        label = {"table": table.resource.title, "n": int(stem.rpartition("-")[2]) + 1}
        self.fields[f"{stem}-column"] = forms.ChoiceField(
            label=_("Điều kiện %(n)s về dòng, %(table)s: cột") % label,
            choices=[("", _("(không có điều kiện)")), *columns],
            required=False,
        )
        self.fields[f"{stem}-operator"] = forms.ChoiceField(
            label=_("Phép so của điều kiện %(n)s") % label,
            choices=[(code, OPERATOR_WORDS[code]) for code in OPERATORS],
            required=False,
        )
        self.fields[f"{stem}-value"] = forms.CharField(
            label=_("Giá trị của điều kiện %(n)s") % label, required=False, max_length=200
        )

    def clean(self) -> dict[str, Any]:
        for table in self.tables:
            for at in range(CONDITIONS):
                stem = f"t{table.pk}-{at}"
                chosen = self.cleaned_data.get(f"{stem}-column")
                if chosen and not self.cleaned_data.get(f"{stem}-value"):
                    self.add_error(f"{stem}-value", _("Hãy ghi giá trị của điều kiện."))
        return self.cleaned_data

    def _part(self, table: ServiceTable) -> dict[str, Any]:
        facts, stem = self.cleaned_data, f"t{table.pk}"
        rows = []
        for at in range(CONDITIONS):
            column = facts[f"{stem}-{at}-column"]
            if column:
                operator, value = facts[f"{stem}-{at}-operator"], facts[f"{stem}-{at}-value"]
                several = [one.strip() for one in value.split(",") if one.strip()]
                rows.append([column, operator, several if operator == "in" else value.strip()])
        part = {"columns": facts[f"{stem}-columns"], "rows": rows}
        return {name: chosen for name, chosen in part.items() if chosen}


class OwnerRefusalForm(AnswerDocument):
    reason = _reason_field(_("Lý do không chấp thuận"))
    legal_ground = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=300,
        help_text=_("Điều, khoản làm căn cứ, ví dụ khoản 1 Điều 15 QĐ 22/2023/QĐ-UBND."),
    )


class OwnerSupplementForm(PlainSentences, forms.Form):
    reason = _reason_field(_("Nội dung cần bổ sung"))


def _columns(table: ServiceTable) -> list[tuple[str, str]]:
    """The columns the service gives of the table, by their labels."""
    known = {
        column["name"]: column.get("label") or column["name"] for column in table.resource.columns
    }
    return [(name, known.get(name, name)) for name in table.columns or known]
