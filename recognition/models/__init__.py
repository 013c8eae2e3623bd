"""Tables of the machine. Every row is a fact: inserted once, closed to change by triggers.

The triggers and the two functions of the lock are SQL, in ``recognition/migrations/sql``.
"""

from recognition.models.enrolment import EnrolmentBatch, EnrolmentLine, Expungement
from recognition.models.gallery import (
    Activation,
    FaceModel,
    Gallery,
    Image,
    SealedPhotograph,
    Subject,
    Template,
)
from recognition.models.probes import Inspection, Probe, ProbeImage
from recognition.models.searches import (
    Authorization,
    Candidate,
    Failure,
    Handover,
    Opening,
    OpeningVector,
    Proof,
    Recall,
    Run,
)

__all__ = [
    "Activation",
    "Authorization",
    "Candidate",
    "EnrolmentBatch",
    "EnrolmentLine",
    "Expungement",
    "FaceModel",
    "Failure",
    "Gallery",
    "Handover",
    "Image",
    "Inspection",
    "Opening",
    "OpeningVector",
    "Probe",
    "ProbeImage",
    "Proof",
    "Recall",
    "Run",
    "SealedPhotograph",
    "Subject",
    "Template",
]
