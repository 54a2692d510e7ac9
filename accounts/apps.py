from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Cơ quan, người dùng, vai trò"

    def ready(self) -> None:
        from accounts import account_audit_words, account_notices  # noqa: F401  both declare words
