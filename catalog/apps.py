from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = "Danh mục dữ liệu"

    def ready(self) -> None:
        from catalog import notices  # noqa: F401  declares the wording of the catalogue's notices
