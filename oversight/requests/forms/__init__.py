"""The forms of a request: one a step, and those of the supervisor."""

from oversight.requests.forms.case import CaseForm
from oversight.requests.forms.image import FaceForm, ImageForm, UploadForm
from oversight.requests.forms.legal_basis import LegalBasisForm
from oversight.requests.forms.scope import ScopeForm
from oversight.requests.forms.signing import (
    ApproveForm,
    RefuseForm,
    ReportForm,
    ReturnForm,
    WithdrawForm,
)
from oversight.requests.forms.steps import StepForm

__all__ = [
    "ApproveForm",
    "CaseForm",
    "FaceForm",
    "ImageForm",
    "LegalBasisForm",
    "RefuseForm",
    "ReportForm",
    "ReturnForm",
    "ScopeForm",
    "StepForm",
    "UploadForm",
    "WithdrawForm",
]
