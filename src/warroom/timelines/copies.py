"""What copying did to the lines of a timeline, undone: tags of HTML, the marks of quoted mails, wide digits."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from warroom.timelines.stamps import stamp_at

Numbered = tuple[int, str]
"""A line with its number from 1; a line that is taken apart gives several with the same number."""

_TAG = re.compile(r"<!doctype\b[^<>]{0,200}>|</?[a-z][a-z0-9-]{0,15}(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:ul|ol|li|p|div|table|thead|tbody|tr|t[dh]|h[1-6]|section|article|dl|dt|dd)\b", re.I)
_BEGINS = re.compile(r"(?=<(?:li|p|tr|dt|h[1-6]|div)\b)|<br\b[^<>]{0,40}>", re.IGNORECASE)
"""Where a line of its own begins in what a browser shows."""
_HIDDEN = re.compile(r"<(?:style|script)\b", re.IGNORECASE)
_SHOWN_AGAIN = re.compile(r"</(?:style|script)\s{0,20}>", re.IGNORECASE)
_HEADING = re.compile(r"\s*<h([1-6])\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*<li\b", re.IGNORECASE)
_CELL = re.compile(r"(?:</t[dh]>\s*)?<t[dh]\b[^<>]{0,100}>|</dt>\s*<dd\b[^<>]{0,100}>", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]{0,200}?href=[\"']?(?P<url>https?://[^\"'<>\s]{1,500})[^<>]{0,200}>", re.IGNORECASE)
_QUOTED = re.compile(r"\A(?:\s{0,3}>[ \t]?)+")
_WROTE = re.compile(
    r"\W{0,3}(?:On|Am|Le|El|Il|Op)\s.{10,160}"
    r"(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|escreveu|schreef)\b.{0,80}:\s*$"
    r"|(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden) ?:\s+\D{0,30}\d.{3,40}\d[:.]\d\d(?:[:.]\d\d)?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?\s*$"
    r"|Date: [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{5,8} [+-]\d{4}"
)
"""What a mail program puts above what somebody answers to."""
_ARABIC = {ord(sign): str(at % 10) for at, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_WIDE = _ARABIC | {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９：／－．　", "0123456789:/-. ", strict=True)
}
_WIDE_BEGIN = re.compile(
    r"\W{0,8}[０-９٠-٩۰-۹][０-９٠-٩۰-۹：／－．　 :/.年月日時分-]{2,40}|\W{0,8}\d{4}年[\d年月日時分 :]{3,30}"
)
_HOUR = r"\A[^\w\n]{0,8}(?:(?:à|vers|dès)\s)?\d{1,2}\s?h"
_WITH_MINUTES = re.compile(rf"{_HOUR}\s?[0-5]\d\b", re.IGNORECASE)
_FULL_HOUR = re.compile(rf"{_HOUR}(?=\s?[:–—-]\s)", re.IGNORECASE)
"""A time without minutes, `10h : …`, beside others such as 9h20; without these, 10h may be how long it took."""
_UNITS = ((re.compile(r"(?<=\d)[年月](?=\d)"), "-"), (re.compile(r"(?<=\d)日"), " "), (re.compile(r"(?<=\d)時"), ":"))


def undone(lines: Sequence[str]) -> list[Numbered]:
    """The lines as they were before they were copied, each with its number, and with all parts of their times."""
    numbered = [*enumerate(map(_narrow, lines), 1)]
    if any(_WITH_MINUTES.match(line) for line in lines):
        numbered = [(number, _FULL_HOUR.sub(r"\g<0>00", line, count=1)) for number, line in numbered]
    if sum(len(_BLOCK.findall(line)) for line in lines if _BLOCK.match(line.lstrip())) > 2:
        numbered = [part for number, line in _without_styles(numbered) for part in _without_tags(number, line)]
    return _unquoted(numbered)


def is_mail_header(line: str) -> bool:
    """Whether a line says who wrote, and when, what is quoted below it."""
    return _WROTE.match(line) is not None


def _narrow(line: str) -> str:
    """A line whose time is in the digits and signs of English: １０：１８, 2026年1月14日."""
    found = _WIDE_BEGIN.match(line)
    if found is None:
        return line
    begin = found.group().translate(_WIDE).replace("・", "- ", 1)
    for sign, instead in _UNITS:
        begin = sign.sub(instead, begin)
    return re.sub(r"(?<=:\d\d)分", " ", begin) + line[found.end() :]


def _without_styles(numbered: Sequence[Numbered]) -> list[Numbered]:
    """The lines of a page without its style sheets and scripts, which a browser doesn't show, if each has an end."""
    found, is_hidden = [], False
    for number, line in numbered:
        shown, at = [], 0
        while (sign := (_SHOWN_AGAIN if is_hidden else _HIDDEN).search(line, at)) is not None:
            if not is_hidden:
                shown.append(line[at : sign.start()])
            at, is_hidden = sign.end(), not is_hidden
        if not is_hidden:
            shown.append(line[at:])
        found.append((number, "".join(shown)))
    return [*numbered] if is_hidden else found


def _without_tags(number: int, line: str) -> list[Numbered]:
    """What a browser shows of a line: no tags, and each item of a list and row of a table for itself."""
    if _TAG.search(line) is None:
        return [(number, html.unescape(line))]
    found = []
    for part in _BEGINS.split(line):
        heading, mark = _HEADING.match(part), "- " if _ITEM.match(part) else ""
        if heading is not None:
            mark = "#" * int(heading[1]) + " "
        words = _TAG.sub("", _CELL.sub("\t", _LINK.sub(r"(\g<url>) ", part))).strip()
        if words:
            found.append((number, mark + html.unescape(words)))
    return found or [(number, "")]


def _unquoted(numbered: Sequence[Numbered]) -> list[Numbered]:
    """The lines without the marks of a quote, if all that have a time are quoted, as in the answer to a mail."""
    quoted = [(number, line, found) for number, line in numbered if (found := _QUOTED.match(line)) is not None]
    if not quoted or any(
        _has_time(line) for _, line in numbered if _QUOTED.match(line) is None and not is_mail_header(line)
    ):
        return [*numbered]
    if not any(_has_time(line[found.end() :]) for _, line, found in quoted):
        return [*numbered]
    return [(number, _QUOTED.sub("", line, count=1)) for number, line in numbered]


_MARKS = re.compile(r"\s*(?:[-*+•·]|\d{1,3}[.)](?=\s))?[\s*_\[(]{0,6}")


def _has_time(line: str) -> bool:
    begin = _MARKS.match(line)
    stamp = stamp_at(line, begin.end() if begin is not None else 0)
    return stamp is not None and stamp.has_time
