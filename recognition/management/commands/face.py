"""Look at one photograph, or compare two: for operators and evaluation only.

This command reads no gallery. Its output never holds a percentage: a comparison has a band, and
its value in the model's own metric.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from recognition.engines import LABELS, Engine, EngineUnavailable, band, measure, similarity
from recognition.management.configured import UNUSABLE, as_json, configured_engine
from recognition.probes import (
    FINDING_LABELS,
    DecodedProbe,
    ProbeFace,
    ProbeRefused,
    choose_face,
    decode,
    find_faces,
)

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """`face IMAGE` or `face --compare A B`."""

    help = "Find the faces of a photograph, or compare those of two. For operators only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One image, or two to compare."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("image", nargs="?", type=Path, help="a photograph")
        what.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"))
        parser.add_argument(
            "--choose", nargs=2, type=int, metavar=("I", "J"), help="which faces of A and B, from 1"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print faces or comparison; input that cannot be read ends with code 2."""
        engine = configured_engine()
        try:
            if options["compare"]:
                document = _compare(engine, options["compare"], options["choose"] or (None, None))
                text = _comparison_text(document)
            else:
                document = _look(engine, options["image"])
                text = _faces_text(document["faces"])
        except EngineUnavailable as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        self.stdout.write(as_json(document) if options["json"] else text)


def _read(path: Path) -> DecodedProbe:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path.name} cannot be read.", returncode=UNUSABLE) from error
    except ProbeRefused as error:
        raise CommandError(
            f"{path.name}: {error.message} {error.remedy}", returncode=UNUSABLE
        ) from error


def _look(engine: Engine, path: Path) -> dict[str, Any]:
    probe = _read(path)
    return {
        "faces": [face.as_document() for face in find_faces(engine, probe)],
        "image": {
            "width": probe.width,
            "height": probe.height,
            "media_type": probe.media_type,
            "sha256": probe.sha256,
        },
    }


def _compare(
    engine: Engine, paths: tuple[Path, Path], numbers: tuple[int | None, int | None]
) -> dict[str, Any]:
    """The contract's `{comparable, band, similarity}`, and what the similarity means."""
    record = engine.record
    document: dict[str, Any] = {
        "comparable": False,
        "band": None,
        "similarity": None,
        "metric": record.metric.value,
        "value": None,
        "candidate_threshold": record.thresholds.candidate,
        "model": record.id,
        "evaluation_only": record.evaluation_only,
    }
    templates = []
    for path, number in zip(paths, numbers, strict=True):
        probe = _read(path)
        try:
            face = _chosen(find_faces(engine, probe), number)
        except ProbeRefused as error:
            reason = {"code": error.code.value, "message": error.message, "remedy": error.remedy}
            return document | {"reason": {"image": path.name} | reason}
        templates.append(engine.embed(probe.pixels, face.detected))
    value = measure(record, *templates)
    return document | {
        "comparable": True,
        "band": band(record, value).value,
        "similarity": similarity(record, value),
        "value": value,
    }


def _chosen(faces: list[ProbeFace], number: int | None) -> ProbeFace:
    return choose_face(faces, None if number is None else number - 1)


def _faces_text(faces: list[dict[str, Any]]) -> str:
    if not faces:
        return "No face was found."
    lines = []
    for number, face in enumerate(faces, start=1):
        labels = {finding.value: str(label) for finding, label in FINDING_LABELS.items()}
        wrong = ", ".join(labels[found] for found in face["findings"]) or "nothing found wrong"
        lines.append(
            f"{number}. at {face['box']}, {face['interocular_px']} px between the eyes, "
            f"quality {face['quality']} of 1: {wrong}"
        )
    return "\n".join(lines)


def _comparison_text(document: dict[str, Any]) -> str:
    if not document["comparable"]:
        reason = document["reason"]
        return f"Not comparable. {reason['image']}: {reason['message']} {reason['remedy']}"
    labels = {name.value: str(label) for name, label in LABELS.items()}
    return (
        f"{labels[document['band']]} ({document['metric']} {document['value']:.3f}, "
        f"candidates from {document['candidate_threshold']}). "
        "An investigative aid for operators, never an identification."
    )
