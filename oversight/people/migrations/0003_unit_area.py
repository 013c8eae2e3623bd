"""Which part of the city a unit serves: figures are published by area."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_closed_by_the_record")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="area",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="area"
            ),
        )
    ]
