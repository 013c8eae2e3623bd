"""Step 3: the image, where it comes from, and whose face is meant."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import MemorableDateField
from oversight.requests import codes
from oversight.requests.forms.questions import OneOfField, YesNoField
from oversight.requests.forms.steps import Answers, StepForm, day_in, start_of
from recognition.gateway import Inspection


class UploadForm(StepForm):
    """The file alone: it is kept and looked at before anything else is asked about it."""

    image = forms.FileField(
        label=_("Image"),
        help_text=_("JPEG, PNG, WebP, TIFF or HEIC, at most 20 MB, as it was received."),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/tiff,image/heic,.heic"}
        ),
    )

    def answers(self) -> Answers:
        """The file goes its own way (``services.add_probe``)."""
        return {}


class FaceForm(StepForm):
    """Which of the faces found is the person that is sought."""

    face_index = forms.TypedChoiceField(
        label=_("Whose face is to be searched?"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        """Offer the faces that can be searched, numbered as on the picture."""
        super().__init__(*args, **kwargs)
        field = self.fields["face_index"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [
            (str(face.index), _("Face %(number)s") % {"number": face.index + 1})
            for face in inspection.faces
            if face.searchable
        ]


class ImageForm(StepForm):
    """What must be known of an image before it is compared with anything."""

    kind = OneOfField(
        label=_("What kind of image is it?"), choices=codes.choices(codes.PROBE_KINDS)
    )
    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[("", _("- Choose a source -")), *codes.choices(codes.PROBE_SOURCES)],
    )
    mode = OneOfField(label=_("How is it searched?"), choices=codes.choices(codes.PROBE_MODES))
    depicts_subject = YesNoField(
        label=_("Does it show the person who is sought?"),
        help_text=_("Not a relative, a look-alike or an artist's impression."),
    )
    apparent_minor = YesNoField(label=_("Does the person appear to be under 18?"))
    capture_context = forms.MultipleChoiceField(
        label=_("Where it was taken"),
        required=False,
        choices=codes.choices(codes.CAPTURE_CONTEXTS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that apply."),
    )
    edit_ops = forms.MultipleChoiceField(
        label=_("What has been changed in it"),
        required=False,
        choices=codes.choices(codes.EDITS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every change since it was received. The original is kept as well."),
    )
    edited_by = forms.CharField(label=_("Changed by"), max_length=200, required=False)
    edited_on = MemorableDateField(label=_("Changed on"), required=False)

    def clean(self) -> Answers:
        """A change has an author and a day."""
        cleaned: Answers = super().clean() or self.cleaned_data
        if cleaned.get("edit_ops"):
            if not cleaned.get("edited_by"):
                self.add_error("edited_by", _("Enter who changed the image."))
            if not cleaned.get("edited_on"):
                self.add_error("edited_on", _("Enter the day on which it was changed."))
        return cleaned

    def answers(self) -> Answers:
        """Return the step's answers, the changes as a list of what, by whom, when."""
        data = self.cleaned_data
        names = ("kind", "source", "mode", "depicts_subject", "apparent_minor", "capture_context")
        edits = [
            {"op": op, "by": data["edited_by"], "at": start_of(data["edited_on"])}
            for op in data["edit_ops"]
        ]
        return {**{name: data[name] for name in names}, "edits": edits}

    @classmethod
    def initial_from(cls, answers: Mapping[str, Any]) -> Answers:
        """Return the fields for answers given before."""
        edits = answers.get("edits", [])
        return {
            **answers,
            "edit_ops": [edit["op"] for edit in edits],
            "edited_by": edits[0]["by"] if edits else None,
            "edited_on": day_in(edits[0]["at"]) if edits else None,
        }
