"""Reading the board's pages as people do."""

import html
import re

from tests.interface.markup import Page


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response.content.decode())


def words(client, address):
    """The words of a page without its frame, each space alike."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
