"""What officers owe after a search: duties, the reports on them, and terms that ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from oversight.ledger.closing import close_facts


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0007_closed_by_the_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("after_report", "Report on a search in an emergency"),
                            ("authorization_request", "Request for the authorization"),
                        ],
                        max_length=32,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="requests.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DutyOverdue",
            fields=[
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="overdue",
                        serialize=False,
                        to="requests.duty",
                    ),
                ),
                ("noted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DutyReport",
            fields=[
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="report",
                        serialize=False,
                        to="requests.duty",
                    ),
                ),
                ("text", models.TextField()),
                ("filed_at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["requester", "due_at"], name="requests_owed_by"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                fields=("submission", "rule"), name="requests_owed_once"
            ),
        ),
        close_facts("requests_duty", "requests_dutyreport", "requests_dutyoverdue"),
    ]
