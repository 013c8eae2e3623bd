"""The safeguards by their numbers in the catalogue, each in a few words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAFEGUARDS: Final[Mapping[str, str | Promise]] = {
    "R01": _("Banned altogether, but for named exceptions"),
    "R02": _("Only for purposes on a closed list"),
    "R03": _("Only for listed or serious offenses"),
    "R04": _("Suspicion with its facts written down"),
    "R05": _("No live video, no tracking"),
    "R05b": _("No scanning of recorded video"),
    "R06": _("Not because of protest, belief or a protected class"),
    "R07": _("Not for personal ends or immigration enforcement"),
    "R08": _("Only approved systems and galleries"),
    "R09": _("No asking others to run the search"),
    "R10": _("No searches for outside agencies"),
    "R11": _("Results received from others are logged"),
    "R12": _("The image must show the person sought"),
    "R13": _("No sketches, composites or generated images"),
    "R14": _("Only images from permitted sources"),
    "R15": _("No manipulated images"),
    "R16": _("The image must be good enough"),
    "R17": _("Every edit is kept on record"),
    "R18": _("Other means are tried first"),
    "R19": _("Bystanders are not searched"),
    "R20": _("Consent before a search in the field"),
    "R21": _("Limits for children"),
    "R22": _("A bounded list of candidates, all compared"),
    "R23": _("Results without percentages"),
    "R24": _("Two people compare, apart"),
    "R25": _("Training is current"),
    "R26": _("Someone else signs off"),
    "R27": _("A court's authority where it is needed"),
    "R28": _("Emergencies are documented and filed"),
    "R29": _("Data is deleted when authority is refused"),
    "R30": _("No lineup from a face result alone"),
    "R31": _("No arrest on a face result alone"),
    "R32": _("Other evidence is truly independent"),
    "R33": _("A check whether it can be the person at all"),
    "R34": _("Disclosure to the defense"),
    "R35": _("Reports name the use of face recognition"),
    "R36": _("Searched images do not enter the gallery"),
    "R37": _("The gallery is kept clean"),
    "R38": _("Audits by a set date"),
    "R39": _("Logs are compared with the vendor's"),
    "R40": _("Officers attest that nothing was done elsewhere"),
    "R41": _("Unusual use is noticed"),
    "R42": _("Violations are registered and told"),
    "R43": _("Changes to the log are announced"),
    "R44": _("Misidentifications are registered"),
    "R45": _("The policy is published before any search"),
    "R46": _("The governing body approves, on an impact report"),
    "R47": _("Evidence of accuracy in every group"),
    "R48": _("A change of version is approved again"),
    "R49": _("Records are kept for a set time"),
    "R50": _("Complaints are taken up"),
    "SYS": _("The system's own refusals"),
}


def safeguard_text(number: str) -> str:
    """Number and name, such as "R14: Only images from permitted sources"."""
    name = SAFEGUARDS.get(number)
    return f"{number}: {name}" if name else number
