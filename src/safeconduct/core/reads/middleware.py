"""Before a page leaves, it stands in the log whom it shows and to whom; where that cannot be written, it does not leave."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safeconduct.core.access.pages import refusal_page
from safeconduct.core.reads import watching
from safeconduct.core.reads.faults import ReadsNotWritten
from safeconduct.core.reads.recording import write


class ReadsMiddleware:
    """Stands right inside AccessMiddleware: it knows who acts, and everything that shows somebody happens within."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with watching.collecting() as found:
            response = self.get_response(request)
            if response.streaming and getattr(response, "file_to_stream", None) is None:  # what is no file may still load people
                response.streaming_content = list(response.streaming_content)  # type: ignore[attr-defined]
        if not found or 300 <= response.status_code < 400:  # an address to go on to shows nobody
            return response
        page = request.resolver_match.view_name if request.resolver_match else ""
        try:
            write(request.actor, page, found)
        except ReadsNotWritten as refusal:
            return refusal_page(request, refusal)
        return response
