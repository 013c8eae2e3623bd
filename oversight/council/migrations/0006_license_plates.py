"""Kinds of technology in the spelling of the city."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0005_judgements"),
    ]

    operations = [
        migrations.AlterField(
            model_name="technology",
            name="kind",
            field=models.CharField(
                choices=[
                    ("face_recognition", "Face recognition"),
                    ("alpr", "License plate reader"),
                    ("cameras", "Fixed cameras"),
                    ("body_worn_cameras", "Body-worn and in-car cameras"),
                    ("drones", "Drones"),
                    ("cell_site_simulator", "Cell-site simulator"),
                    ("gunshot_detection", "Gunshot detection"),
                    ("device_extraction", "Extraction of data from phones"),
                    ("social_media_monitoring", "Monitoring of social media"),
                    ("predictive_policing", "Predictive policing"),
                    ("other", "Other surveillance technology"),
                ],
                max_length=32,
                verbose_name="kind",
            ),
        ),
    ]
