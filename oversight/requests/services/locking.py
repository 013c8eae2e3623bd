"""One thing at a time may happen to a request: its draft row is the lock."""

from oversight.requests.models import Draft, SearchRequest


def hold(request: SearchRequest) -> Draft:
    """Lock ``request`` until the transaction ends, and return its draft as it is now.

    The draft is the only row of a request that the web's role may update, and PostgreSQL
    gives row locks to those only.
    """
    return Draft.objects.select_for_update().get(request=request)
