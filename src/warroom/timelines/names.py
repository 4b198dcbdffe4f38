"""Names of months and weekdays, in English and in the languages that our neighbours keep their timelines in."""

from __future__ import annotations

import re

_ENGLISH = (
    "jan january, feb february, mar march, apr april, may, jun june, jul july, aug august, sep sept september, "
    "oct october, nov november, dec december"
)
_OTHERS = (
    "januar jänner januari janvier janv enero ene gennaio gen janeiro",
    "februar februari février fevrier févr fevr fév febrero febbraio fevereiro",
    "märz maerz mär mrz maart mrt mars marzo março marco",
    "avril avr abril abr aprile",
    "mai mei mayo maggio mag maio",
    "juni juin junio giugno giu junho",
    "juli juillet juil julio luglio lug julho",
    "augustus août aout agosto",
    "septembre septiembre setiembre settembre setembro",
    "oktober okt octobre octubre ottobre ott outubro",
    "novembre noviembre novembro",
    "dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
"""German, Dutch, French, Spanish, Italian, Portuguese; without short forms that are English words: out, set, ago."""
_WEEKDAYS = (
    "mon monday, tue tues tuesday, wed wednes wednesday, thu thur thurs thursday, fri friday, sat satur saturday, "
    "sun sunday"
)
_OTHER_WEEKDAYS = (
    "montag maandag lundi lunes lunedì lunedi segunda-feira",
    "dienstag dinsdag mardi martes martedì martedi terça-feira",
    "mittwoch woensdag mercredi miércoles miercoles mercoledì mercoledi quarta-feira",
    "donnerstag donderdag jeudi jueves giovedì giovedi quinta-feira",
    "freitag vrijdag vendredi viernes venerdì venerdi sexta-feira",
    "samstag sonnabend zaterdag samedi sábado sabado sabato",
    "sonntag zondag dimanche domingo domenica",
)
_SHORT_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
"""German short forms, which are weekdays only with a full stop or a comma."""


def _numbered(english: str, others: tuple[str, ...]) -> dict[str, int]:
    english_names = {name: at for at, names in enumerate(english.split(", ")) for name in names.split()}
    return english_names | {name: at for at, names in enumerate(others) for name in names.split()}


def _either(names: str) -> str:
    return "|".join(sorted(names.replace(",", "").split(), key=len, reverse=True))


_MONTHS = _numbered(_ENGLISH, _OTHERS)
_DAYS = _numbered(_WEEKDAYS, _OTHER_WEEKDAYS) | {name: at for at, name in enumerate(_SHORT_WEEKDAYS)}

ENGLISH_MONTH = rf"(?:{_either(_ENGLISH)})\b\.?"
MONTH = rf"(?:{_either(_ENGLISH + ' ' + ' '.join(_OTHERS))})\b\.?"
"""Patterns for the name of a month, without groups."""
WEEKDAY = rf"(?:{_either(_WEEKDAYS)})\b\.?"
ANY_WEEKDAY = (
    rf"(?:(?:{_either(_WEEKDAYS + ' ' + ' '.join(_OTHER_WEEKDAYS))})\b\.?|(?:{'|'.join(_SHORT_WEEKDAYS)})(?=[.,])\.?)"
)
"""Patterns for the name of a weekday, without groups."""


def month(name: str) -> int:
    """The number of a month, from 1, by a name that `MONTH` found."""
    return _MONTHS[name.lower().rstrip(".")] + 1


def weekday(name: str) -> int:
    """The number of a weekday, 0 for a Monday, by a name that `ANY_WEEKDAY` found."""
    return _DAYS[re.sub(r"[.,]$", "", name.lower())]
