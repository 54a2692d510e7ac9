from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = "Danh mục dữ liệu"

    def ready(self) -> None:
        from catalog import audit_words, duty_kinds, notices  # noqa: F401  they declare and register
