"""What people write for reports, what is filed, the files it is read as, and reminders."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from oversight.ledger.closing import close_facts


class Migration(migrations.Migration):
    dependencies = [
        ("transparency", "0003_closed_by_the_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=40)),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("due", models.DateField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "may be filed"),
                            ("soon", "due soon"),
                            ("overdue", "overdue"),
                        ],
                        max_length=8,
                    ),
                ),
                ("recipients", models.PositiveIntegerField()),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pack", "period_from", "period_to", "stage"),
                        name="transparency_reminded_once_a_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["open", "soon", "overdue"])),
                        name="transparency_reminder_stage_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("pack", models.CharField(max_length=40, verbose_name="kind")),
                ("period_from", models.DateField(verbose_name="first day")),
                ("period_to", models.DateField(verbose_name="day after the last")),
                ("due", models.DateField(verbose_name="due")),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=71)),
                ("because", models.TextField(blank=True, verbose_name="what was wrong")),
                ("filed_at", models.DateTimeField()),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="transparency.report",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="transparency.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=40)),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("item", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TypesetFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=71)),
                ("set_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="transparency.edition",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="transparency.report",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_to__gt", models.F("period_from"))),
                name="transparency_report_has_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True),
                    models.Q(("because", ""), _negated=True),
                    _connector="OR",
                ),
                name="transparency_corrected_report_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", True)),
                fields=("pack", "period_from", "period_to"),
                name="transparency_report_filed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("pack", "period_from", "period_to", "item", "version"),
                name="transparency_statement_versions_are_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)),
                name="transparency_statement_versions_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="typesetfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("edition__isnull", True), ("report__isnull", True), _connector="XOR"
                ),
                name="transparency_file_of_one_publication",
            ),
        ),
        migrations.AddConstraint(
            model_name="typesetfile",
            constraint=models.UniqueConstraint(
                fields=("edition", "language"), name="transparency_edition_set_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="typesetfile",
            constraint=models.UniqueConstraint(
                fields=("report", "language"), name="transparency_report_set_once"
            ),
        ),
        close_facts(
            "transparency_statement",
            "transparency_report",
            "transparency_typesetfile",
            "transparency_reminder",
        ),
    ]
