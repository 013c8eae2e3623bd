"""Public comment as pages show it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.council.forms.comment import subject_of
from oversight.council.models import Acquisition, Comment, Consultation, Moderation
from oversight.council.selectors.comment import Letter, Tally
from oversight.interface.components import Figure, Link, Tone
from oversight.policy.models import Proposal
from oversight.policy.presenting.words import Badge


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as everyone may read it: ``text`` is empty where it is withheld, and ``why`` says why."""

    number: int
    stance: str
    text: str
    who: str
    why: str
    letter: int | None
    comment: Comment


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A text that was sent more than once."""

    shown: ShownComment
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A rule of a proposed instrument, in the words of the proposal."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class ProposedText:
    """A proposed change of the rules as everyone may read it, without who proposed it.

    One that ends an instrument has no title and no rules.
    """

    title: str
    summary: str
    rules: Sequence[ProposedRule]
    takes_effect: date
    text: str
    digest: str


def badge_of(consultation: Consultation) -> Badge:
    """Whether comments are taken."""
    now = timezone.now()
    if now < consultation.opens_at:
        return Badge(_("Not open yet"), Tone.WAITING)
    if now < consultation.closes_at:
        return Badge(_("Open for comment"), Tone.GOOD)
    return Badge(_("Closed"), Tone.NEUTRAL)


def subject_link(consultation: Consultation) -> Link:
    """The proposal that a consultation is about; its page, where everyone may read it."""
    subject = subject_of(consultation)
    if isinstance(subject, Acquisition):
        address = reverse("council:technology", args=[subject.technology.slug])
        return Link(subject.technology.name, address)
    if subject.kind == Proposal.Kind.SUNSET:
        return Link(subject.slug, reverse("policy:instrument", args=[subject.slug]))
    return Link(str(tomllib.loads(subject.text)["title"]), "#proposed")


def proposed_text(consultation: Consultation) -> ProposedText | None:
    """What a change of the rules would say; None where the comments are on a technology."""
    proposal = consultation.instrument
    if proposal is None:
        return None
    pack = tomllib.loads(proposal.text)
    return ProposedText(
        title=pack.get("title", ""),
        summary=pack.get("summary", ""),
        rules=[ProposedRule(rule["title"], rule["message"]) for rule in pack.get("rule", [])],
        takes_effect=proposal.takes_effect,
        text=proposal.text,
        digest=proposal.digest,
    )


def sentences_of(tally: Tally) -> list[str]:
    """What the comments come to, in words; how many distinct texts there are comes with it."""
    if not tally.total:
        return [_("Nobody has commented yet.")]
    against = tally.by_stance[Comment.Stance.AGAINST]
    numbers = {"against": number_format(against, force_grouping=True), "total": _n(tally.total)}
    told = [_("%(against)s of %(total)s comments are against it.") % numbers]
    if tally.distinct is None:
        done = {"done": _n(tally.grouped), "total": _n(tally.total)}
        return [*told, _("Letters are still being grouped: %(done)s of %(total)s so far.") % done]
    told.append(
        ngettext(
            "All comments together have %(n)s distinct text.",
            "All comments together have %(n)s distinct texts.",
            tally.distinct,
        )
        % {"n": _n(tally.distinct)}
    )
    if tally.distinct_against:
        told.append(
            ngettext(
                "Those against have %(n)s distinct text.",
                "Those against have %(n)s distinct texts.",
                tally.distinct_against,
            )
            % {"n": _n(tally.distinct_against)}
        )
    return told


def figures_of(tally: Tally) -> list[Figure]:
    """The counts, each with its name."""
    stances = tally.by_stance
    return [
        Figure(tally.total, _("Comments")),
        Figure(stances[Comment.Stance.AGAINST], _("Against")),
        Figure(stances[Comment.Stance.FOR], _("For")),
        Figure(stances[Comment.Stance.NEUTRAL], _("Neither")),
        Figure(
            _("not yet") if tally.distinct is None else tally.distinct,
            _("Distinct texts"),
            note=_("Letters that say the same count as one text."),
        ),
        Figure(tally.withheld, _("Texts withheld"), note=_("They count all the same.")),
    ]


def shown_comment(comment: Comment) -> ShownComment:
    """A comment from `selectors.comments_of`, without what is withheld or not consented to."""
    withheld = getattr(comment, "act", None) == Moderation.Act.WITHHELD
    return ShownComment(
        number=comment.pk,
        stance=comment.get_stance_display(),
        text="" if withheld else comment.text,
        # A name can be what must not be read as well as a text: both are withheld together.
        who=_("A resident") if withheld else _who(comment),
        why=_why(comment) if withheld else "",
        letter=comment.grouping.group if hasattr(comment, "grouping") else None,
        comment=comment,
    )


def shown_letters(letters: Sequence[Letter], address: str) -> list[ShownLetter]:
    """Texts that were sent more than once, with how often."""
    return [
        ShownLetter(
            shown_comment(letter.first),
            ngettext("sent %(n)s time", "sent %(n)s times", letter.count) % {"n": _n(letter.count)},
            f"{address}?letter={letter.first.grouping.group}#comments",
        )
        for letter in letters
    ]


def _who(comment: Comment) -> str:
    author = getattr(comment, "author", None)
    if author is None:
        return _("A resident")
    return ", ".join(part for part in (author.name, author.place) if part)


def _why(comment: Comment) -> str:
    reason = Moderation.Reason(comment.reason).label  # type: ignore[attr-defined]  # annotated
    note = comment.note  # type: ignore[attr-defined]  # annotated
    return f"{reason}. {note}" if note else f"{reason}."


def _n(count: int) -> str:
    return str(number_format(count, force_grouping=True))
