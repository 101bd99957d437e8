"""PDF: what Graphviz draws, as a document of one or more pages with a title and a language."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def document(pages: Sequence[bytes], title: str) -> bytes:
    """The pages of a chart as one document; the same pages give the same bytes.

    Args:
        pages: Each as a PDF of its own.
        title: What a reader shows it under.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, NameObject, TextStringObject

    writer = PdfWriter()
    for page in pages:
        writer.append(PdfReader(BytesIO(page)), import_outline=False)
    writer.metadata = {"/Title": title, "/Producer": "orgmodel"}
    writer.root_object[NameObject("/Lang")] = TextStringObject("en-GB")
    writer.create_viewer_preferences()
    assert writer.viewer_preferences is not None
    writer.viewer_preferences[NameObject("/DisplayDocTitle")] = BooleanObject(value=True)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()
