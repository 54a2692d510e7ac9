"""Signing in, and proving again that it is still oneself."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions import trials
from accounts.devices import device_of
from accounts.forms.wording import word_code, word_email, word_password
from accounts.models import Person, Proof

TOTP_DIGITS = 6

CODE_HINT = _("Mã 6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.")


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_email(self.fields["login"])
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        word_password(self.fields["password"])


class ConfirmPasswordForm(PasswordAgainForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_password(self.fields["password"])


class _CountedCode(forms.Form):
    """A code is tried at the account's pace (accounts.actions.trials)."""

    user: Person
    proof: Proof

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        proof = Proof.RECOVERY_CODE if len(code) > TOTP_DIGITS else self.proof
        device = device_of(context.request, self.user)
        with trials.trial(person=self.user, proof=proof, device=device):
            checked: str = super().clean_code()  # type: ignore[misc]  # the library's form beside
        return checked


class SecondFactorForm(_CountedCode, AuthenticateForm):
    proof = Proof.CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], CODE_HINT)


class ConfirmSecondFactorForm(_CountedCode, ReauthenticateForm):
    proof = Proof.CODE_AGAIN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], CODE_HINT)


class AddSecondFactorForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(
            self.fields["code"], _("Mã 6 chữ số ứng dụng đang hiện sau khi thêm tài khoản này.")
        )
