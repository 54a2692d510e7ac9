"""How allauth behaves here: nobody signs up, single sign-on only opens accounts that exist."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from axes.handlers.proxy import AxesProxyHandler
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from accounts import session_watch
from accounts.actions import security, trials
from accounts.actions.notices import write_letter
from accounts.devices import device_of, remember
from accounts.landings import landing_of
from accounts.lockout import attempted_email
from accounts.models import Person, Proof
from accounts.origin import current_origin
from accounts.sealing import seal, unseal
from core import clock

# What allauth reports by template name → what we call it. Passwords are reported where they are set.
NEWS = {
    "mfa/email/totp_activated": "person.second_factor_added",
    "mfa/email/totp_deactivated": "person.second_factor_removed",
    "mfa/email/recovery_codes_generated": "person.recovery_codes_made",
    "socialaccount/email/account_connected": "person.single_sign_on_connected",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "email_password_mismatch": _(
            "Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra và nhập lại."
        ),
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "invalid_password_reset": _("Liên kết đặt lại mật khẩu không còn hiệu lực."),
        "too_many_login_attempts": _("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "rate_limited": _("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation (Đ4.5 QĐ 22/2023: accounts are granted to agencies)."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller as the audit trail knows them: behind our proxies, not the proxy."""
        return current_origin().address or super().get_client_ip(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """As the library, and counted. Raises ValidationError where the account is to be left alone."""
        email = attempted_email(request, credentials) or ""
        person = Person.objects.filter(email=email).first()
        if not AxesProxyHandler.is_allowed(request, {"username": email, **credentials}):
            return super().authenticate(request, **credentials)  # refused by it: nothing was tried
        again = request.user.is_authenticated
        trial = trials.begin(
            person=person,
            email=email,
            proof=Proof.PASSWORD_AGAIN if again else Proof.PASSWORD,
            device=device_of(request, person) if person else "",
        )
        found: Person | None = super().authenticate(request, **credentials)
        if found is None:
            trial.failed()
        else:
            trial.succeeded()
        return found

    def reauthenticate(self, user: Person, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The landing page in the person's own language; elsewhere the address decides."""
        person = request.user
        language = person.language if isinstance(person, Person) else translation.get_language()
        with translation.override(language):
            return landing_of(person) if isinstance(person, Person) else reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on SITE_URL: a letter never repeats the Host header of whoever asked for it."""
        place = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=place)
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, like every letter."""
        ends = localtime(clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
        letter = self.render_mail(template_prefix, email, {**context, "link_ends": ends})
        write_letter(to=email, subject=letter.subject, body=letter.body)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if template_prefix in NEWS:
            security.report(person=user, news=NEWS[template_prefix], by=user)

    def set_password(self, user: Person, password: str) -> None:
        security.set_password(person=user, password=password)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Nobody who was disabled between password and code."""
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        security.signed_in(by=user)
        remember(request, user)
        session_watch.begin(request)
        return super().post_login(request, user, **details)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            security.signed_out(by=request.user)
        super().logout(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Single sign-on proves who somebody is, not that they work here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Accounts are connected by their verified address at sign-in, in no other way."""
        if sociallogin.state.get("process") == "connect":
            raise PermissionDenied

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Person, str] | None:
        """The account of an address the provider has verified.

        The invitation that made the account proved the address on our side: it is noted as verified,
        lest allauth takes the account for somebody else's and wipes its password.
        """
        for address in sociallogin.email_addresses:
            person = Person.objects.filter(email=address.email.lower(), is_active=True).first()
            if person is not None and address.verified in (True, "true"):
                EmailAddress.objects.update_or_create(
                    user=person, email=person.email, defaults={"verified": True, "primary": True}
                )
                return person, person.email
        return None


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and the seed of recovery codes are stored sealed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không tắt được xác thực hai lớp của tài khoản này."),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trong ứng dụng."),
        "unreadable_secret": _(
            "Không đọc được khoá xác thực của tài khoản này. Hãy liên hệ quản trị vận hành."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Black on white whatever the theme: a telephone has to read it."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(image.to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text)
        except InvalidToken as error:  # SECRET_KEY was changed without keeping the old one
            raise self.validation_error("unreadable_secret") from error
