"""The words shown for the codes of the facts. The codes themselves are the engine's vocabulary."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = Mapping[str, str | Promise]

PURPOSES: Labels = {
    "criminal_investigation": _("Investigate a crime"),
    "imminent_threat_to_life": _("Avert an imminent threat to life"),
    "identify_incapacitated": _("Identify a person who cannot identify themselves"),
    "identify_deceased": _("Identify a person who has died"),
    "missing_or_endangered": _("Find a missing or endangered person"),
    "victim_identification": _("Identify the victim of a crime"),
    "trafficking": _("Investigate trafficking"),
    "identity_fraud": _("Investigate identity fraud"),
    "witness_location": _("Locate a witness"),
    "detained_person": _("Identify a person who is detained"),
    "undercover_vetting": _("Protect an undercover officer"),
    "immigration_enforcement": _("Enforce immigration law"),
    "general_surveillance": _("Watch a place or a group"),
    "personal": _("A personal matter"),
    "device_unlock": _("Unlock a device"),
    "access_control": _("Control access to a building"),
}

SEVERITIES: Labels = {
    "violent_felony": _("Violent felony"),
    "felony": _("Felony"),
    "misdemeanor": _("Misdemeanor"),
    "infraction": _("Infraction"),
    "none": _("No offence"),
}

PREDICATES: Labels = {
    "none": _("None yet"),
    "articulable_facts": _("Articulable facts"),
    "reasonable_suspicion": _("Reasonable suspicion"),
    "probable_cause": _("Probable cause"),
}

AUTHORITIES: Labels = {
    "warrant": _("Search warrant"),
    "court_order": _("Court order"),
    "consent": _("Consent of the person"),
}

PROBE_KINDS: Labels = {
    "photograph": _("Photograph"),
    "video_still": _("Still taken from a video"),
    "sketch": _("Sketch or drawing"),
    "composite": _("Composite of features"),
    "generated": _("Image generated or completed by a computer"),
    "look_alike": _("Photograph of someone who looks like the person"),
}

PROBE_SOURCES: Labels = {
    "booking": _("Booking photograph"),
    "fixed_cctv_public": _("Fixed camera, public body"),
    "fixed_cctv_private": _("Fixed camera, private owner"),
    "body_worn": _("Body-worn camera"),
    "in_car": _("In-car camera"),
    "drone": _("Drone"),
    "phone": _("Phone of a witness or victim"),
    "social_media": _("Social media"),
    "id_document": _("Identity document"),
    "seized_device": _("Seized device"),
    "witness_photo": _("Photograph given by a witness"),
}

PROBE_MODES: Labels = {
    "still": _("Still image"),
    "recorded_video": _("Recorded video, searched frame by frame"),
    "live": _("Live camera feed"),
}

CAPTURE_CONTEXTS: Labels = {
    "protest": _("Protest or demonstration"),
    "place_of_worship": _("Place of worship"),
    "health_facility": _("Health facility"),
    "political_event": _("Political event"),
    "union_activity": _("Union activity"),
    "school": _("School"),
    "shelter": _("Shelter"),
}

EDITS: Labels = {
    "crop": _("Cropped"),
    "rotate": _("Rotated"),
    "resize": _("Resized"),
    "brightness": _("Brightness"),
    "contrast": _("Contrast"),
    "colour_balance": _("Color balance"),
    "sharpen": _("Sharpened"),
    "denoise": _("Noise removed"),
    "mirror": _("Mirrored"),
    "background": _("Background replaced"),
    "retouch": _("Parts of the face retouched, filled in or replaced"),
    "merge": _("Joined from several images"),
    "enhance": _("Enlarged or completed by software"),
}

STATUTORY_LISTS: Labels = {
    "mi-home-invasion-1": _("Michigan: home invasion in the first degree"),
    "md-2-503": _("Maryland: Criminal Procedure 2-503"),
    "mt-44-15": _("Montana: Title 44, chapter 15"),
    "la-14-2": _("Louisiana: crime of violence, R.S. 14:2"),
}

NIBRS: Labels = {
    "09A": _("Murder and nonnegligent manslaughter"),
    "09B": _("Negligent manslaughter"),
    "09C": _("Justifiable homicide"),
    "100": _("Kidnapping or abduction"),
    "101": _("Treason"),
    "103": _("Espionage"),
    "11A": _("Rape"),
    "11B": _("Sodomy"),
    "11C": _("Sexual assault with an object"),
    "11D": _("Criminal sexual contact"),
    "120": _("Robbery"),
    "13A": _("Aggravated assault"),
    "13B": _("Simple assault"),
    "13C": _("Intimidation"),
    "200": _("Arson"),
    "210": _("Extortion or blackmail"),
    "220": _("Burglary or breaking and entering"),
    "23A": _("Pocket-picking"),
    "23B": _("Purse-snatching"),
    "23C": _("Shoplifting"),
    "23D": _("Theft from a building"),
    "23E": _("Theft from a coin-operated machine"),
    "23F": _("Theft from a motor vehicle"),
    "23G": _("Theft of motor vehicle parts"),
    "23H": _("All other larceny"),
    "240": _("Motor vehicle theft"),
    "250": _("Counterfeiting or forgery"),
    "26A": _("False pretenses, swindle or confidence game"),
    "26B": _("Credit card or teller machine fraud"),
    "26C": _("Impersonation"),
    "26D": _("Welfare fraud"),
    "26E": _("Wire fraud"),
    "26F": _("Identity theft"),
    "26G": _("Hacking or computer invasion"),
    "26H": _("Money laundering"),
    "270": _("Embezzlement"),
    "280": _("Stolen property offenses"),
    "290": _("Destruction, damage or vandalism of property"),
    "30A": _("Illegal entry into the United States"),
    "30B": _("False citizenship"),
    "30C": _("Smuggling aliens"),
    "30D": _("Re-entry after deportation"),
    "35A": _("Drug or narcotic violations"),
    "35B": _("Drug equipment violations"),
    "360": _("Failure to register as a sex offender"),
    "36A": _("Incest"),
    "36B": _("Statutory rape"),
    "370": _("Pornography or obscene material"),
    "39A": _("Betting or wagering"),
    "39B": _("Operating or promoting gambling"),
    "39C": _("Gambling equipment violation"),
    "39D": _("Sports tampering"),
    "40A": _("Prostitution"),
    "40B": _("Assisting or promoting prostitution"),
    "40C": _("Purchasing prostitution"),
    "49A": _("Harboring or concealing a fugitive"),
    "49B": _("Flight to avoid prosecution"),
    "49C": _("Flight to avoid deportation"),
    "510": _("Bribery"),
    "520": _("Weapon law violations"),
    "521": _("Violation of the National Firearm Act"),
    "522": _("Weapons of mass destruction"),
    "526": _("Explosives"),
    "58A": _("Import violations"),
    "58B": _("Export violations"),
    "61A": _("Federal liquor offenses"),
    "61B": _("Federal tobacco offenses"),
    "620": _("Wildlife trafficking"),
    "64A": _("Human trafficking, commercial sex acts"),
    "64B": _("Human trafficking, involuntary servitude"),
    "720": _("Animal cruelty"),
    "90A": _("Bad checks"),
    "90B": _("Curfew, loitering or vagrancy"),
    "90C": _("Disorderly conduct"),
    "90D": _("Driving under the influence"),
    "90E": _("Drunkenness"),
    "90F": _("Family offenses, nonviolent"),
    "90G": _("Liquor law violations"),
    "90H": _("Peeping tom"),
    "90I": _("Runaway"),
    "90J": _("Trespass of real property"),
    "90K": _("Failure to appear"),
    "90L": _("Federal resource violations"),
    "90M": _("Perjury"),
    "90Z": _("All other offenses"),
}


PERFORMERS: Labels = {
    "own_system": _("The agency, on its own system"),
    "county_system": _("The agency, on the county's system"),
    "outside_agency": _("Another agency"),
    "vendor": _("A vendor"),
    "private_operator": _("A private operator of cameras"),
}

SYSTEM_CLASSES: Labels = {
    "agency": _("The agency's own"),
    "county": _("The county's"),
    "state": _("The state's"),
    "federal": _("Federal"),
    "commercial": _("Commercial"),
}

GALLERY_CLASSES: Labels = {
    "booking": _("Booking photographs"),
    "driver_licence": _("Driver licenses"),
    "scraped_web": _("Photographs taken from the web"),
    "open_source": _("Photographs open to anyone"),
    "missing_persons": _("Missing persons"),
}

ROLES: Labels = {
    "officer": _("Officer"),
    "examiner": _("Examiner"),
    "supervisor": _("Supervisor"),
}

REQUIREMENTS: Labels = {
    "supervisor_sign_off": _("A supervisor signs off before the search"),
    "two_examiners": _("Two trained examiners compare, apart"),
    "corroboration": _("Nobody is arrested without other evidence"),
    "no_lineup_without_independent_evidence": _("No lineup without independent evidence"),
    "outside_request_form": _("The other agency signs a request form"),
    "written_findings": _("Written findings that the function is not used"),
}

DUTIES: Labels = {
    "after_report": _("A report on the use"),
    "authorisation_request": _("A request for authorization, after the emergency"),
    "disclosure": _("Disclosure to the defense"),
    "audit": _("An audit"),
    "notice": _("Notice to the oversight body"),
    "purge": _("Deletion of the data"),
    "keep_logs": _("Keeping the logs"),
    "log_receipt": _("Logging what was received"),
}

FACTS: Labels = {
    "action": _("What is planned"),
    "purpose": _("Purpose"),
    "offence": _("Offense"),
    "predicate.level": _("Suspicion"),
    "predicate.facts": _("Facts of the suspicion, written down"),
    "authority": _("Warrant, order or consent"),
    "exigency": _("Emergency"),
    "exception": _("Exception that is claimed"),
    "performed_by": _("Who runs it"),
    "on_behalf_of": _("For whom"),
    "requester.training": _("Training of the officer"),
    "requester.suspended": _("Suspension of the officer"),
    "requester.overdue_reports": _("Reports that the officer owes"),
    "probe.source": _("Where the image comes from"),
    "probe.kind": _("Kind of image"),
    "probe.mode": _("How it is searched"),
    "probe.faces": _("Faces in it"),
    "probe.edits": _("What has been changed in it"),
    "probe.interocular_px": _("Size of the face"),
    "probe.apparent_minor": _("Apparent age"),
    "probe.depicts_subject": _("Whether it shows the person sought"),
    "capture_context": _("Where it was taken"),
    "protected_basis": _("Protest, belief or class as its basis"),
    "suspicion_specific": _("Suspicion of this person"),
    "alternatives_tried": _("Other means tried"),
    "system": _("System"),
    "gallery.class": _("Gallery"),
    "gallery.id": _("Whether the gallery is on the inventory"),
    "gallery.approved": _("Approval of the gallery"),
    "candidates_requested": _("Candidates at most"),
    "policy_published": _("Publication of the policy"),
    "algorithm.accuracy_evidence": _("Evidence of accuracy"),
    "algorithm.min_group_tpr": _("Accuracy in the group served worst"),
}


def choices(labels: Labels) -> list[tuple[str, str | Promise]]:
    """Return ``labels`` as a form field wants them."""
    return list(labels.items())
