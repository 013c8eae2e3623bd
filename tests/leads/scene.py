"""Searches that really ran, for examiners to work on: nothing here stands in for anything.

The gallery holds brightened copies of one photograph as three subjects, so that a search with it
returns three candidates; a search with a vector from elsewhere returns none.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from PIL import Image

from oversight.leads import services
from oversight.leads.checklist import COMPONENTS, Finding
from oversight.leads.models import Comparison, Examination, Support
from oversight.leads.selectors import places_of
from oversight.people.models import Person
from oversight.requests import services as requesting
from oversight.requests.judgement import judge_submission
from oversight.requests.models import Decision, Permission, SearchRequest, SignOff
from recognition.gallery.enrolment import enrol, start_batch
from recognition.gallery.manifest import Manifest
from recognition.loaded import engine_of
from recognition.matching.lock import open_search, run_search
from recognition.models import Authorization, EnrolmentLine, FaceModel, Gallery
from recognition.probes import decode, find_faces
from tests import world
from tests.conftest import acting_as

SUBJECTS = 3
REFERENCES = [f"BOOKING-{number}" for number in range(1, SUBJECTS + 1)]


@dataclass
class Scene:
    """The city, with a photograph that has been inspected and its template."""

    city: world.City
    probe: UUID
    vector: np.ndarray

    @property
    def first(self) -> Person:
        """The first examiner."""
        return self.city.examiners[0]

    @property
    def second(self) -> Person:
        """The second examiner."""
        return self.city.examiners[1]

    @property
    def third(self) -> Person:
        """The third examiner."""
        return self.city.examiners[2]

    def ask(self, officer: Person | None = None) -> SearchRequest:
        """A request as far as its sign-off; the search is authorized."""
        request = requesting.start_request(requester=officer or self.city.officer)
        answers = world.lawful_answers(probe=str(self.probe), face_index=0)
        requesting.save_answers(request=request, answers=answers, version=0)
        submission, _decision = requesting.submit_request(request=request, version=1)
        sign_off, _decision = requesting.sign_off_submission(
            submission=submission,
            supervisor=self.city.supervisor,
            verdict=SignOff.Verdict.APPROVED,
            opened_at=timezone.now(),
        )
        assert sign_off is not None
        return request

    def search(self, request: SearchRequest | None = None, *, nobody: bool = False) -> Comparison:
        """Run a request's search as relay and worker do, and return what is to be compared."""
        permission = Permission.objects.get(submission__request=request or self.ask())
        with transaction.atomic():
            decision = judge_submission(
                submission=permission.submission,
                action=Decision.Action.RUN,
                at=timezone.now(),
                approvals=(permission.sign_off,),
            )
        assert decision.effect == Decision.Effect.PERMIT, decision.document["reasons"]
        with acting_as("worker"):
            permit = Authorization.objects.select_related("probe").get(pk=permission.authorization)
            vector = self.vector + 9 if nobody else self.vector
            open_search(authorization_id=permit.pk, probe_sha256=permit.probe.sha256, vector=vector)
            run = run_search(authorization_id=permit.pk)
        return Comparison.objects.get(run=run)


def build(scratch: Path) -> Scene:
    """Insert the city, its gallery and a photograph; called as the owner of the database."""
    city = world.make_city()
    model, gallery = FaceModel.objects.get(), Gallery.objects.get()
    engine = engine_of(model)
    manifest = _manifest(scratch)
    batch = start_batch(gallery=gallery, model=model, manifest=manifest)
    list(enrol(batch=batch, manifest=manifest, root=scratch, engine=engine))
    assert not EnrolmentLine.objects.exclude(code="")
    request = requesting.start_request(requester=city.officer)
    _draft, probe = requesting.add_probe(
        request=request, data=world.photograph(), claimed_type="image/png", version=0
    )
    world.inspect(probe)
    image = decode(world.photograph())
    (face,) = find_faces(engine, image)
    return Scene(city, probe, engine.embed(image.pixels, face.detected))


def _manifest(scratch: Path) -> Manifest:
    portrait = Image.open(BytesIO(world.photograph())).convert("RGB")
    lines = ["subject,image"]
    for number, reference in enumerate(REFERENCES, start=1):
        brighter = portrait.point(lambda value, by=number: min(255, value + by))
        brighter.save(scratch / f"{number}.png")
        lines.append(f"{reference},{number}.png")
    path = scratch / "manifest.csv"
    path.write_text("\n".join(lines), "utf-8")
    return Manifest.open(path)


def settings_for_searching() -> dict[str, object]:
    """What an installation sets before its first search."""
    assert settings.RECOGNITION_PACK
    return {"POLICY_PUBLISHED": True}


def begin(comparison: Comparison, examiner: Person) -> Examination:
    """Start an examination that the gate permits."""
    examination, decision = services.start_examination(comparison=comparison, examiner=examiner)
    assert examination is not None, decision.document["reasons"]
    return examination


def findings(support: Support = Support.STRONG_DIFFERENT) -> services.Findings:
    """Findings that bear out a conclusion."""
    return services.Findings(
        support=support,
        features=dict.fromkeys(COMPONENTS, str(Finding.SIMILAR)),
        similarities="The same notch in the left ear.",
        dissimilarities="None seen.",
        note="Sharp and frontal.",
    )


def judge(examination: Examination, candidate: UUID, support: Support) -> None:
    """Look at a candidate and record what was found."""
    decision = services.view_candidate(examination=examination, candidate=candidate)
    assert decision.effect == Decision.Effect.PERMIT
    services.record_judgement(
        examination=examination, candidate=candidate, findings=findings(support)
    )


def examine(comparison: Comparison, examiner: Person, named: UUID | None) -> services.Closing:
    """Do a whole examination that names one candidate, or nobody."""
    examination = begin(comparison, examiner)
    for place in places_of(examination):
        same = place.candidate == named
        judge(
            examination,
            place.candidate,
            Support.STRONG_SAME if same else Support.STRONG_DIFFERENT,
        )
    judgement = examination.judgements.get(candidate=named) if named else None
    return services.conclude_examination(examination=examination, judgement=judgement)
