from django.db import migrations, models

SENDS = ("submit", "keyed_in", "supplement", "supplement_running")
BEING_WRITTEN = ("draft", "keying", "supplement")


def fill(apps, schema_editor):
    """What the requests say that nobody can have changed since they were last sent."""
    Request, Event = (apps.get_model("sharing", name) for name in ("ConnectionRequest", "RequestEvent"))
    for request in Request.objects.exclude(state__in=BEING_WRITTEN).iterator():
        event = Event.objects.filter(request=request, step__in=SENDS).order_by("-at", "-id").first()
        if event is not None:
            signed = request.document_date
            event.said = {
                "answers": request.answers,
                "document_number": request.document_number,
                "document_date": signed.isoformat() if signed else "",
            }
            event.save(update_fields=["said"])


class Migration(migrations.Migration):

    dependencies = [
        ("sharing", "0010_service_title_sort"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestevent",
            name="said",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
