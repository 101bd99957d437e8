"""Dates known to the day, the month or the year only: the first and the last day that they stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from orgmodel.errors import DateError, shown

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    found = _PARTIAL.fullmatch(text)
    if found is None:
        raise DateError(f"{shown(text)} is not a date: write 2019, 2019-09 or 2019-09-30")
    year, month, day = (None if part is None else int(part) for part in found.groups())
    assert year is not None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateError(f"{text!r} is a date that no calendar has") from None
    return year, month, day


# A dataset has thousands of facts, and a few dozen dates among them.
@lru_cache(4096)
def first_day(text: str) -> str:
    """The first day of a date, as `YYYY-MM-DD`.

    Args:
        text: A date by ISO 8601, to the day, the month or the year.

    Raises:
        DateError: It is no such date.

    >>> first_day("2019"), first_day("2019-09"), first_day("2019-09-30")
    ('2019-01-01', '2019-09-01', '2019-09-30')
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1).isoformat()


@lru_cache(4096)
def last_day(text: str) -> str:
    """The last day of a date, as `YYYY-MM-DD`; arguments and errors are those of `first_day`.

    >>> last_day("2019"), last_day("2020-02"), last_day("2019-09-30")
    ('2019-12-31', '2020-02-29', '2019-09-30')
    """
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1]).isoformat()


def day_before(day: str) -> str:
    """The day before a full date; the first day of all has none before it, and stays.

    >>> day_before("2019-10-01"), day_before("0001-01-01")
    ('2019-09-30', '0001-01-01')
    """
    return date.fromordinal(max(date.fromisoformat(day).toordinal() - 1, 1)).isoformat()


def day_in_words(written: str) -> str:
    """A date as it stands in a sentence.

    >>> day_in_words("2022-07-01"), day_in_words("2019-06"), day_in_words("2024")
    ('1 July 2022', 'June 2019', '2024')
    """
    year, *rest = written.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
