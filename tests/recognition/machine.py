"""The machine on a database of its own, with real photographs and the embedded engine.

NASA's portrait of Eileen Collins (scikit-image) stands in the gallery; her mate, for probes, is
the same portrait smaller, darker and compressed. Each step acts as the role that does it in service.
"""

import csv
import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from PIL import Image, ImageEnhance

from recognition import gateway, tasks
from tests.conftest import acting_as
from tests.recognition.engines import photographs
from tests.recognition.scene import machine_alone


@dataclass(frozen=True)
class Machine:
    """A gallery of one person, filled by the command that operators use."""

    folder: Path

    def store(self, data):
        with acting_as("web"):
            return gateway.store_probe(data=data, claimed_type="image/jpeg")

    def inspected(self, data=None):
        """A probe that the worker has looked at."""
        probe = self.store(data or mate())
        deliver(tasks.inspect_probe, probe)
        return probe

    def authorized(self, probe=None, *, limit=20):
        probe = probe or self.inspected()
        with acting_as("web"):
            return gateway.authorize_search(
                probe_id=probe,
                face_index=0,
                gallery="booking",
                model=gateway.active_model().slug,
                candidate_limit=limit,
                expires_at=timezone.now() + timedelta(hours=1),
                ledger_index=7,
            )

    def expire(self, permit):
        """Let its time have run out, as if it had been given earlier: the table is closed."""
        with acting_as("owner"), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE recognition_authorization DISABLE TRIGGER closed")
            cursor.execute(
                "UPDATE recognition_authorization SET expires_at = clock_timestamp() WHERE id = %s",
                [permit],
            )
            cursor.execute("ALTER TABLE recognition_authorization ENABLE ALWAYS TRIGGER closed")

    def deliver(self, permit):
        """What a worker does with the message."""
        deliver(tasks.run_search, permit)

    def state(self, permit):
        with acting_as("web"):
            return gateway.search_state(permit)

    def run(self, permit):
        with acting_as("web"):
            return gateway.run_of(permit)


def deliver(task, what):
    """Run the task as a worker would, all its tries at once; what it raises at last is raised."""
    with acting_as("worker"):
        result = task.apply(args=(str(what),))
    if result.failed():
        raise result.result


def build(folder):
    """Fill the gallery of the database that Django is pointed at."""
    photographs.embedded_pack()
    connection.ensure_connection()
    machine_alone(connection.connection)
    portrait_file(folder / "collins.png")
    manifest = write_manifest(
        folder / "manifest.csv",
        [{"subject": "B-100", "image": "collins.png", "source": "NASA, public domain"}],
    )
    enrol(manifest, folder)
    return Machine(folder)


def enrol(manifest, root, *more):
    out = io.StringIO()
    with acting_as("enroller"):
        call_command(
            "gallery", "import", str(manifest), "--root", str(root), *more, stdout=out,
            stderr=io.StringIO(),
        )  # fmt: skip
    return out.getvalue()


def write_manifest(path, rows):
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, ["subject", "image", "source", "captured_on"])
        writer.writeheader()
        writer.writerows(rows)
    return path


def portrait_file(path, *, size=512):
    Image.fromarray(photographs.portrait()).resize((size, size)).save(path)
    return path


def mate():
    """The portrait smaller, darker and compressed, as JPEG."""
    small = Image.fromarray(photographs.portrait()).resize((400, 400))
    target = io.BytesIO()
    ImageEnhance.Brightness(small).enhance(0.7).save(target, "JPEG", quality=70)
    return target.getvalue()


def group():
    """Six other people, as they come with InsightFace."""
    return photographs.insightface_image("t1.jpg").read_bytes()
