"""PNG: what Graphviz draws, with the size that it is to be shown at."""

from __future__ import annotations

import struct
import zlib

_METRE = 39.3701
# The signature, and IHDR with its length and checksum: what comes first in every PNG.
_HEADER = 8 + 25


def sized(picture: bytes, dots_per_inch: int) -> bytes:
    """A PNG that says how fine it is; without that a text processor shows it far too large."""
    dots = round(dots_per_inch * _METRE)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    made = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[:_HEADER] + made + picture[_HEADER:]
