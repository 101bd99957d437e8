"""A difference: what began, ended, moved or changed between two days, or between two sources.

It tells what is known from what is not. A thing that a later document merely does not name has not ended, and
one that a later document is the first to name has not begun with it: each has a word of its own.
"""

from orgmodel.difference.changes import COLUMNS, Change, Difference, Said
from orgmodel.difference.comparing import difference
from orgmodel.difference.prose import to_prose

__all__ = ["COLUMNS", "Change", "Difference", "Said", "difference", "to_prose"]
