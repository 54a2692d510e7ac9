from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "Thời hạn và nghĩa vụ"

    def ready(self) -> None:
        from deadlines import audit_words, notices  # noqa: F401  both declare words
