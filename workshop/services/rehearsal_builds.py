"""What the people of a rehearsal add to ideas of other tables: words that fit any idea, spread over the four kinds."""

from __future__ import annotations

from random import Random

from workshop.domain.build import BuildDraft, BuildKind

_SHARES = {BuildKind.IMPROVE: 40, BuildKind.OFFER: 25, BuildKind.CONCERN: 18, BuildKind.JOIN: 17}

_IMPROVE = (
    "Start with two sites that have the data already, and invite the third one once the first results are there.",
    "Name one person on each side who answers within a week. Without that it stays a nice plan.",
    "Put the small companies first: they decide faster and they need it more.",
    "Add a visit of both teams before the money is asked for, two days are enough.",
    "Make the results open, then a university can teach with them.",
    "Turn it around: let the user write the specification and the technology follow.",
    "Set a date for the first joint test, next spring for example.",
)
_OFFER = (
    "We have a test site with permits that stands empty from May on.",
    "We can write the call together with our ministry, the next deadline is in the autumn.",
    "Two of our members make exactly this part. I will introduce you this afternoon.",
    "Our office can host the first meeting and pay for the rooms.",
    "We did half of this in an earlier project and can share the reports.",
    "We know the standards committee and can bring the question there.",
)
_CONCERN = (
    (
        "Who owns the data of the partners?",
        "Agree on one page before the start: each keeps its own, results are shared.",
    ),
    (
        "Two sets of rules, two approvals: that takes a year.",
        "Begin with what needs no approval, and ask for it meanwhile.",
    ),
    (
        "The budget fits a pilot but not the operation after it.",
        "Look for the operator first and let them set the price.",
    ),
    ("Too many partners for a first step.", "Three of them start, the others join as observers."),
    ("There is a similar project already.", "Call them this week and offer to be their second site."),
)
_JOIN = (
    "",
    "",
    "As a pilot site, if we can begin after the summer.",
    "Two of our members asked for this last month.",
    "With a small budget of our own for the first half year.",
)


def draw(chance: Random) -> BuildDraft:
    """Draw what somebody adds."""
    kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    if kind is BuildKind.CONCERN:
        text, fix = chance.choice(_CONCERN)
        return BuildDraft(kind, text, fix)
    return BuildDraft(kind, chance.choice({BuildKind.IMPROVE: _IMPROVE, BuildKind.OFFER: _OFFER}.get(kind, _JOIN)))
