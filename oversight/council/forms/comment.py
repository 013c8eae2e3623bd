"""Asking for comment, commenting, withdrawing a name, and moderating."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.council.forms.offering import offer
from oversight.council.forms.writing import one_line, words_of
from oversight.council.models import Acquisition, Comment, Consultation, Moderation
from oversight.council.models.comment import LONGEST
from oversight.council.selectors.comment import open_proposals
from oversight.council.services.comment import Question, Said
from oversight.interface.forms import Form, MomentField, ProseField, RadioTiles
from oversight.policy.models import Proposal


class QuestionForm(Form):
    """What the public is asked."""

    subject = forms.ChoiceField(label=_("About which proposal"))
    title = forms.CharField(label=_("What it is about, in a few words"), max_length=200)
    question = ProseField(label=_("What is proposed, in plain words"), max_length=2000)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"), help_text=_("Comments are taken until then."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer proposals on technologies and proposed changes of the rules."""
        super().__init__(*args, **kwargs)
        acquisitions = Acquisition.objects.select_related("technology").order_by("-pk")
        self.subjects: dict[str, Acquisition | Proposal] = {
            **{f"technology-{each.pk}": each for each in acquisitions},
            **{f"rules-{each.pk}": each for each in open_proposals()},
        }
        offer(self, "subject", [(key, subject_text(one)) for key, one in self.subjects.items()])

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        return data

    @property
    def chosen(self) -> Acquisition | Proposal:
        """What the comments will be about, when valid."""
        return self.subjects[self.cleaned_data["subject"]]

    @property
    def asked(self) -> Question:
        """The answers, when valid."""
        names = ("title", "question", "opens_at", "closes_at")
        return Question(**{name: self.cleaned_data[name] for name in names})


class CommentForm(Form):
    """What somebody has to say."""

    stance = forms.ChoiceField(
        label=_("Are you for or against it?"),
        choices=Comment.Stance.choices,
        widget=RadioTiles,
    )
    text = ProseField(
        label=_("Your comment"),
        max_length=LONGEST,
        rows=10,
        help_text=_("It is published. Do not tell private things about yourself or others."),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    place = forms.CharField(
        label=_("Where you live"),
        max_length=120,
        required=False,
        help_text=_("City or neighborhood, no street address."),
    )
    published = forms.BooleanField(
        label=_("Publish my name and place beside my comment"),
        required=False,
        help_text=_("If you do not tick this, name and place are not kept at all."),
    )

    def clean_text(self) -> str:
        """Something that can be read."""
        return words_of(self.cleaned_data["text"], or_else=_("Write your comment in words."))

    def clean_name(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["name"])

    def clean_place(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["place"])

    @property
    def said(self) -> Said:
        """The comment, when valid."""
        return Said(**self.cleaned_data)


class ReceiptForm(Form):
    """The receipt of a comment."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=20,
        help_text=_("Twelve letters and digits, such as ABCD-EFGH-2345."),
    )

    def clean_number(self) -> str:
        """The number in its one form."""
        plain = "".join(
            letter for letter in self.cleaned_data["number"].upper() if letter.isalnum()
        )
        return "-".join((plain[:4], plain[4:8], plain[8:]))


class ModerationForm(Form):
    """Withholding a text, or showing it again."""

    act = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (Moderation.Act.WITHHELD, _("Withhold the text")),
            (Moderation.Act.SHOWN, _("Show the text again")),
        ],
        widget=RadioTiles,
    )
    reason = forms.ChoiceField(
        label=_("Reason"), choices=Moderation.Reason.choices, widget=RadioTiles
    )
    note = forms.CharField(
        label=_("Explanation"),
        max_length=300,
        required=False,
        help_text=_("It is public: do not repeat what is withheld."),
    )

    def clean(self) -> dict[str, Any]:
        """A text is withheld for what it says, and shown again because that was a mistake."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        act, reason = data.get("act"), data.get("reason")
        if act and reason:
            mistake = reason == Moderation.Reason.MISTAKE
            if act == Moderation.Act.WITHHELD and mistake:
                self.add_error("reason", _("Choose what the text does that others must not read."))
            if act == Moderation.Act.SHOWN and not mistake:
                self.add_error(
                    "reason", _("To show it again, choose “It was withheld by mistake”.")
                )
        return data


def subject_text(subject: Acquisition | Proposal) -> str:
    """What a proposal is about, in one line."""
    if isinstance(subject, Acquisition):
        one = subject.technology
        return f"{one.name} ({one.slug}): {subject.get_aim_display()}"
    return str(subject)


def subject_of(consultation: Consultation) -> Acquisition | Proposal:
    """What a consultation is about."""
    subject = consultation.acquisition or consultation.instrument
    assert subject is not None  # noqa: S101  (the database holds this)
    return subject
