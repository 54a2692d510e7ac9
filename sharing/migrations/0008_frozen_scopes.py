"""Consents and accounts name every table and column they give.

Until now an empty scope meant "what the service gives", whatever that came to be. What was agreed on
earlier is not recorded anywhere, so each consent and each account is frozen at what it gives today: the
service's tables, and of each the columns chosen or, where none was, those the service gives; where it
gives all, those of the dictionary and of every published release. Nobody gets more or less by this than
the moment before.
"""

from django.db import migrations


def _frozen(tables, scope):
    found = {}
    for table in tables:
        part = scope.get(str(table.resource_id))
        if scope and part is None:
            continue
        part = part or {}
        given = table.columns or table.all_columns
        chosen = part.get("columns", [])
        found[str(table.resource_id)] = {
            "columns": [name for name in given if not chosen or name in chosen],
            "rows": part.get("rows", []),
        }
    return found


def _columns(apps, resource):
    """Names in the order of the dictionary, then those only a published release has."""
    releases = apps.get_model("catalog", "Release").objects.filter(
        resource=resource, state="published"
    )
    known = [resource.columns] + [one.get("columns", []) for one in releases.values_list("reading", flat=True)]
    return list(dict.fromkeys(column["name"] for columns in known for column in columns))


def freeze(apps, schema_editor):
    tables = {}
    for table in apps.get_model("sharing", "ServiceTable").objects.select_related("resource"):
        table.all_columns = _columns(apps, table.resource)
        tables.setdefault(table.service_id, []).append(table)
    consents = apps.get_model("sharing", "Consent").objects.filter(given=True)
    for consent in consents.select_related("request").iterator(chunk_size=500):
        consent.scope = _frozen(tables.get(consent.request.service_id, []), consent.scope)
        consent.save(update_fields=["scope"])
    for account in apps.get_model("sharing", "ConnectionAccount").objects.iterator(chunk_size=500):
        account.scope = _frozen(tables.get(account.service_id, []), account.scope)
        account.save(update_fields=["scope"])


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_document_checks")]
    # Backwards nothing is undone: the earlier code reads a scope that names everything, too.
    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
