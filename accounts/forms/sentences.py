"""What a form says when a field was left empty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PlainSentences(forms.BaseForm):
    """A form that asks for what is missing instead of stating that a field is required.

    The browser's own check is off: errors are said in one place, in the reader's language.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            if not isinstance(field, forms.BooleanField | forms.FileField):
                field.error_messages["required"] = (
                    _("Hãy chọn một mục.") if chosen else _("Hãy điền nội dung này.")
                )
