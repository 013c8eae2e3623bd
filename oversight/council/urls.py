"""Addresses of the council's room: technologies, comment, complaints, records requests."""

from allauth.account.decorators import reauthentication_required
from django.urls import path

from oversight.council.views import (
    acquisition,
    comment,
    complaint_desk,
    complaints,
    records,
    technologies,
)

app_name = "council"

_TECHNOLOGY = "technologies/<slug:slug>/"
_COMPLAINT = "complaints/desk/<int:number>/"
_PROPOSAL = f"{_TECHNOLOGY}proposals/<int:number>/"

urlpatterns = [
    path("technologies/", technologies.inventory, name="technologies"),
    path("technologies/add/", acquisition.add, name="technology_add"),
    path(_TECHNOLOGY, technologies.technology, name="technology"),
    path(f"{_TECHNOLOGY}documents/<int:number>/<str:name>", technologies.document, name="document"),
    path(f"{_TECHNOLOGY}propose/", acquisition.propose, name="technology_propose"),
    path(f"{_TECHNOLOGY}cost/", acquisition.enter_cost, name="technology_cost"),
    path(f"{_PROPOSAL}document/", acquisition.add_document, name="technology_document"),
    path(f"{_PROPOSAL}hearing/", acquisition.enter_hearing, name="technology_hearing"),
    # What the gate follows is stepped up: password or second factor again.
    path(
        f"{_PROPOSAL}vote/",
        reauthentication_required(acquisition.enter_vote),
        name="technology_vote",
    ),
    path(
        f"{_TECHNOLOGY}votes/<int:number>/confirm/",
        reauthentication_required(acquisition.confirm),
        name="technology_confirm",
    ),
    path(
        f"{_TECHNOLOGY}standing/",
        reauthentication_required(acquisition.change_standing),
        name="technology_standing",
    ),
    # Comment
    path("comment/", comment.consultations, name="consultations"),
    path("comment/ask/", comment.open_consultation, name="consultation_open"),
    path("comment/name/", comment.withdraw, name="comment_withdraw"),
    path("comment/<int:number>/", comment.consultation, name="consultation"),
    path("comment/<int:number>/write/", comment.write, name="comment_write"),
    path("comment/<int:number>/receipt/", comment.receipt, name="comment_receipt"),
    path("comment/moderate/<int:number>/", comment.moderate, name="comment_moderate"),
    # Complaints
    path("complaints/", complaints.overview, name="complaints"),
    path("complaints/write/", complaints.write, name="complaint_write"),
    path("complaints/receipt/", complaints.receipt, name="complaint_receipt"),
    path("complaints/status/", complaints.status, name="complaint_status"),
    path("complaints/desk/", complaint_desk.desk, name="complaint_desk"),
    path(_COMPLAINT, complaint_desk.complaint, name="complaint"),
    path(f"{_COMPLAINT}acknowledge/", complaint_desk.acknowledge, name="complaint_acknowledge"),
    path(f"{_COMPLAINT}compare/", complaint_desk.compare, name="complaint_compare"),
    path(f"{_COMPLAINT}answer/", complaint_desk.answer, name="complaint_answer"),
    path(f"{_COMPLAINT}forget/", complaint_desk.forget, name="complaint_forget"),
    # Requests for public records
    path("records-requests/", records.statistics, name="records_requests"),
    path("records-requests/enter/", records.enter, name="records_enter"),
    path("records-requests/<int:number>/", records.answer, name="records_answer"),
]
