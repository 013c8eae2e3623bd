"""Notices of unusual use and of halts, and the regular look at use."""

import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

from oversight.ledger.closing import close_facts


class Migration(migrations.Migration):
    dependencies = [
        ("board", "0003_acts_by_people"),
        ("council", "0005_judgements"),
        ("policy", "0006_acts_by_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="UsageReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="first day")),
                ("until", models.DateField(unique=True, verbose_name="day after the last")),
                ("hits", models.JSONField()),
                ("reviewed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="board_notice_of_one_thing",
        ),
        migrations.AddField(
            model_name="notice",
            name="lifting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="policy.lifting",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="standing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="council.standingchange",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="suspension",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="policy.suspension",
            ),
        ),
        migrations.AddConstraint(
            model_name="usagereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="board_review_has_days"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="board.usagereview",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("office", "review"), name="board_office_told_once_of_a_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("office", "suspension"), name="board_office_told_once_of_a_suspension"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("office", "lifting"), name="board_office_told_once_of_a_lifting"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("office", "standing"), name="board_office_told_once_of_a_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(
                        "finding",
                        "meeting",
                        "review",
                        "suspension",
                        "lifting",
                        "standing",
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="board_notice_of_one_thing",
            ),
        ),
        close_facts("board_usagereview"),
    ]
