"""The concerns that a coalition of civil-rights groups named in June 2021, in words of our own.

Each names the safeguards that answer it (numbers of the catalogue of safeguards), the figures and
tables of an edition that measure it, and what nobody measures yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text


@dataclass(frozen=True)
class Concern:
    """A concern.

    Attributes:
        name: a slug.
        title: in a few words.
        text: in a sentence or two.
        safeguards: numbers of the catalogue.
        figures: names of figures of an edition.
        refusals: safeguards whose refusals are counted as evidence.
        refusals_label: what those refusals are.
        tables: names of charts of an edition that belong here.
        built_in: what this system does by the way it is made, whatever the rules say.
        unmeasured: what is not measured yet.
    """

    name: str
    title: Text
    text: Text
    safeguards: Sequence[str]
    figures: Sequence[str] = ()
    refusals: Sequence[str] = ()
    refusals_label: Text = ""
    tables: Sequence[str] = ()
    built_in: Text = ""
    unmeasured: Sequence[Text] = field(default_factory=tuple)


CONCERNS: Final = (
    Concern(
        "harm",
        _("It harms even where it is accurate"),
        _(
            "A tool that is used most in neighborhoods that are watched most adds to the harm done"
            " there, however well it works."
        ),
        ("R03", "R04", "R46"),
        figures=("requests", "run", "technologies"),
        refusals=("R03", "R04"),
        refusals_label=_("Refusals because the offense or the suspicion was not serious enough"),
        tables=("requests-by-offence",),
        unmeasured=(
            _("Where the searches fall: only the area that a unit serves is counted, not places."),
        ),
    ),
    Concern(
        "tracking",
        _("It can follow people wherever they go"),
        _("Live cameras that recognize faces would make it possible to trace anyone, all day."),
        ("R05", "R05b", "R19"),
        refusals=("R05", "R05b", "R19"),
        refusals_label=_("Refusals of live video, of scanning recordings and of bystanders"),
        built_in=_("It takes single pictures. It cannot read live video or recordings."),
        unmeasured=(_("Repeated searches for one person or around one event."),),
    ),
    Concern(
        "protest",
        _("It frightens people away from protest and worship"),
        _("Who fears to be recognized at a march or a service may stay at home."),
        ("R06", "R42"),
        figures=("violations",),
        refusals=("R06",),
        refusals_label=_("Refusals because of protest, belief or a protected class"),
        unmeasured=(_("Whether notices of such violations went out within 24 hours."),),
    ),
    Concern(
        "process",
        _("People are accused without a fair hearing"),
        _(
            "A computer's hint can lead to an arrest while the defense never learns that face"
            " recognition was used."
        ),
        ("R24", "R30", "R31", "R32", "R33", "R34", "R35", "R44"),
        figures=("leads", "corroborated", "misidentifications", "complaints"),
        unmeasured=(_("Disclosures to the defense that were due, and that were served."),),
    ),
    Concern(
        "consent",
        _("Pictures are used without consent"),
        _("People whose photo is compared were not asked, and many were never convicted."),
        ("R08", "R14", "R36", "R37"),
        figures=("templates_held", "templates_purged"),
        refusals=("R08", "R14", "R36"),
        refusals_label=_("Refusals because of the gallery or of where the picture came from"),
        tables=("requests-by-image-source",),
        built_in=_("A picture that is searched for never enters the gallery."),
        unmeasured=(_("How many of the photos held are of people who were never convicted."),),
    ),
    Concern(
        "bias",
        _("It errs more often with some groups"),
        _(
            "Tests have found more errors with women, with older and younger people, and with"
            " people of color (NIST, 2019). How large the difference is depends on the software."
        ),
        ("R16", "R23", "R47"),
        refusals=("R16", "R47"),
        refusals_label=_(
            "Refusals because the picture was poor or evidence of accuracy was missing"
        ),
        built_in=_(
            "It shows no percentage to anyone, and it guesses neither race, sex nor age from a"
            " picture."
        ),
        unmeasured=(
            _("The error rate of the software in each group, on pictures like those used here."),
            _("Whether persons of some groups are wrongly identified more often."),
        ),
    ),
)
