"""All addresses. Who may see each is said in ``oversight.people.access``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from oversight.site import views
from oversight.transparency.api.urls import absent

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("desk/", views.desk, name="desk"),
    path("api/", include("oversight.transparency.api.urls")),
    path("api/", include("oversight.council.api.urls")),
    path("", include("oversight.requests.urls")),
    path("", include("oversight.leads.urls")),
]

# Rooms with pages for everyone: English as written here, Spanish with /es before it.
urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("ledger/", include("oversight.ledger.urls")),
    path("", include("oversight.policy.urls")),
    path("", include("oversight.transparency.urls")),
    path("", include("oversight.council.urls")),
    path("", include("oversight.council.board.urls")),
    prefix_default_language=False,
)

# Behind every other address under /api/, those of rooms above included.
urlpatterns.append(path("api/", include(absent)))

if settings.DEBUG:
    urlpatterns.append(path("style-guide/", include("oversight.interface.urls")))

handler400 = "oversight.interface.views.bad_request"
handler403 = "oversight.interface.views.permission_denied"
handler404 = "oversight.interface.views.page_not_found"
handler500 = "oversight.interface.views.server_error"
