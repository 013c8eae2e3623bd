import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("random", "Random"), ("risk", "Weighted by risk")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("since", models.DateField(verbose_name="first day")),
                ("until", models.DateField(verbose_name="first day left out")),
                ("size", models.PositiveSmallIntegerField(verbose_name="size")),
                ("frame", models.JSONField()),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("plan", models.JSONField(help_text="What was made public when it was announced.")),
                ("digest", models.CharField(max_length=71)),
                ("entry", models.BigIntegerField(unique=True)),
                ("announced_at", models.DateTimeField()),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecipientChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("board", "Oversight board"),
                            ("mayor", "Mayor"),
                            ("council_president", "Council President"),
                            ("president_pro_tem", "Council President Pro Tem"),
                            ("inspector_general", "Inspector General"),
                            ("press", "Press list"),
                        ],
                        max_length=20,
                        verbose_name="office",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("proposed_at", models.DateTimeField()),
                (
                    "ends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endings",
                        to="board.recipientchange",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(help_text="In the order of the draw, from 1."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("compliant", "Complies"),
                            ("violation", "Violation"),
                            ("question", "Question"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("safeguard", models.CharField(blank=True, max_length=4, verbose_name="rule")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="finding")),
                ("answer_due", models.DateField(null=True, verbose_name="answer due on")),
                ("found_at", models.DateTimeField()),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="board.sample",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("place", models.CharField(max_length=300, verbose_name="place")),
                ("called_at", models.DateTimeField()),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("board", "Oversight board"),
                            ("mayor", "Mayor"),
                            ("council_president", "Council President"),
                            ("president_pro_tem", "Council President Pro Tem"),
                            ("inspector_general", "Inspector General"),
                            ("press", "Press list"),
                        ],
                        max_length=20,
                        verbose_name="office",
                    ),
                ),
                ("duty", models.CharField(max_length=64)),
                ("owed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "finding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="board.finding",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="board.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("since", models.DateField(verbose_name="first day")),
                ("until", models.DateField(verbose_name="first day left out")),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=71)),
                ("frozen_at", models.DateTimeField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="board.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sample", "Sample"),
                            ("meeting", "Meeting"),
                            ("pack", "Meeting pack"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject", models.PositiveIntegerField()),
                ("sequence", models.PositiveSmallIntegerField()),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=71)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject", "sequence"), name="board_published_in_sequence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^sha256:[0-9a-f]{64}$")),
                        name="board_publication_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientConfirmation",
            fields=[
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="board.recipientchange",
                    ),
                ),
                ("confirmed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="board.notice",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="board.recipientchange",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "dispatches",
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="answer",
                        serialize=False,
                        to="board.finding",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="answer")),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="resolution",
                        serialize=False,
                        to="board.finding",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("upheld", "Upheld"),
                            ("settled", "Settled by the answer"),
                            ("withdrawn", "Withdrawn: it was not so"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "action",
                    models.TextField(blank=True, max_length=2000, verbose_name="action taken"),
                ),
                ("resolved_at", models.DateTimeField()),
                (
                    "resolved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "sample",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="draw",
                        serialize=False,
                        to="board.sample",
                    ),
                ),
                ("tree_size", models.BigIntegerField()),
                ("root", models.CharField(help_text="In hexadecimal.", max_length=64)),
                ("members", models.JSONField()),
                ("digest", models.CharField(max_length=71)),
                ("drawn_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("root__regex", "^[0-9a-f]{64}$")),
                        name="board_draw_root",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="board_sample_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1)), name="board_sample_of_someone"
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["random", "risk"])), name="board_sample_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^sha256:[0-9a-f]{64}$")),
                name="board_sample_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["sample", "place"], name="board_findings_of_member"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_due__isnull", True), ("kind", "compliant")),
                    models.Q(
                        ("answer_due__isnull", False), ("kind__in", ["violation", "question"])
                    ),
                    _connector="OR",
                ),
                name="board_finding_wants_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "violation"), _negated=True),
                    models.Q(("safeguard", ""), _negated=True),
                    _connector="OR",
                ),
                name="board_violation_names_a_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__gte", 1)), name="board_finding_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("office", "finding"), name="board_office_told_once_of_a_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("office", "meeting"), name="board_office_told_once_of_a_meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding__isnull", False), ("meeting__isnull", True)),
                    models.Q(("finding__isnull", True), ("meeting__isnull", False)),
                    _connector="OR",
                ),
                name="board_notice_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="board_pack_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^sha256:[0-9a-f]{64}$")),
                name="board_pack_digest",
            ),
        ),
        migrations.AddField(
            model_name="recipientconfirmation",
            name="confirmed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="recipientchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        [
                            "board",
                            "mayor",
                            "council_president",
                            "president_pro_tem",
                            "inspector_general",
                            "press",
                        ],
                    )
                ),
                name="board_office_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(
                fields=("notice", "recipient"), name="board_recipient_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["upheld", "settled", "withdrawn"])),
                name="board_resolution_is_known",
            ),
        ),
    ]
