"""What rooms below may not import is given to them here, at the start."""

from oversight.council.editions import NAMES, council_figures
from oversight.council.inventory import approved_at
from oversight.requests.inventory import register_inventory
from oversight.transparency.api.listings import register_listing
from oversight.transparency.sources import register_figures

register_inventory(approved_at)
register_figures(NAMES, council_figures)
register_listing(
    "technologies",
    "council_api:technologies",
    "Surveillance technologies: how each stands, the votes, and when its approval ends.",
)
