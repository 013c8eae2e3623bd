"""What an examiner looks at: the components of a face, compared one by one by their form.

The list follows the components of ASTM E3149-18, *Standard Guide for Facial Image Comparison
Feature List for Morphological Analysis*, and of FISWG's feature list of the same name; the
wording is ours. Nothing is measured between points: FISWG advises against photo-anthropometry.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Finding(TextChoices):
    """What was found for one component."""

    SIMILAR = "similar", _("Similar")
    DIFFERENT = "different", _("Different")
    NOT_COMPARED = "not_compared", _("Cannot tell")


COMPONENTS: Final[Mapping[str, "tuple[StrPromise, StrPromise]"]] = {
    "skin": (_("Skin"), _("texture, tone, pores")),
    "outline": (_("Outline of face and head"), _("shape of the crown, of the face")),
    "composition": (_("Arrangement"), _("how the parts lie to one another")),
    "hairline": (_("Hairline"), _("its course, balding")),
    "forehead": (_("Forehead"), _("height, shape, bulges")),
    "eyebrows": (_("Eyebrows"), _("course, density, spacing")),
    "eyes": (_("Eyes"), _("opening, lids, folds, corners, iris")),
    "cheeks": (_("Cheeks"), _("fullness, cheekbones")),
    "nose": (_("Nose"), _("bridge, tip, wings, nostrils")),
    "ears": (_("Ears"), _("rim, folds, lobe, how they stand")),
    "mouth": (_("Mouth"), _("lips, corners, groove above")),
    "chin": (_("Chin and jaw"), _("line of the jaw, cleft")),
    "neck": (_("Neck"), _("shape, folds, larynx")),
    "facial_hair": (_("Facial hair"), _("where it grows, density")),
    "lines": (_("Lines and creases"), _("forehead, eyes, nose to mouth")),
    "scars": (_("Scars"), _("place and shape")),
    "marks": (_("Marks"), _("moles, freckles, birthmarks: place and shape")),
    "alterations": (_("Alterations"), _("piercings, tattoos, make-up")),
}
"""Slug of a component: its name and what belongs to it."""


def unknown_features(features: Mapping[str, str]) -> list[str]:
    """Return what is not on the checklist, or has a finding that is none; empty if all is well."""
    return [
        name
        for name, finding in features.items()
        if name not in COMPONENTS or finding not in Finding.values
    ]
