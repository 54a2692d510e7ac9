"""How allauth behaves here: nobody signs up, single sign-on only opens accounts that exist."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation (Đ4.5 QĐ 22/2023: accounts are granted to agencies)."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Single sign-on proves who somebody is, not that they work here."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery codes are encrypted with a key drawn from SECRET_KEY."""
