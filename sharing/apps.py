from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    verbose_name = "Chia sẻ dữ liệu giữa các cơ quan"

    def ready(self) -> None:
        from sharing import (  # noqa: F401  they declare and register
            audit_words,
            dataset_links,
            duty_kinds,
            notices,
        )
