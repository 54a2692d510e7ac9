"""Choosing a password: when changing it, after forgetting it, or for the first time."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions import trials
from accounts.devices import device_of, remember
from accounts.forms.wording import word, word_email, word_new_password
from accounts.models import Proof


class _TypedTwice(forms.Form):
    """Words the two fields for a new password and says so when they differ."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_new_password(self.fields["password1"])
        word(
            self.fields["password2"],
            _("Nhập lại mật khẩu mới"),
            missing=_("Nhập lại mật khẩu mới."),
        )

    def clean(self) -> dict[str, Any]:
        once, again = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if once and again and once != again:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới chưa giống nhau."))
        return self.cleaned_data


class ChangePasswordForm(_TypedTwice, allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(
            self.fields["oldpassword"],
            _("Mật khẩu hiện tại"),
            missing=_("Nhập mật khẩu hiện tại."),
        )

    def clean_oldpassword(self) -> str:
        device = device_of(context.request, self.user)
        with trials.trial(person=self.user, proof=Proof.PASSWORD_AGAIN, device=device):
            checked: str = super().clean_oldpassword()
        return checked

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        old = said.get("oldpassword")
        if old and said.get("password1") == old:
            self.add_error(
                "password1",
                _("Mật khẩu mới trùng mật khẩu hiện tại. Hãy chọn mật khẩu khác."),
            )
        return said


class SetPasswordForm(_TypedTwice, allauth_forms.SetPasswordForm):
    """For somebody who has signed in by single sign-on only."""


class ResetPasswordKeyForm(_TypedTwice, allauth_forms.ResetPasswordKeyForm):
    """After a link for a forgotten password: the owner gets in here, whatever strangers tried."""

    def save(self) -> None:
        super().save()
        trials.forget(self.user)
        remember(context.request, self.user)


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_email(self.fields["email"])
