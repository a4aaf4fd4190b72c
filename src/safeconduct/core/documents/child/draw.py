"""A file as pages: told by its first bytes what it is, decoded within limits, and drawn anew as pictures without a past."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from safeconduct.core.documents.limits import Limits

register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # held against our own limit, before anything is decoded
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
_QUALITY = 85
_POINTS = 72  # dots an inch in which a PDF measures
_FINE = 150  # dots an inch in which a page of one is drawn


class Refused(Exception):
    """What is told instead of pages."""

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers


@dataclass(frozen=True)
class Sheet:
    """One page as it is sent to the parent."""

    about: dict[str, Any]
    content: bytes


def drawn(content: bytes, limits: Limits) -> tuple[str, Iterator[Sheet]]:
    """What a file is (jpeg, png, webp, tiff, heif, pdf, text), and its pages one at a time. Raises Refused, while drawing too."""
    if not content.strip(b"\0"):
        raise Refused("documents.empty")
    if content.lstrip()[:5] == b"%PDF-":
        return "pdf", _pages(content, limits)
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        return "text", iter([_text(content, limits)])
    return (picture.format or "").lower(), _frames(picture, limits)


def _frames(picture: Image.Image, limits: Limits) -> Iterator[Sheet]:
    """Each picture of a file: a scanner puts several into one TIFF."""
    frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    _refuse_pages(frames, limits)
    for number in range(frames):
        if frames > 1:
            picture.seek(number)
        _refuse_size(*picture.size, limits)
        picture.draft("RGB", (limits.longest_side, limits.longest_side))  # a JPEG is decoded no finer than it is shown
        yield _sheet(ImageOps.exif_transpose(picture), limits)


def _pages(content: bytes, limits: Limits) -> Iterator[Sheet]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("documents.has_a_password" if "assword" in str(error) else "documents.damaged") from None
    _refuse_pages(len(document), limits)
    for page in document:
        width, height = (side / _POINTS * _FINE for side in page.get_size())
        if not (width >= 1 and height >= 1):
            raise Refused("documents.damaged")
        shrink = min(1.0, limits.longest_side / max(width, height))
        yield _sheet(page.render(scale=_FINE / _POINTS * shrink).to_pil(), limits)


def _sheet(picture: Image.Image, limits: Limits) -> Sheet:
    """The dots of a picture and nothing else, on white where it lets through."""
    picture.thumbnail((limits.longest_side, limits.longest_side))
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        seen = picture.convert("RGBA")
        picture = Image.new("RGB", seen.size, "white")
        picture.paste(seen, mask=seen.getchannel("A"))
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Sheet({"width": plain.width, "height": plain.height, "bytes": out.tell()}, out.getvalue())


def _text(content: bytes, limits: Limits) -> Sheet:
    """Plain text, without what turns its direction or moves a printer."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("documents.unknown_kind") from None
    if len(text) > limits.text:
        raise Refused("documents.too_long", limit=limits.text)
    if sum(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f" for sign in text[:4096]):
        raise Refused("documents.unknown_kind")
    kept = "".join(
        sign for sign in text.replace("\r\n", "\n") if sign in "\t\n\u200c\u200d" or unicodedata.category(sign)[0] != "C"
    )
    told = kept.encode()
    return Sheet({"text": True, "bytes": len(told)}, told)


def _refuse_size(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise Refused("documents.too_many_pixels", width=width, height=height)


def _refuse_pages(pages: int, limits: Limits) -> None:
    if not pages:
        raise Refused("documents.damaged")
    if pages > limits.pages:
        raise Refused("documents.too_many_pages", pages=pages, limit=limits.pages)
