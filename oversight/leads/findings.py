"""What an examiner found, as a value: before it is recorded, and as it was recorded."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from oversight.leads.models import Judgement, Support


@dataclass(frozen=True, slots=True)
class Findings:
    """What an examiner found: features by their slug, texts in their own words."""

    support: Support
    features: Mapping[str, str] = field(default_factory=dict)
    similarities: str = ""
    dissimilarities: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """All of it, as JSON with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """``sha256:`` and the digest of its text."""
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()


def findings_of(judgement: Judgement) -> Findings:
    """Return what a recorded judgement found."""
    return Findings(
        support=Support(judgement.support),
        features=judgement.features,
        similarities=judgement.similarities,
        dissimilarities=judgement.dissimilarities,
        note=judgement.note,
    )
