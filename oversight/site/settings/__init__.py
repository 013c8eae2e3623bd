"""Settings, by who owns them: Django's, our own, and third parties'."""

from oversight.site.settings.api import *  # noqa: F403  (this is how Django reads settings)
from oversight.site.settings.django import *  # noqa: F403  (as above)
from oversight.site.settings.project import *  # noqa: F403  (as above)
from oversight.site.settings.record import *  # noqa: F403  (as above)
from oversight.site.settings.third_party import *  # noqa: F403  (as above)
