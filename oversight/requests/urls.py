"""Addresses of the officer's and the supervisor's pages."""

from django.urls import path

from oversight.requests.views import duties, images, officer, receipts, supervisor, wizard

app_name = "requests"

urlpatterns = [
    path("requests/", officer.mine, name="mine"),
    path("requests/new/", officer.start, name="start"),
    path("requests/<uuid:key>/", officer.status, name="status"),
    path("requests/<uuid:key>/case/", wizard.CaseStep.as_view(), name="case"),
    path("requests/<uuid:key>/legal-basis/", wizard.LegalBasisStep.as_view(), name="legal_basis"),
    path("requests/<uuid:key>/image/", images.UploadStep.as_view(), name="image"),
    path("requests/<uuid:key>/image/face/", images.ImageCheck.as_view(), name="image_check"),
    path("requests/<uuid:key>/image/source/", images.SourceStep.as_view(), name="source"),
    path("requests/<uuid:key>/scope/", wizard.ScopeStep.as_view(), name="scope"),
    path("requests/<uuid:key>/check/", wizard.CheckStep.as_view(), name="check"),
    path("requests/<uuid:key>/withdraw/", officer.withdraw, name="withdraw"),
    path("requests/<uuid:key>/report/", duties.report, name="report"),
    path("requests/<uuid:key>/again/", officer.again, name="again"),
    path("requests/<uuid:key>/receipt/", receipts.own_receipt, name="receipt"),
    path("requests/<uuid:key>/probe/", images.probe_image, name="probe"),
    path("requests/<uuid:key>/probe/<int:index>/", images.probe_face, name="probe_face"),
    path("sign-off/", supervisor.queue, name="queue"),
    path("sign-off/<int:number>/", supervisor.sheet, name="sheet"),
    path("sign-off/<int:number>/receipt/", receipts.sign_off_receipt, name="sign_off_receipt"),
    path("sign-off/<int:number>/probe/", supervisor.sheet_image, name="sheet_image"),
    path("sign-off/<int:number>/face/", supervisor.sheet_face, name="sheet_face"),
    path("sign-off/<int:number>/approve/", supervisor.ApproveView.as_view(), name="approve"),
    path("sign-off/<int:number>/return/", supervisor.ReturnView.as_view(), name="return"),
    path("sign-off/<int:number>/refuse/", supervisor.RefuseView.as_view(), name="refuse"),
]
