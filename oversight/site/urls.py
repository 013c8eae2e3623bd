"""All addresses. Who may see each is said in ``oversight.people.access``."""

from django.conf import settings
from django.urls import include, path

from oversight.site import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("desk/", views.desk, name="desk"),
    path("accounts/", include("allauth.urls")),
    path("ledger/", include("oversight.ledger.urls")),
    path("", include("oversight.policy.urls")),
    path("", include("oversight.requests.urls")),
    path("", include("oversight.transparency.urls")),
    path("", include("oversight.leads.urls")),
    path("", include("oversight.council.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("style-guide/", include("oversight.interface.urls")))

handler400 = "oversight.interface.views.bad_request"
handler403 = "oversight.interface.views.permission_denied"
handler404 = "oversight.interface.views.page_not_found"
handler500 = "oversight.interface.views.server_error"
