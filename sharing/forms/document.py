"""Sending a document of a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sharing.models import Document


class DocumentForm(forms.Form):
    """What the action refuses about the file is said there."""

    role = forms.ChoiceField(
        choices=Document.Role.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Hãy chọn loại văn bản.")),
    )
    file = forms.FileField(
        allow_empty_file=True, error_messages={"required": _("Hãy chọn tệp văn bản.")}
    )
