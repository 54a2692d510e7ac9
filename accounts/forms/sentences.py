"""What a form says when a field was left empty."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

DASHES = BLANK_CHOICE_DASH[0][1]


class PlainSentences(forms.BaseForm):
    """A form that asks for what is missing instead of stating that a field is required.

    The browser's own check is off: errors are said in one place, in the reader's language. A choice that
    has not been made says so in words.
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
            if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
                _put_empty_choice_in_words(field)


def _put_empty_choice_in_words(field: forms.ChoiceField | forms.ModelChoiceField) -> None:
    """Django offers "---------", from a foreign key or from a model's choices."""
    words = _("Hãy chọn") if field.required else _("Không chọn")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif not callable(field.choices):
        field.choices = [
            (value, words if label == DASHES else label) for value, label in field.choices
        ]
