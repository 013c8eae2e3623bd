"""What the parts do, each by itself."""

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from django.db import connection
from PIL import Image, ImageEnhance

from oversight.policy.gate import decide_request
from oversight.policy.standing import files_only
from oversight.requests.models import Decision
from oversight.site.bench.timing import Figures, durations_ms, per_second, percentiles
from oversight.site.demo.photographs import lay_out
from oversight.site.demo.seeding import GALLERY
from oversight.site.paths import BASE_DIR
from recognition.engines import Engine
from recognition.gallery import enrolment as enrolling
from recognition.gallery import registry, synthetic
from recognition.gallery.manifest import Manifest
from recognition.management.configured import configured_engine
from recognition.models import Gallery
from recognition.probes import decode, find_faces

_SEARCHES: Final = 40
_SECONDS: Final = 2.0
_HISTORY: Final = 200_000
_VARIANTS: Final = 6
_COMPARE: Final = """
SELECT (recognition_compare(%s, model, %s::halfvec)).compared
FROM recognition_model AS model WHERE id = %s"""
_FLOOR: Final = """
SELECT count(*), sum(vector_dims(embedding)) FROM recognition_template
WHERE gallery_id = %s AND model_id = %s"""


def search() -> Figures:
    """Compare random probes with every template, and read the same templates without comparing."""
    engine = configured_engine()
    model = registry.register_model(engine.record)
    gallery = Gallery.objects.get(slug=GALLERY)
    probes = iter(synthetic.draw(engine, synthetic.centre_of(engine), count=100, seed=(9, 9)))
    with connection.cursor() as cursor:

        def compare() -> int:
            vector = json.dumps([round(float(value), 5) for value in next(probes)])
            cursor.execute(_COMPARE, [gallery.pk, vector, model.pk])
            return int(cursor.fetchone()[0])

        def read() -> None:
            cursor.execute(_FLOOR, [gallery.pk, model.pk])
            cursor.fetchall()

        compared = compare()
        exact = percentiles(durations_ms(compare, _SEARCHES))
        floor = percentiles(durations_ms(read, _SEARCHES))
    return {"search": {"exact": {"n": compared, **exact}, "floor_ms": floor["p50_ms"]}}


def embedding() -> Figures:
    """Find and embed the face on the demonstration's photograph."""
    engine = configured_engine()
    with tempfile.TemporaryDirectory() as folder:
        image = decode(lay_out(Path(folder)).portrait.read_bytes())

    def embed() -> None:
        (face,) = find_faces(engine, image)
        engine.embed(image.pixels, face.detected)

    return {"embed": {"ms_per_image": percentiles(durations_ms(embed, 30))["p50_ms"]}}


def enrolment() -> Figures:
    """Enrol photographs one by one, as ``gallery import`` does: decode, embed, seal, insert."""
    engine = configured_engine()
    with tempfile.TemporaryDirectory() as folder:
        manifest = _variants(Path(folder))
        began = time.perf_counter()
        enrolled = _enrol(engine, manifest)
        taken = time.perf_counter() - began
    return {"enrol": {"faces_per_s": round(enrolled / taken, 1)}}


def gate() -> Figures:
    """Decide on a request that the demonstration submitted: the gate alone, as `decide` does.

    ``with_database_per_s`` asks before each decision, as pages do, which acts are in force.
    """
    facts = _facts()
    with_database = per_second(lambda: decide_request(facts), _SECONDS)
    with files_only():
        alone = per_second(lambda: decide_request(facts), _SECONDS)
    figures = {"decisions_per_s": round(alone), "with_database_per_s": round(with_database)}
    return {"gate": figures}


def replay_history() -> Figures:
    """Decide one request again under many names, by the command, its start and its reading included."""
    line = json.dumps({"id": "%", "facts": _facts()})
    before, _mark, after = line.partition("%")
    command = [sys.executable, "manage.py", "replay", "--facts", "/dev/stdin", "--json"]
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:
        told, _nothing = program.communicate(
            "".join(f"{before}{number}{after}\n" for number in range(_HISTORY)).encode()
        )
    decided = json.loads(told)["totals"]["decided"]
    return {"replay": {"decisions_per_s": round(decided / (time.perf_counter() - began))}}


def _facts() -> dict[str, Any]:
    decision = Decision.objects.filter(action=Decision.Action.SUBMIT).latest("pk")
    facts: dict[str, Any] = decision.facts
    return facts


def _variants(folder: Path) -> Path:
    """The demonstration's photographs, each in several brightnesses, with their manifest."""
    gallery = lay_out(folder).manifest.parent
    rows = []
    for path in sorted(gallery.glob("*.png")):
        with Image.open(path) as picture:
            for number in range(_VARIANTS):
                name = f"{path.stem}-{number}-{time.time_ns()}.png"
                ImageEnhance.Brightness(picture).enhance(0.8 + 0.05 * number).save(gallery / name)
                rows.append([Path(name).stem, name])
    manifest = folder / "variants.csv"
    with manifest.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["subject", "image"], *rows])
    return manifest


def _enrol(engine: Engine, path: Path) -> int:
    gallery, _made = registry.open_gallery(
        slug="bench", name="Benchmark", kind="booking", custodian="nobody"
    )
    model, manifest = registry.register_model(engine.record), Manifest.open(path)
    batch = enrolling.start_batch(gallery=gallery, model=model, manifest=manifest)
    root = path.parent / "gallery"
    lines = list(enrolling.enrol(batch=batch, manifest=manifest, root=root, engine=engine))
    return sum(line.code == "" for line in lines)
