"""The terminal: one console for what is asked for, as wide as the window or 80 columns."""

from __future__ import annotations

import os
import sys

from rich.console import Console


def console() -> Console:
    """The console for data, on stdout; without a window it is 80 columns wide and without colour."""
    wide = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else 80
    return Console(width=wide, highlight=False, emoji=False, markup=False, soft_wrap=False)
