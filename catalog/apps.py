from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = "Danh mục dữ liệu"

    def ready(self) -> None:
        from catalog import audit_words, notices  # noqa: F401  declare the catalogue's wording
