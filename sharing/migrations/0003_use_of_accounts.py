from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The new index is built while calls go on being stored; only then does the old one go."""

    atomic = False
    dependencies = [("sharing", "0002_keying_in")]

    operations = [
        migrations.AddField(
            model_name="callrecord",
            name="problem",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        AddIndexConcurrently(
            model_name="callrecord",
            index=models.Index(
                fields=["account", "-at"],
                include=("status", "problem", "rows", "bytes", "milliseconds"),
                name="use_of_account",
            ),
        ),
        RemoveIndexConcurrently(model_name="callrecord", name="calls_of_account"),
    ]
