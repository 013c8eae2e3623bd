"""Addresses of the record: a page for people, and the files that verifiers fetch (c2sp.org/tlog-tiles)."""

from allauth.account.decorators import reauthentication_required
from django.urls import path, re_path

from oversight.ledger.views import auditing, public, sealing, watching

app_name = "ledger"

urlpatterns = [
    path("", public.overview, name="overview"),
    path("checkpoint", public.checkpoint, name="checkpoint"),
    path("policy.txt", public.policy, name="policy"),
    path("verifier.py", public.verifier_program, name="verifier"),
    path("compared.txt", public.compared, name="compared"),
    path("watch/", watching.watch, name="watch"),
    path("entries/", auditing.search, name="search"),
    path("entries/<int:index>/read/", auditing.read, name="read"),
    path("entries/<int:index>/seal/", reauthentication_required(sealing.seal), name="seal"),
    path("entries/<int:index>/hold/", reauthentication_required(sealing.hold), name="hold"),
    path(
        "entries/<int:index>/withdraw/",
        reauthentication_required(sealing.withdraw),
        name="withdraw",
    ),
    path("entries/<int:index>/lift/", reauthentication_required(sealing.lift), name="lift"),
    path("sealing/", sealing.overview, name="sealings"),
    path("entries/<int:index>/", public.entry, name="entry"),
    path("record.tar", public.archive, name="archive"),
    path("entries/<int:index>/entry", public.leaf, name="leaf"),
    path("entries/<int:index>/proof", public.proof, name="proof"),
    re_path(
        r"^(?P<path>timestamps/[0-9]{4}-[0-9]{2}-[0-9]{2}\.(?:tsr|checkpoint))$",
        public.timestamp,
        name="timestamp",
    ),
    re_path(
        r"^(?P<path>tile/(?:entries|[0-7])/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?)$",
        public.tile,
        name="tile",
    ),
]
