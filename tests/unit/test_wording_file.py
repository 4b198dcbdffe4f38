"""Reading a wording file: every mistake is one sentence with its place, and no pattern is slow."""

from __future__ import annotations

import pytest

from warroom.wording import Finding, MessageText, WordingError, check, hint, load

RULE = 'id = "x"\nlabel = "l"\nwhy = "w"\n'
KIND = f'[[kind]]\n{RULE}audiences = ["log"]\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[[rule]\n", ("not valid TOML", "line 1")),
        ("words = {}\n\nrule = [\n  {", ("wording.toml:4: not valid TOML",)),
        ("[[rules]]\nid = 1\n", ("rules: unknown key; did you mean 'rule'?",)),
        ('[[rule]]\nid = "x"\nlable = "l"\n', ('rule "x", key lable: unknown key', "did you mean 'label'?")),
        ("colour = 1\n", ("colour",)),
        ('[[rule]]\nid = "x"\nlabel = "l"\npatterns = ["a"]\n', ('rule "x"', "why")),
        (f'[[rule]]\n{RULE}pattern = ["a"]\n', ('rule "x"', "pattern")),
        (f'[[rule]]\n{RULE}patterns = "a"\n', ('rule "x"', "key patterns", "a list")),
        (
            f'[[rule]]\n{RULE}patterns = ["a"]\npart = "head"\n',
            ("rule \"x\", key part: expected one of subject, body, all, got 'head'",),
        ),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nonly_with = [""]\n', ('rule "x", key only_with[0]', "got none")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nbetter = ["{{nope}}"]\n', ("key better[0]", "{news}", "got {nope}")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nunless = ["[[:alpha:]]x"]\n', ("unless[0]", "such as [a-z] or \\w for")),
        (f'{KIND}[kind.better]\npress = ["A b."]\n', ('kind "x", key better.press', "customers,", "label, past")),
        (f'{KIND}[kind.better]\nelse = ["{{nope}}"]\n', ("key better.else[0]", "{what}", "got {nope}")),
        (f'{KIND}[kind.better]\nelse = [" "]\n', ("key better.else[0]", "expected a sentence, got none")),
        (f'{KIND}[[kind.case]]\npatterns = ["a"]\ndrop = "b"\n', ("number 1, key drop", "[lexicon]", "got 'b'")),
        (f'[lexicon]\nbb = "c"\n{KIND}[[kind.case]]\npatterns = ["a"]\ndrop = "b"\n', ("did you mean bb?",)),
        (f'{KIND}[[kind.case]]\npatterns = ["a"]\nalone = ["b"]\n', ("number 1, key alone", "promise,", "got 'b'")),
        (f'{KIND}[[kind.case]]\npatterns = ["<a: b>"]\ninstead = "{{c}}"\n', ("key instead", "{a}), got {c}")),
        (f'{KIND}[[kind.case]]\npatterns = ["a"]\nunless = [""]\n', ("key unless[0]", "matches empty text")),
        (f"{KIND}[[kind.case]]\npatterns = []\n", ("key patterns", "one or more patterns")),
        (KIND.replace('"l"', '" "'), ('kind "x", key label: expected text, got none',)),
        (KIND.replace('"log"', ""), ("key audiences", "customers, stakeholders")),
        (KIND + KIND, ('kind "x", key id', "an earlier kind")),
        ("[[rule]]\nid = 3\n", ("rule number 1", "key id", "text in quotes")),
        (f'[[rule]]\n{RULE}patterns = ["a", "("]\n', ('rule "x"', "patterns[1]", "regular expression")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nunless = ["[a"]\n', ('rule "x"', "unless[0]", "regular expression")),
        (f'[[rule]]\n{RULE}patterns = ["(?i)a"]\n', ('rule "x"', "patterns[0]", "regular expression")),
        (f'[[rule]]\n{RULE}patterns = ["a.*b"]\n', ('rule "x"', "patterns[0]", "bound")),
        (f'[[rule]]\n{RULE}patterns = ["a{{2,}}"]\n', ('rule "x"', "patterns[0]", "bound")),
        (f'[[rule]]\n{RULE}patterns = ["(a)"]\n', ('rule "x"', "patterns[0]", "capturing")),
        (f'[[rule]]\n{RULE}patterns = ["a?"]\n', ('rule "x"', "patterns[0]", "at least one character")),
        (f'[[rule]]\n{RULE}patterns = ["{{when}}"]\n', ('rule "x"', "patterns[0]", "{when}", "[words]")),
        (f'[words]\nt = ["a"]\n[[rule]]\n{RULE}patterns = ["(?<={{t}})a"]\n', ('rule "x"', "patterns[0]")),
        ('[words]\nt = ["("]\n', ("words.t", "regular expression")),
        ('[words]\npeople = ["Sam"]\n', ("words.people", "roles")),
        (f"[[rule]]\n{RULE}", ('rule "x"', "exactly one of")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nmax_words = 3\n', ('rule "x"', "exactly one of")),
        (f"[[rule]]\n{RULE}max_people = 0\n", ('rule "x"', "key max_people", "0")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\n[[rule]]\n{RULE}patterns = ["b"]\n', ('rule "x"', "key id", "taken")),
        (f"[[lane]]\n{RULE}max_words = 3\n", ('lane "x"', "patterns")),
        ('[[rule]]\nid = "x"\nlabel = " "\nwhy = "w"\npatterns = ["a"]\n', ('rule "x"', "key label")),
        ("rule = " + "[" * 5000 + "]" * 5000 + "\n", ("nested too deep",)),
        ("a" + ".a" * 5000 + " = 1\n", ("wording.toml:1: there are more than 500 dots in this line",)),
        ("\n'a'" + '."a"' * 5000 + " = 1\n", ("wording.toml:2: there are more than 500 dots in this line",)),
        ('x = {a = """\ns""""", b' + ".b" * 5000 + " = 1}\n", ("wording.toml:2: there are more than 500 dots",)),
        ("# it's\na" + ".a" * 5000 + " = 1\n", ("wording.toml:2: there are more than 500 dots in this line",)),
        ("a" + ".a" * 50 + " = 1\n", ("unknown key; known keys are jargon, kind, known, lane",)),
        ("rule = " + "9" * 5000 + "\n", ("not valid TOML", "digits")),
        (f'[[rule]]\n{RULE}patterns = ["(?:a?){{40}}a{{40}}b"]\n', ("key patterns[0]", "a check could take minutes")),
        (f'[[rule]]\n{RULE}patterns = ["{"a?" * 11}b"]\n', ("at most 10 optional parts from one | to the next",)),
        ("rule = 3\n", ("rule", "expected a list, got a whole number")),
        (f"[[postmortem]]\n{RULE}max_words = 3\n", ('postmortem "x"', "patterns")),
        (
            f'[[postmortem]]\n{RULE}patterns = ["a"]\npart = "body"\n',
            ('postmortem "x", key part', "leave this key out"),
        ),
        (f'[[postmortem]]\n{RULE}patterns = ["(a)"]\n', ("patterns[0]", "(?P<name>…), got a capturing group without")),
        (f'[[postmortem]]\n{RULE}patterns = ["(?P<a>b)"]\nrewording = "{{c}}"\n', ("key rewording", "(?P<c>…)")),
        (f'[[postmortem]]\n{RULE}patterns = ["(?P<a>b|b){{9}}c"]\n', ("patterns[0]", "only one way")),
        (f'[[postmortem]]\n{RULE}patterns = ["a"]\nonly_if = ["{{people}}"]\n', ("key only_if[0]", "no {people}")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nonly_if = ["b", "Big"]\n', ('rule "x", key only_if[1]', "lower case")),
        (f'[[rule]]\n{RULE}patterns = ["(?P<a>b)"]\n', ('rule "x"', "patterns[0]", "capturing")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nask = "b"\n', ('rule "x"', "ask")),
        ("[[postmortem]]\nid = 3\n", ("postmortem number 1", "key id", "text in quotes")),
        ('words = ["a"]\n', ("words", "expected a table")),
        ("[words]\nt = 2026-11-24\n", ("words", "a list")),
        ('"a\\nb\\u001b" = 1\n', ("a ⏎ b␛",)),
        (f'[[rule]]\n{RULE}patterns = ["{"(?:" * 25}a{")" * 25}"]\n', ('rule "x"', "20 groups")),
        (f'[[rule]]\n{RULE}patterns = ["{"(?:" * 5000}a{")" * 5000}"]\n', ('rule "x"', "regular expression")),
        (f'[[rule]]\n{RULE}patterns = ["a{{1,5000}}"]\n', ('rule "x"', "no repeat of more than 1,000")),
        (f'[[rule]]\n{RULE}patterns = ["(a+)+$"]\n', ('rule "x"', "bound")),
        (f'[[rule]]\n{RULE}patterns = ["(?:a{{1,30}}){{1,30}}b"]\n', ('rule "x"', "only one way")),
        (f'[[rule]]\n{RULE}patterns = ["x(?:foo|foo){{1,25}}bar"]\n', ('rule "x"', "only one way")),
        (f'[[rule]]\n{RULE}patterns = ["(?:\\\\w{{1,9}} ?){{1,20}}!"]\n', ('rule "x"', "only one way")),
        (f'[words]\nt = ["a", "aa"]\n[[rule]]\n{RULE}patterns = ["{{t}}{{1,30}}b"]\n', ('rule "x"', "only one way")),
        (f'[words]\nt = ["x]y"]\n[[rule]]\n{RULE}patterns = ["a[{{t}}]"]\n', ('rule "x"', "outside of [ ]")),
        (
            f'[[rule]]\n{RULE}patterns = ["a"]\nkind = "leek"\n',
            ('rule "x", key kind: expected a kind of remark (promise,', "jargon, leak), got 'leek'"),
        ),
        (f'[[rule]]\n{RULE}patterns = ["a"]\naudiences = ["press"]\n', ('rule "x", key audiences', "press")),
        (f'[[rule]]\n{RULE}patterns = ["a"]\nbetter = "b"\n', ('rule "x", key better', "a list")),
        # The language: lists, phrases, kinds of remark
        ("lexicon = 3\n", ("lexicon", "expected a table")),
        ('[lexicon]\na = ["b"]\n', ("lexicon", "expected text in quotes, got a list")),
        (f'[lexicon]\na = "{{b}}"\n{KIND}', ("lexicon.a", "expected the name of another list, got {b}")),
        ('[lexicon]\na = "b"\n', ("lexicon: expected [[kind]] tables that use it; [more] adds words",)),
        ('[phrases]\na = ["b"]\n', ("phrases: expected [[kind]] tables that use it",)),
        ('[phrases]\na = "b"\n', ("phrases", "expected a list")),
        (f'{KIND}[phrases]\na = ["b", "c*"]\n', ("phrases.a[1]: expected words, {classes} and the signs", "'*'")),
        (
            f'{KIND}[phrases]\na = ["{{b}}"]\n',
            ("phrases.a[0]: expected a class of [lexicon], a phrase defined above it or a built-in class, got {b}",),
        ),
        (
            f'{KIND}[phrases]\na = ["b", "{{a}}"]\n',
            ("phrases.a[1]: expected a class of [lexicon], a phrase defined above it or a built-in class, got {a}",),
        ),
        (f"{KIND}case = [{{}}]\n", ('kind "x", key case[0]', "patterns")),
        (f'{KIND}case = [{{ patterns = "a" }}]\n', ('kind "x", key case[0].patterns', "a list")),
        (f"{KIND}cases = []\n", ('kind "x", key cases: unknown key', "did you mean 'case'?")),
        (f'{KIND}better = ["a"]\n', ('kind "x", key better', "expected a table")),
        (f'[[kind]]\n{RULE}audiences = ["press"]\n', ('kind "x", key audiences', "press")),
        (f"[[kind]]\n{RULE}", ('kind "x"', "audiences")),
        ("[[kind]]\nid = 3\n", ("kind number 1", "key id", "text in quotes")),
        (
            f'{KIND}unless = ["{{a}}"]\n',
            ('kind "x", key unless[0]: expected a class of [lexicon]', "got {a}"),
        ),
        *(
            (
                f'{KIND}case = [{{ patterns = ["ok"] }}, {{ patterns = ["a", "{pattern}"] }}]\n',
                ('kind "x", case number 2, key patterns[1]: expected ' + expected,),
            )
            for pattern, expected in (
                ("{none}", "a class of [lexicon], a phrase defined above it or a built-in class, got {none}"),
                ("a + b", "words, {classes} and the signs ( | ) ? ! _ ~ ^ $ <name: >, got '+ b'"),
                ("(a | b", ") at the end"),
                ("<when: a", "> at the end"),
                ("a )", "an opening sign before )"),
                ("? a", "something before ?"),
                ("a !", "something after !"),
                ("_9 _9 _9 _9 a", "gaps that can be filled in at most 5,000 ways, got 10,000"),
                ("~31 _9 ~31 a", "gaps that can be filled in at most 5,000 ways, got 10,240"),
            )
        ),
        (f'{KIND}case = [{{ patterns = ["a"], unless_all = ["("] }}]\n', ("case number 1, key unless_all[0]",)),
        # What a company adds
        ('[off]\npress = ["vague"]\n', ("off.press: expected all or one of customers, stakeholders, leadership",)),
        ('[off]\nall = ["vauge"]\n', ("off.all: expected kinds of remark (promise, blame,", "got 'vauge'")),
        (f'{KIND}[off]\nlog = ["vague"]\n', ("off.log: expected kinds of remark (x, leak), got 'vague'",)),
        ('[off]\nall = "vague"\n', ("off", "expected a list")),
        (f'{KIND}[more]\njob = "clerk"\n', ("more.job: expected the name of a list of [lexicon]",)),
        ('[more]\nteam = "crew"\njob = ["clerk"]\n', ("more.job: expected text in quotes, got a list",)),
        ('[known]\nsystem = ["a"]\n', ("known.system: unknown key; did you mean 'systems'?",)),
        ('[known]\nsystems = "a"\n', ("known.systems", "expected a list")),
        ('[jargon.noun]\na = "b"\n', ("jargon.noun: unknown key; did you mean 'nouns'?",)),
        ('[jargon.nouns]\nc = "d"\n"a \\"b" = 1\n', ('jargon.nouns."a \\"b": expected text in quotes',)),
        ('[known]\nterms = ["a", 3]\n', ("known.terms[1]: expected text in quotes",)),
        *(
            (f"{table}\n{text}\n", (f"{place}: expected {expected}",))
            for table, text, place, expected in (
                ("[known]", 'terms = ["pod", ""]', "known.terms[1]", "a word or a few words, got none"),
                ("[known]", 'systems = ["   "]', "known.systems[0]", "a word or a few words, got none"),
                (
                    "[known]",
                    'abbreviations = ["!_!"]',
                    "known.abbreviations[0]",
                    "a word or a few words, got only signs",
                ),
                (
                    "[known]",
                    'terms = ["\\u001b[31m"]',
                    "known.terms[0]",
                    "a word or a few words, got a control character",
                ),
                (
                    "[known]",
                    f'terms = ["{"x" * 9999}"]',
                    "known.terms[0]",
                    "a word or a few words, got 9,999 characters",
                ),
                ("[more]", 'job = " \\n "', "more.job", "words with spaces between them, got none"),
                ("[more]", 'job = "clerk !!! {team}"', "more.job", "a word at place 2, got only signs: '!!!'"),
                ("[more]", 'job = "clerk tell\\u0000er"', "more.job", "a word at place 2, got a control character"),
                ("[more]", f'job = "{"x" * 9999}"', "more.job", "a word at place 1, got 9,999 characters"),
                ("[more]", 'job = "clerk(s"', "more.job", "a word at place 1, such as deploy(s,ed,ing)"),
                ("[jargon.nouns]", '"" = "a"', 'jargon.nouns.""', "a word or a few words as the key, got none"),
                ("[jargon.nouns]", f'{"x" * 9999} = ""', f'jargon.nouns."{"x" * 39}…"', "a word or a few words"),
                ("[jargon.others]", '"a b" = " "', 'jargon.others."a b"', 'plain words, or "" where there are none'),
                ("[jargon.others]", 'a = "b\\u0007"', 'jargon.others."a"', "plain words, or"),
                (
                    "[jargon.verbs]",
                    'drain = "empty"',
                    'jargon.verbs."drain"',
                    "the five forms of a verb with /",
                ),
                ("[jargon.verbs]", '"a/b/c/d" = ""', 'jargon.verbs."a/b/c/d"', "the five forms of a verb"),
                ("[jargon.verbs]", '"a/b//d/e" = ""', 'jargon.verbs."a/b//d/e"', "a word or a few words as the key"),
                ("[jargon.verbs]", '"a/b/c/d/e" = "f"', 'jargon.verbs."a/b/c/d/e"', "five forms of the plain verb too"),
            )
        ),
        (
            "[words]\na = ['xxxxxxxxx']\n"
            + "".join(f"{new} = ['{f'{{{old}}}' * 10}']\n" for old, new in zip("abcdef", "bcdefg", strict=True)),
            ("words.", "no more than 50,000 characters"),
        ),
    ],
    ids=lambda value: str(value)[-50:],
)
def test_a_mistake_is_one_sentence_naming_file_and_key(text: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(WordingError) as raised:
        load(text, file="/etc/own/wording.toml")
    sentence = str(raised.value)
    assert sentence.startswith("/etc/own/wording.toml")
    assert not sentence.endswith(".")
    assert sentence.isprintable()
    for part in parts:
        assert part in sentence


@pytest.mark.parametrize(
    "pattern", [r"(?:[a-z]{1,20}\.){1,9}", r"(?:\w{1,10} ){0,9}x", r"(?:ab|cd){1,30}", "(?:na ){2,16}"]
)
def test_repeats_that_can_be_read_in_one_way_only_are_welcome(pattern: str) -> None:
    assert load(f"[[rule]]\n{RULE}patterns = ['x{pattern}']\n", file="own.toml").messages[0].id == "x"


def test_a_companys_own_rules_with_its_own_words() -> None:
    own = load(
        r"""
        [words]
        metal = ['gold', 'silver\+']
        [[rule]]
        id = "plans"
        label = "names a plan"
        why = "Plans are not for the press."
        applies_to = ["press"]
        part = "subject"
        patterns = ['\b{metal} plan', '{people}']
        unless = ['public']
        """,
        file="own.toml",
    )
    words = MessageText(
        kind="press", subject="Gold plan; silver+ plan (public); Ann", body="gold plan", people=("Ann",)
    )
    assert [finding.words for finding in check(words, own)] == ["Gold plan", "Ann"]
    assert check(MessageText(kind="update", subject="Gold plan", body="-"), own) == ()
    assert hint("have you tried", own) is None


def test_a_finding_says_how_far_over_a_limit_a_message_is() -> None:
    own = load('[[rule]]\nid = "x"\nlabel = "long"\nwhy = "w"\nmax_words = 2\n', file="own.toml")
    assert check(MessageText(kind="update", body="one two three"), own) == (
        Finding("x", "long", "w", "whole", 0, 0, "3 words"),
    )
