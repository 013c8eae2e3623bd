"""Addresses of the board's desk, of the department's answers, and of what the board publishes."""

from django.urls import path

from oversight.council.board.views import (
    dashboard,
    department,
    meetings,
    public,
    recipients,
    sampling,
)

app_name = "board"

urlpatterns = [
    # The board; auditors read
    path("board/", dashboard.dashboard, name="dashboard"),
    path("board/figures/<slug:name>/", dashboard.figure, name="figure"),
    path("board/supervisors/", dashboard.supervisors, name="supervisors"),
    path("board/unusual-use/", dashboard.unusual, name="unusual"),
    path("board/samples/", sampling.samples, name="samples"),
    path("board/samples/announce/", sampling.announce, name="announce"),
    path("board/samples/<int:number>/", sampling.sample, name="sample"),
    path("board/samples/<int:number>/<int:place>/", sampling.member, name="member"),
    path("board/findings/<int:number>/", sampling.finding, name="finding"),
    path("board/violations/", sampling.violations, name="violations"),
    path("board/notices/", sampling.notices, name="notices"),
    path("board/recipients/", recipients.recipients, name="recipients"),
    path("board/recipients/<int:number>/", recipients.recipient, name="recipient"),
    path("board/meetings/", meetings.meetings, name="meetings"),
    path("board/meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("board/packs/<int:number>/", meetings.pack, name="pack"),
    path("board/packs/<int:number>.pdf", meetings.pack_file, name="pack_pdf"),
    # The department
    path("answers/", department.answers, name="answers"),
    path("answers/<int:number>/", department.answer, name="answer"),
    # Everyone
    path("audits/", public.audits, name="audits"),
    path("audits/lots.py", public.program, name="lots"),
    path("audits/<int:number>/", public.audit, name="audit"),
    path("audits/<int:number>.json", public.audit_json, name="audit_json"),
    path("meetings/", public.meetings, name="public_meetings"),
    path("meetings/<int:number>/", public.meeting, name="public_meeting"),
    path("meetings/<int:number>.pdf", public.meeting_pdf, name="meeting_pdf"),
    path("meetings/<int:number>.json", public.meeting_json, name="meeting_json"),
]
