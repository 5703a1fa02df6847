"""Seal what receipts say, and drop it from where it lay in clear."""

import json
from datetime import UTC

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lti_tool.vault.services import seal_small


def seal_what_is_there(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for receipt in apps.get_model("privacy", "Receipt").objects.iterator():
        moment = receipt.given_at.astimezone(UTC).isoformat(timespec="microseconds")
        place = (receipt.public_id, receipt.student_id, receipt.context_id, moment)
        names = ("purpose", "records_destroyed", "snippets_destroyed")
        content = json.dumps({name: getattr(receipt, name) for name in names}).encode()
        receipt.sealed = seal_small(content, binding="|".join(map(str, ("receipt", *place))).encode())
        receipt.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0002_receipts_of_purposes"),
        ("vault", "0002_key_proofs"),
    ]

    operations = [
        migrations.AddField("receipt", "sealed", models.BinaryField(blank=True, default=b"")),
        migrations.RunPython(seal_what_is_there, elidable=True),
        migrations.RemoveField("receipt", "purpose"),
        migrations.RemoveField("receipt", "records_destroyed"),
        migrations.RemoveField("receipt", "snippets_destroyed"),
    ]
