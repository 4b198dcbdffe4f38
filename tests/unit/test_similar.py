"""Earlier incidents are similar by their system and by rare words, and each says why."""

from __future__ import annotations

from warroom.model.similar import Known, named_system, similar, telling_words

PAST = {
    "aaaa22": Known("payment-api", telling_words(["Certificates of the payment-api expired", "renewed by hand"])),
    "bbbb22": Known("search", telling_words(["Search is slow for some users", "index rebuilt"])),
    "cccc22": Known("Payment-API ", telling_words(["Refunds are late"])),
    **{f"d{number:05}": Known("", telling_words([f"Checkout errors number {number}"])) for number in range(40)},
}


def test_by_rare_words_that_both_have_the_most_similar_first() -> None:
    found = similar(Known("", telling_words(["the certificate has expired again"])), PAST)
    assert [(one.id, one.why) for one in found] == [("aaaa22", "“certificate”, “expired”")]


def test_by_the_affected_system_however_it_is_spelt() -> None:
    found = similar(Known("payment-api", telling_words(["certificate problem"])), PAST)
    assert [(one.id, one.why) for one in found] == [
        ("aaaa22", "also payment-api; “certificate”"),
        ("cccc22", "also Payment-API "),
    ]
    assert named_system("The payment-api is down", PAST.values()).casefold().strip() == "payment-api"
    assert named_system("The payment is down", PAST.values()) == ""


def test_words_that_many_have_are_no_reason_unless_the_whole_title_is_the_same() -> None:
    assert similar(Known("", telling_words(["Checkout is green again"])), PAST) == []
    found = similar(Known("", telling_words(["Checkout errors for users"])), PAST, most=2)
    assert [(one.id, one.words) for one in found] == [
        ("d00000", ("checkout", "error")),
        ("d00001", ("checkout", "error")),
    ]


def test_telling_words_leave_out_what_says_nothing() -> None:
    assert telling_words(["The users of EU-west-1 can't log in: 500 500s, v2.3.1"]) == [
        "eu-west-1", "log", "500s", "v2.3.1",
    ]  # fmt: skip
    assert telling_words(["", "a an it"]) == []
    assert len(telling_words([" ".join(f"word{n}x" for n in range(500))])) == 80
