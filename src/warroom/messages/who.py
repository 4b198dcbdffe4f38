"""Whether words tell who or how many are affected, or only that nobody has counted them yet: `loads`, `80 tickets`."""

from __future__ import annotations

import re

from warroom.text.sentences import unstopped


def says_not_who(text: str) -> str:
    """Why a text about who is affected does not tell it: `no idea, 80 tickets in 1h`, `loads`; "" if it does."""
    bare = unstopped(" ".join(text.split()))
    if found := _NO_IDEA.search(bare):
        return f"“{found[0]}” does not say who is affected"
    if found := _OF_SUPPORT.search(bare):
        return f"“{found[0]}” is what support has, not who is affected"
    return f"“{bare}” does not say who or how many" if _HOW_MANY_OF_NOTHING.fullmatch(bare) else ""


_NO_IDEA = re.compile(
    r"\b(?:no (?:idea|clue)|(?:who|god|nobody|no one) knows|dunno|idk|not sure|hard to say)\b", re.IGNORECASE
)
_OF_SUPPORT = re.compile(
    r"(?<!of )(?<!of all )(?<!\bin )"
    r"(?:\b(?:\d[\d.,]*k?|hundreds of|loads of|lots of|a lot of|many|some|several|tons of)\s+)"
    r"(?:(?:more|new|open|support) )*(?:tickets?|complaints?|calls?|chats?|(?:bug|crash|error) reports?"
    r"|reviews?|tweets?)"
    r"(?=$|[,;.)]| (?:so far|in|within|since|by now|already|open|per)\b)",
    re.IGNORECASE,
)
"""What people write to support: how many of them do tells nothing of how many are affected."""
_HOW_MANY_OF_NOTHING = re.compile(
    r"(?:(?:an?|about|at least|quite|really|very|too|so|far|yet|maybe|probably|bunch|couple|few|handful|loads?|lots?"
    r"|many|plenty|several|tons?)\b[\s,]*)+",
    re.IGNORECASE,
)
