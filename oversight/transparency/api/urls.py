"""Addresses of the read API (contracts, section 7)."""

from django.urls import path

from oversight.transparency.api.views import description, editions, filed, root, rules, searches

app_name = "api"

urlpatterns = [
    path("schema/", description.Description.as_view(), name="schema"),
    path("schema/openapi.json", description.DescriptionJson.as_view(), name="schema_json"),
    path("schema/openapi.yaml", description.DescriptionYaml.as_view(), name="schema_yaml"),
    path("v1/", root.Root.as_view(), name="root"),
    path("v1/editions/", editions.Editions.as_view(), name="editions"),
    path("v1/editions/<int:number>/", editions.OneEdition.as_view(), name="edition"),
    path("v1/editions/<int:number>/figures/", editions.Figures.as_view(), name="figures"),
    path("v1/editions/<int:number>/tables/", editions.Tables.as_view(), name="tables"),
    path("v1/filed-reports/", filed.FiledReports.as_view(), name="filed_reports"),
    path("v1/filed-reports/<int:number>/", filed.OneReport.as_view(), name="filed_report"),
    path("v1/statistics/", editions.Statistics.as_view(), name="statistics"),
    path("v1/definitions/", editions.Definitions.as_view(), name="definitions"),
    path("v1/searches-by-month/", searches.Searches.as_view(), name="searches"),
    path("v1/packs/", rules.Packs.as_view(), name="packs"),
    path("v1/packs/<str:pack>/", rules.OnePack.as_view(), name="pack"),
    path("v1/rules/", rules.Rules.as_view(), name="rules"),
    path("v1/rules/<str:pack>/<str:rule>/", rules.OneRule.as_view(), name="rule"),
]

absent = [path("<path:rest>", root.Absent.as_view(), name="api_absent")]
"""Last of all addresses under /api/, behind those of the rooms above: a problem, not a page."""
