"""Fields about how many are affected that say again what another field says."""

from __future__ import annotations

from collections.abc import Mapping

from warroom.text.sentences import same_words

_IN_FRONT = {"affected": ("impact",), "customers": ("impact", "affected")}
"""The fields that stand in front of one about how many are affected."""
PEOPLE = (
    r"(?:accounts?|admins?|agents|buyers|callers|clients?|colleagues|companies|consumers?|customers?|developers|drivers"
    r"|employees|guests|hosts|members|merchants|organi[sz]ations|owners|parents|partners|patients|people|players"
    r"|readers|sellers|shoppers|staff|students|subscribers|suppliers|teachers|teams|tenants|travell?ers|users?|viewers"
    r"|visitors|workspaces)"
)


def repeated(shown: Mapping[str, object]) -> list[str]:
    """The fields about how many are affected that are word for word what a field in front of them says."""
    return [
        field
        for field, others in _IN_FRONT.items()
        if (text := str(shown.get(field, "")).strip())
        and any(same_words(text, str(shown.get(other, ""))) for other in others)
    ]
