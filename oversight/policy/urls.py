"""Addresses of the rules and of what is done with them (contracts, section 7)."""

from django.urls import path

from oversight.policy.views import asking, rules

app_name = "policy"

urlpatterns = [
    path("rules/", rules.rules, name="rules"),
    path("would-it-be-allowed/", asking.ask, name="ask"),
    path("rules/<str:pack>/", rules.instrument, name="instrument"),
    path("rules/<str:pack>/<str:rule>/", rules.rule, name="rule"),
]
