"""Files as people bring them, and as nobody should: made here, so that no real paper lies in the tests."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, PngImagePlugin
from pillow_heif import register_heif_opener

register_heif_opener()

SECRET = "Camera of Mina Karimi 33.3152N 44.3661E"


def picture(kind="JPEG", size=(60, 40), **values) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **values)
    return out.getvalue()


def photograph(kind="JPEG") -> bytes:
    """With a place, a device and a thumbnail's worth of words in its EXIF, lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = SECRET  # make
    exif[0x0112] = 6  # turned
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (33.0, 18.0, 54.0)
    return picture(kind, exif=exif.tobytes())


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET)
    return picture("PNG", pnginfo=words)


def pdf(pages=1, *, author="", script="", password=False) -> bytes:
    """A PDF by hand: pages, an author, a script that runs when it is opened."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    act = f"/OpenAction << /S /JavaScript /JS ({script}) >>" if script else ""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {act} >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>"] * pages
    objects.append(f"<< /Author ({author}) >>")
    out, places = b"%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{told}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % p for p in places)
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({0}) /U ({0}) >> /ID [(a)(a)]".format("o" * 32) if password else ""
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {locked} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out


def flood(width=60_000, height=60_000) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(kind: bytes, told: bytes) -> bytes:
        return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
