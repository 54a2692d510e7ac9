from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_disabled_people")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="settled_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["path"],
                name="notices_to_settle",
            ),
        ),
    ]
