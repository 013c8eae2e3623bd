"""Listens to a browser: what it complains of, and whom else it talks to."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_INSIDE = ("data:", "blob:", "about:")
# How a refusal of ours is told: a page with a reason, for which the browser logs its status.
_TOLD_BY_STATUS = "Failed to load resource"


class Watch:
    """Everything wrong that a browser's windows noticed, and the last page that came from us."""

    def __init__(self, address: str) -> None:
        """Watch for anything that is not at ``address`` (scheme, host, port)."""
        self.complaints: list[str] = []
        self._address = address
        self._documents: dict[Page, Response] = {}

    def over(self, context: BrowserContext) -> None:
        """Listen to all pages of a context from now on."""
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._told)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def document_of(self, page: Page) -> str:
        """Return the page's markup as it was sent, before any script."""
        return self._documents[page].text()

    def status_of(self, page: Page) -> int:
        """Return the status with which the page came."""
        return self._documents[page].status

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._address}/", *_INSIDE)):
            self.complaints.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        request = response.request
        whole_page = request.is_navigation_request()
        if response.status >= (500 if whole_page else 400):
            self.complaints.append(f"{response.status} from {response.url}")
        if whole_page and not 300 <= response.status < 400:
            self._documents[request.frame.page] = response

    def _told(self, told: ConsoleMessage) -> None:
        if told.type in {"error", "warning"} and _TOLD_BY_STATUS not in told.text:
            self.complaints.append(f"console: {told.text}")
