"""Addresses of the rules and of what is done with them (contracts, section 7)."""

from allauth.account.decorators import reauthentication_required
from django.urls import path

from oversight.policy.views import asking, board, proposals, rules

app_name = "policy"

urlpatterns = [
    # For everyone
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:pack>/", rules.instrument, name="instrument"),
    path("rules/<str:pack>/<str:rule>/", rules.rule, name="rule"),
    path("would-it-be-allowed/", asking.ask, name="ask"),
    path("suspensions/", board.suspensions, name="suspensions"),
    # The life of an instrument
    path("instruments/", proposals.overview, name="proposals"),
    path("instruments/propose/", proposals.propose, name="propose"),
    path("instruments/upload/", proposals.upload, name="upload"),
    path("instruments/sunset/", proposals.sunset, name="sunset"),
    path("instruments/<int:number>/", proposals.proposal, name="proposal"),
    path("instruments/<int:number>/effect/", proposals.effect, name="effect"),
    # Acts of the board are stepped up: password or second factor again.
    path(
        "instruments/<int:number>/adopt/", reauthentication_required(proposals.adopt), name="adopt"
    ),
    path("suspensions/act/", reauthentication_required(board.suspend), name="suspend"),
    path("replays/", board.replays, name="replays"),
    path("replays/<int:number>/", board.replay, name="replay"),
]
