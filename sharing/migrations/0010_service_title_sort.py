from django.db import migrations, models

from core.vietnamese import sort_key


def fill(apps, schema_editor):
    Service = apps.get_model("sharing", "SharingService")
    for service in Service.objects.filter(title_sort="").iterator():
        service.title_sort = sort_key(service.title_vi)
        service.save(update_fields=["title_sort"])


class Migration(migrations.Migration):

    dependencies = [
        ("sharing", "0009_service_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharingservice",
            name="title_sort",
            field=models.CharField(default="", editable=False, max_length=600),
        ),
        migrations.AlterModelOptions(
            name="sharingservice",
            options={
                "ordering": ["title_sort"],
                "verbose_name": "dịch vụ chia sẻ dữ liệu",
                "verbose_name_plural": "dịch vụ chia sẻ dữ liệu",
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
