from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    verbose_name = "Chia sẻ dữ liệu giữa các cơ quan"

    def ready(self) -> None:
        from sharing import audit_words, duty_kinds, notices  # noqa: F401  they declare and register
