"""PNG: what Graphviz draws, with the size that it is to be shown at; and how large a picture is."""

from __future__ import annotations

import struct
import zlib

_METRE = 39.3701
# The signature, and IHDR with its length and checksum: what comes first in every PNG.
_HEADER = 8 + 25
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def dimensions(picture: bytes) -> tuple[int, int] | None:
    """The width and height of a PNG in dots; None where it is none."""
    if len(picture) < _HEADER or not picture.startswith(_SIGNATURE):
        return None
    width, height = struct.unpack(">II", picture[16:24])
    return (width, height) if width and height else None


def sized(picture: bytes, dots_per_inch: int) -> bytes:
    """A PNG that says how fine it is; without that a text processor shows it far too large."""
    dots = round(dots_per_inch * _METRE)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    made = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[:_HEADER] + made + picture[_HEADER:]
