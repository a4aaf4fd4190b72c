from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core.access.pages import page
from safeconduct.core.lan.authority import CERTIFICATE, fingerprint
from safeconduct.core.lan.trusting import ways


def _certificate() -> bytes | None:
    """The certificate of the authority, which is public; None where this site is served on its own machine alone."""
    if not settings.LAN_NAME:
        return None
    try:
        return (Path(settings.SITE_FOLDER or "") / CERTIFICATE).read_bytes()
    except OSError:
        return None


@page(public=True)
def trust(request: HttpRequest) -> HttpResponse:
    """How a machine is told to trust this site, and why this page alone is no reason to."""
    read = _certificate()
    shown = {"name": settings.LAN_NAME, "rows": fingerprint(read), "ways": ways(settings.LAN_NAME)} if read else {}
    return render(request, "lan/trust.html", shown)


@page(public=True)
def certificate(request: HttpRequest) -> HttpResponse:
    """The certificate to carry: public, and worth nothing before its fingerprint was compared."""
    read = _certificate()
    if read is None:
        return redirect("trust")
    answer = HttpResponse(read, content_type="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = f'attachment; filename="{CERTIFICATE}"'
    return answer
