"""Pictures drawn on the server: pure functions from numbers to SVG, the same in print, mirrored from right to left."""

from safeconduct.core.design.pictures.flow import flow, ways
from safeconduct.core.design.pictures.places import places
from safeconduct.core.design.pictures.quota import quota_bar

__all__ = ["flow", "places", "quota_bar", "ways"]
