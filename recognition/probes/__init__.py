"""From the bytes of a photograph to the one face that is compared, and the seal on the original."""

from recognition.probes.decoding import DecodedProbe, Limits, decode
from recognition.probes.faces import ProbeFace, choose_face, find_faces
from recognition.probes.quality import FINDING_LABELS, Finding, Quality
from recognition.probes.rendering import render, render_face
from recognition.refusals import ProbeRefused, Refusal

__all__ = [
    "FINDING_LABELS",
    "DecodedProbe",
    "Finding",
    "Limits",
    "ProbeFace",
    "ProbeRefused",
    "Quality",
    "Refusal",
    "choose_face",
    "decode",
    "find_faces",
    "render",
    "render_face",
]
