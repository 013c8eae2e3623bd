"""May this pack be used? InsightFace never asks, and runs a pack with a forged licence too.

InsightFace's own packs carry a signed licence file; without one they are for non-commercial
research only. So a pack under that licence is run only with a valid signature, or, without one,
for evaluation. Every other pack stands on the licence that its record names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recognition.engines.protocol import EngineUnavailable

if TYPE_CHECKING:
    from recognition.engines.packs import Pack

# How a model record names the licence (an SPDX licence reference, for a text SPDX does not list).
INSIGHTFACE_LICENCE = "LicenseRef-InsightFace"
UNSIGNED = "default_non_commercial"


@dataclass(frozen=True)
class LicenceState:
    """What is known of a pack's licence, and whether the pack may be loaded at all."""

    licence: str
    status: str
    usable: bool
    message: str


def inspect_licence(pack: Pack) -> LicenceState:
    """The state of a checked pack's licence."""
    record = pack.record
    if INSIGHTFACE_LICENCE not in record.licence:
        return LicenceState(record.licence, "recorded", usable=True, message="")
    from insightface.model_zoo.model_license import (  # noqa: PLC0415  # costs 120 MB
        inspect_model_package_license,
    )

    found = inspect_model_package_license(pack.path)
    usable = bool(found.verified) or (found.status == UNSIGNED and record.evaluation_only)
    return LicenceState(record.licence, str(found.status), usable, str(found.message))


def require_licence(pack: Pack) -> None:
    """Raises EngineUnavailable where the pack's licence does not allow its use."""
    state = inspect_licence(pack)
    if not state.usable:
        raise EngineUnavailable(
            f"The licence of the pack {pack.path.name} does not allow this use "
            f"({state.status}): {state.message}"
        )
