from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from warroom.messages import forms
from warroom.messages.forms import (
    FORMS,
    MAILTO_LIMIT,
    STATES,
    Block,
    Bullets,
    FormError,
    Label,
    Rendered,
    Text,
    mailto,
)
from warroom.text.cleaning import clean

UPDATE = Rendered(
    to="leadership, customer success, support",
    subject="[SEV2] Update #2: Checkout errors",
    blocks=(
        Text("We have found the cause."),
        Label("Impact", "20 % of checkouts fail"),
        Bullets("Progress", ("Cause found", "Rollback started")),
        Label("Next update", "03:53 CET"),
        Text("Ada"),
    ),
)

BODY = """\
We have found the cause.

Impact: 20 % of checkouts fail
Progress:
- Cause found
- Rollback started
Next update: 03:53 CET

Ada"""


def render(form: str, message: Rendered, *, state: str = "") -> str:
    """A message as it is pasted; body and subject stand where it says."""
    formed = forms.render(form, message, state=state)
    assert formed.text[formed.body_at :] == formed.body
    if formed.subject_at is not None:
        subject = " ".join(clean(message.subject).split())
        shown = formed.text[formed.subject_at : formed.subject_at + len(subject)]
        assert shown == subject if form != "slack" else len(shown) == len(subject)
    return formed.text


def body(form: str, message: Rendered) -> str:
    """Only what stands below the subject."""
    return forms.render(form, message, state="resolved").body


def saying(*blocks: Block, subject: str = "", to: str = "") -> Rendered:
    return Rendered(to=to, subject=subject, blocks=blocks)


def test_plain_is_the_subject_and_the_body() -> None:
    assert render("plain", UPDATE) == "[SEV2] Update #2: Checkout errors\n\n" + BODY
    assert body("plain", UPDATE) == BODY


def test_email_begins_with_its_headers() -> None:
    assert render("email", UPDATE) == (
        "To: leadership, customer success, support\nSubject: [SEV2] Update #2: Checkout errors\n\n" + BODY
    )


def test_slack_has_its_own_bold_and_bullets() -> None:
    assert render("slack", UPDATE) == (
        "*[SEV2] Update #2: Checkout errors*\n\n"
        "We have found the cause.\n\n"
        "*Impact:* 20 % of checkouts fail\n"
        "*Progress:*\n• Cause found\n• Rollback started\n"
        "*Next update:* 03:53 CET\n\n"
        "Ada"
    )


def test_markdown_has_bold_labels_and_a_list() -> None:
    assert render("markdown", UPDATE) == (
        "## \\[SEV2\\] Update #2: Checkout errors\n\n"
        "We have found the cause.\n\n"
        "**Impact:** 20 % of checkouts fail\n\n"
        "**Progress:**\n\n- Cause found\n- Rollback started\n\n"
        "**Next update:** 03:53 CET\n\n"
        "Ada"
    )


@pytest.mark.parametrize("state", STATES)
def test_a_status_page_gets_its_state_and_nothing_internal(state: str) -> None:
    page = render("status", UPDATE, state=state)
    assert page == f"{state.capitalize()}\n\n{BODY}"
    assert "SEV2" not in page
    assert "leadership" not in page


@pytest.mark.parametrize("state", ["", "fixed", "Resolved"])
def test_a_status_page_without_a_known_state_is_refused_with_the_choice(state: str) -> None:
    with pytest.raises(FormError, match="investigating, identified, monitoring, resolved"):
        render("status", UPDATE, state=state)


def test_an_unknown_form_is_refused_with_the_choice() -> None:
    with pytest.raises(
        FormError, match="no form 'fax'; choose one of plain, email, slack, markdown, status, sms, social"
    ):
        render("fax", UPDATE)
    with pytest.raises(FormError):
        body("fax", UPDATE)


@pytest.mark.parametrize("form", FORMS)
def test_what_has_no_words_is_left_out(form: str) -> None:
    empty = saying(Label("Impact", " \n"), Bullets("Progress", ("", " ")), Text("\n"), Text("Only this"))
    assert render(form, empty, state="resolved").splitlines()[-1] == "Only this"
    assert "Impact" not in render(form, empty, state="resolved")
    assert "Progress" not in body(form, empty)


def test_later_lines_hang_under_their_label_and_bullet() -> None:
    message = saying(Label("Impact", "cards fail\r\nwallets work\n\nsince 03:17"), Bullets("", ("one\ntwo",)))
    assert body("plain", message) == "Impact: cards fail\n  wallets work\n\n  since 03:17\n\n- one\n  two"


def test_a_subject_and_an_addressee_stay_on_their_line() -> None:
    """Otherwise a title could add a header of its own."""
    forged = saying(subject="Checkout\nBcc: press@example.com", to="a@example.com\r\nBcc: b@example.com")
    assert render("email", forged).splitlines() == [
        "To: a@example.com Bcc: b@example.com",
        "Subject: Checkout Bcc: press@example.com",
    ]


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("leadership, support", "leadership, support"),
        (
            "leadership@example.com, customer success; Dana <dana@example.com>",
            "leadership@example.com, Dana <dana@example.com>",
        ),
        ("@oncall, support", "@oncall, support"),
        ('"Doe, Jane" <jane@example.com>', '"Doe, Jane" <jane@example.com>'),
    ],
)
def test_an_email_goes_to_addresses_if_there_are_any(to: str, shown: str) -> None:
    assert render("email", saying(subject="x", to=to)).splitlines()[0] == f"To: {shown}"


@pytest.mark.parametrize("form", FORMS)
def test_controls_are_made_visible_in_every_part(form: str) -> None:
    hostile = "x\x1b]52;c;AAAA\x07\u202ey"
    message = saying(Label(hostile, hostile), Bullets(hostile, (hostile,)), Text(hostile), subject=hostile, to=hostile)
    shown = render(form, message, state="resolved")
    assert clean(shown) == shown
    assert "\x1b" not in shown
    assert "␛" in shown


# Slack ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "untouched",
    [
        "pay_service_v2 and other_service_v3",
        "*.log and *.txt",
        "5 * 3 * 2",
        "~20 minutes, ~30 users",
        "a < b && c > d",
        "it's `unclosed",
        "<3 you all",
    ],
)
def test_slack_leaves_what_does_not_act_as_it_was_typed(untouched: str) -> None:
    assert body("slack", saying(Text(untouched))) == untouched


@pytest.mark.parametrize(
    ("typed", "pasted"),
    [
        ("*now*", "∗now∗"),
        ("run `rm -rf` (_really_)", "run ˋrm -rfˋ (ˍreallyˍ)"),
        ("__init__", "ˍˍinitˍˍ"),
        ("~gone~", "∼gone∼"),
        ("> quoted", "› quoted"),
        ("```\ncode\n```", "ˋˋˋ\ncode\nˋˋˋ"),
        ("<https://evil.example|our status page>", "‹https://evil.example|our status page›"),
        ("<!channel> and <@U123>", "‹!channel› and ‹@U123›"),
        ("*one\ntwo*", "*one\ntwo*"),
    ],
)
def test_slack_shows_marks_people_typed_instead_of_acting_on_them(typed: str, pasted: str) -> None:
    assert body("slack", saying(Text(typed))) == pasted


def test_a_star_in_a_label_or_subject_does_not_end_its_bold() -> None:
    assert render("slack", saying(Label("a*b", "c"), subject="5 * 3")) == "*5 ∗ 3*\n\n*a∗b:* c"


ACTING = re.compile(r"(?<![^\W_])([*_~`])(?=\S)[^\n]*?(?<=\S)\1(?![^\W_])")


@example("<!<!>>")
@example("<!" * 50 + ">" * 50)
@given(st.text(alphabet="ab1 *_~`<>|!:.\n", max_size=60))
def test_nothing_people_type_acts_in_slack(typed: str) -> None:
    pasted = body("slack", saying(Text(typed)))
    assert not ACTING.search(pasted)
    assert "```" not in pasted
    assert not re.search(r"<([!@#]|[a-z][a-z0-9]*:)[^<>\n]*>", pasted)


# Markdown -------------------------------------------------------------------------------------------------------------


def seen(markdown: str) -> str:
    """What a reader sees of it, tags taken away and white space evened out."""
    page = MarkdownIt("gfm-like", {"linkify": False}).render(markdown)
    return _even(html.unescape(re.sub(r"<[^>]*>", "", page)))


def _even(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "typed",
    [
        "# not a heading",
        "1. not a list",
        "2026) neither",
        "- nor this",
        "+ nor this",
        "not a title\n===",
        "    no code",
        "\tno code",
        "***",
        "[x](javascript:alert(1))",
        "<script>alert(1)</script>",
        "&lt; and &#65;",
        "a\\*b",
        "pay_service_v2 __init__ `x` ~~y~~",
        "| a | b |\n|---|---|\n| c | d |",
        "```\nfence\n```",
        "> no quote",
        "C:\\",
    ],
)
def test_markdown_shows_what_was_typed(typed: str) -> None:
    for block in (Text(typed), Label("", typed), Bullets("", (typed,))):
        page = MarkdownIt("gfm-like", {"linkify": False}).render(body("markdown", saying(block)))
        assert _even(html.unescape(re.sub(r"<[^>]*>", "", page))) == _even(typed)
        assert not re.search(r"<(h\d|ol|pre|code|em|strong|s|a|blockquote|table|hr|script)\b", page)


@given(st.text(alphabet="ab1 #*_~`<>|!&;:.)(-+=[]\\\n\t", max_size=80))
def test_markdown_never_loses_or_changes_a_typed_character(typed: str) -> None:
    assert seen(body("markdown", saying(Text(typed)))) == _even(typed)
    assert seen(body("markdown", saying(Bullets("", (typed,))))) == _even(typed)
    assert seen(render("markdown", saying(subject=typed))) == _even(typed)
    assert seen(body("markdown", saying(Label("Impact", typed)))) == _even(f"Impact: {typed}" if typed.strip() else "")


def test_markdown_keeps_the_line_breaks_and_the_items_together() -> None:
    message = saying(Bullets("Progress", ("one\ntwo\n\nthree", "four")), Text("a\nb"))
    page = MarkdownIt().render(body("markdown", message))
    assert page.count("<li>") == 2
    assert page.count("<ul>") == 1
    assert page.count("<br />") == 2


# mailto ---------------------------------------------------------------------------------------------------------------


def test_a_mail_link_carries_the_message_through_a_mail_program() -> None:
    message = saying(
        Label("Impact", "20 % & more = “bad”?\n+1"),
        subject="[SEV2] Update #2: 50% & rising",
        to='leadership, "Ops, all" <ops+all@example.com>; jo@example.org',
    )
    link = urlsplit(mailto(message))
    assert link.scheme == "mailto"
    assert unquote(link.path) == "ops+all@example.com,jo@example.org"
    assert "+" not in link.query, "some programs would read it as a space"
    told = parse_qs(link.query, strict_parsing=True)
    assert told == {
        "subject": ["[SEV2] Update #2: 50% & rising"],
        "body": ["Impact: 20 % & more = “bad”?\r\n  +1"],
    }


def test_an_address_cannot_add_fields_of_its_own() -> None:
    link = mailto(saying(Text("x"), to="a@example.com?bcc=press@example.com&body=y"))
    assert link == "mailto:?subject=&body=x"
    assert mailto(saying(Text("x"), to="a@b?body=y")) == "mailto:a@b%3Fbody%3Dy?subject=&body=x"


def test_a_message_too_long_for_mail_programs_is_refused_not_cut() -> None:
    fits = MAILTO_LIMIT - len("mailto:?subject=&body=")
    assert len(mailto(saying(Text("x" * fits)))) == MAILTO_LIMIT
    with pytest.raises(FormError, match=r"too long .* \(2,001 characters .* copy it"):
        mailto(saying(Text("x" * (fits + 1))))


@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_hostile_characters_take_no_longer_than_others(form: str) -> None:
    """Backtracking over these would take minutes, which the whole suite doesn't have."""
    for unit in ("*a ", "*", "_", " ", "#", "<", "<!", "&a", "`", "\n", "a@", "\\", "1."):
        hostile = unit * 10_000 + "x"
        message = saying(Text(hostile), Label(hostile, hostile), Bullets("", (hostile,)), subject=hostile, to=hostile)
        assert render(form, message, state="resolved").rstrip().endswith("x"), unit
        with pytest.raises(FormError, match="too long"):
            mailto(saying(Text(f"y{hostile}"), to=hostile))
