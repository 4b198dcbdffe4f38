"""No template takes more than a moment or much memory, and what stops it is one sentence with the line."""

from __future__ import annotations

from time import monotonic

import pytest

from warroom.messages import limits, sandbox
from warroom.messages.deadline import Deadline, TookTooLong
from warroom.messages.sandbox import DOCUMENT, MESSAGE, Language, TemplateError, compiled

LONG = "{% set a = '" + "x" * 60_000 + "' %}"
DOUBLED_TEXT = "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40
DOUBLED_LIST = "{% set a = ['x', 'y'] %}" + "{% set a = [a, a] %}" * 40
OTHER_LIST = DOUBLED_LIST.replace(" a ", " b ").replace("[a, a]", "[b, b]")
TOO_LONG = "a text becomes longer than 2,000,000 characters"
FEWER = 100_000
"""A limit for the items of lists that is reached sooner; counting up to the real one takes most of a second."""
TOO_MANY = f"a list has more than {FEWER:,} items"


def filled(source: str, language: Language) -> str:
    """A template with nothing to fill in; its first line of text is line 2."""
    return compiled("first line\n" + source, language, str, file="own.j2").render({})


@pytest.mark.parametrize("language", [MESSAGE, DOCUMENT], ids=["message", "document"])
@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (DOUBLED_TEXT + "{{ a }}", TOO_LONG),
        (DOUBLED_TEXT.replace("a ~ a", "a + a") + "{{ a }}", TOO_LONG),
        (LONG + "{{ a | replace('x', a) }}", TOO_LONG),
        (LONG + "{{ a | replace('', a) }}", TOO_LONG),
        (LONG + "{{ a | list | join(a) }}", TOO_LONG),
        (DOUBLED_LIST + "{{ a }}", TOO_MANY),
        (DOUBLED_LIST + "{{ a | lower }}", TOO_MANY),
        (DOUBLED_LIST + "{{ a ~ '' }}", TOO_MANY),
        (DOUBLED_LIST + OTHER_LIST + "{{ a == b }}", TOO_MANY),
        (DOUBLED_LIST + OTHER_LIST + "{{ 1 if a in [b] }}", TOO_MANY),
        (DOUBLED_LIST.replace("[a, a]", "a + a") + "{{ a }}", TOO_LONG),
    ],
)
def test_what_would_grow_without_end_is_refused(
    language: Language, source: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_PARTS", FEWER)
    with pytest.raises(TemplateError) as caught:
        filled(source, language)
    assert str(caught.value) == f"own.j2:2: {reason}"


def test_a_list_may_have_two_million_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 60)  # the number of items is the limit, however busy the machine is
    with pytest.raises(TemplateError) as caught:
        filled(DOUBLED_LIST + "{{ a }}", MESSAGE)
    assert str(caught.value) == "own.j2:2: a list has more than 2,000,000 items"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{{ 'x' | center(999999999) }}", "a number for the filter 'center' is larger than 1,000"),
        ("{{ 'x' | indent(width=999999999) }}", "a number for the filter 'indent' is larger than 1,000"),
        (LONG + "{{ a | replace('x', 'x\\n') | indent(900) }}", TOO_LONG),
        ("{{ '%999999999d' | format(3) }}", "a width in a format is larger than 999"),
        ("{% set f = '%(a)s' %}" + "{% set f = f ~ f %}" * 12 + LONG + "{{ f % {'a': a} }}", TOO_LONG),
        ("{% set f = '%(a)s' %}" + "{% set f = f ~ f %}" * 12 + LONG + "{{ f | format(a=a) }}", TOO_LONG),
        (LONG + "{% set a %}{{ a }}{{ a }}{% endset %}" * 12 + "{{ a }}", TOO_LONG),
        (LONG + "{% macro m(s) %}{{ s }}{{ s }}{% endmacro %}" + "{% set a = m(a) %}" * 12 + "{{ a }}", TOO_LONG),
        ("{{ '%*d' % (999999999, 3) }}", "a width in a format is larger than 999"),
        ("{{ '{:>999999999}'.format(3) }}", "format() can't be called on a text; use a filter"),
        ("{{ 'x'.ljust(999999999) }}", "ljust() can't be called on a text; use a filter"),
        (LONG + "{{ a.join(a) }}", "join() can't be called on a text; use a filter"),
    ],
)
def test_what_only_documents_may_use_has_limits_too(source: str, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(source, DOCUMENT)
    assert str(caught.value) == f"own.j2:2: {reason}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 'a' ~ 1 ~ none }}", "a1None"),
        ("{{ 'a' + 'b' }}", "ab"),
        ("{{ 'a-b' | replace('-', '+') | upper }}", "A+B"),
        ("{{ ['a', 'b'] | join(', ') }}", "a, b"),
        ("{{ 20000 | default(5) }}", "20000"),
    ],
)
def test_what_people_write_works(source: str, text: str) -> None:
    for language in (MESSAGE, DOCUMENT):
        assert filled(source, language) == f"first line\n{text}"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{{ 'long title' | truncate(2) }}", "it can't be filled in (expected length >= 3, got 2)"),
        ("{% set x = cycler() %}", "it can't be filled in (at least one item has to be provided)"),
    ],
)
def test_whatever_a_template_raises_is_a_sentence(source: str, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(source, DOCUMENT)
    assert str(caught.value) == f"own.j2:2: {reason}"


@pytest.mark.parametrize(
    "number", ["{{ 20480 | filesizeformat }}", "{{ '%d' | format(20000) }}", "{{ 20000 | round }}"]
)
def test_large_numbers_that_are_values_are_fine(number: str) -> None:
    assert filled(number, DOCUMENT)


@pytest.mark.parametrize(
    "source",
    [
        "{% set a = 'xxxxxxxxxx' %}"
        + "{% set a = a ~ a %}" * 16
        + "{% for x in a %}{% for y in a %}{% endfor %}{% endfor %}",
        "{% macro m(x) %}{% if x %}{{ m(x - 1) }}{{ m(x - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    ],
)
def test_what_goes_on_and_on_is_ended(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr("warroom.messages.sandbox.SECONDS", 0.05)
    with pytest.raises(TemplateError, match=r"own\.j2:2: it takes too long to fill in"):
        filled(source, DOCUMENT)
    monkeypatch.undo()
    assert filled("{{ 'and the next one is filled in' }}", DOCUMENT)


def busy(seconds: float) -> None:
    """Go on for so long at most."""
    end = monotonic() + seconds
    while monotonic() < end:
        pass


def test_a_deadline_ends_what_is_inside_of_it_however_many_others_there_are() -> None:
    # The thread that waits for the later one must notice the other.
    with Deadline(60), pytest.raises(TookTooLong), Deadline(0.02):
        busy(30)
    with pytest.raises(TookTooLong), Deadline(0.02):
        busy(30)


def test_what_took_too_long_is_not_tried_again_at_each_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warroom.messages.sandbox.SECONDS", 0.05)
    loop = "{% for x in n %}{% for y in n %}{% for z in n %}{% endfor %}{% endfor %}{% endfor %}"
    template = compiled(loop, DOCUMENT, str, file="own.j2")
    moment = 1000.0
    monkeypatch.setattr("warroom.messages.sandbox.monotonic", lambda: moment)
    with pytest.raises(TemplateError, match="takes too long"):
        template.render({"n": "x" * 1000})
    moment += 29
    with pytest.raises(TemplateError, match="takes too long"):
        template.render({"n": ""})
    moment += 2
    assert template.render({"n": ""}) == ""


def test_documents_may_format_and_call_macros() -> None:
    source = "{% macro row(n) %}{{ '%03d' | format(n) }};{% endmacro %}{% for n in [1, 2] %}{{ row(n) }}{% endfor %}"
    assert filled(source + "{{ ' x '.strip() }}", DOCUMENT) == "first line\n001;002;x"
