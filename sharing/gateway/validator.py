"""Whom a token is given: the OAuth2 library's checks, and those of the account behind the credential."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.settings import oauth2_settings
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749 import errors

from accounts.origin import current_origin
from catalog.api.problems import Problem
from core import clock
from sharing.gateway.admission import check_admitted
from sharing.models import Credential


class CredentialValidator(OAuth2Validator):
    """The client is a Credential; its one scope is the code of the service."""

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Whether the secret is right. Raises the OAuth2 error for one that ended or may not be used now."""
        if not super().authenticate_client(request, *args, **kwargs):
            return False
        credentials = Credential.objects.select_related("account__service")
        credential = credentials.filter(application=request.client).first()
        if credential is None:
            return False
        if credential.ends_at is not None and credential.ends_at <= clock.now():
            raise errors.InvalidClientError(
                _("Thông tin xác thực này đã hết hiệu lực: hãy dùng thông tin xác thực mới.")
            )
        try:
            check_admitted(credential.account, current_origin().address)
        except Problem as problem:
            raise errors.UnauthorizedClientError(problem.detail) from None
        request.service = credential.account.service.code
        return True

    def get_default_scopes(
        self, client_id: str, request: Request, *args: Any, **kw: Any
    ) -> list[str]:
        return [request.service]

    def validate_scopes(
        self,
        client_id: str,
        scopes: list[str],
        client: Any,
        request: Request,
        *args: Any,
        **kw: Any,
    ) -> bool:
        return set(scopes) <= {request.service}

    def _create_access_token(
        self, expires: datetime, request: Request, token: dict[str, Any], *args: Any, **kwargs: Any
    ) -> AccessToken:
        """The portal's own clock tells when a token ends, as it does when one is looked at."""
        lifetime = timedelta(seconds=oauth2_settings.ACCESS_TOKEN_EXPIRE_SECONDS)
        return super()._create_access_token(clock.now() + lifetime, request, token, *args, **kwargs)
