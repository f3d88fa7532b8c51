"""What phones and tablets call: JSON routes, one module per noun. What is tapped or sent must not run a page.

Each of them says what shall be true ("this person gives this idea two dots"), so sending it again changes nothing, and
answers with the new state. Who asks is read from the cookie; ``person`` matters on a tablet only.
"""

from __future__ import annotations

from starlette.routing import Route

from workshop.web.calls import builds, consortium, flags, hints, ideas, introductions, people, ratings, take_away, votes


def routes() -> list[Route]:
    """All of them."""
    nouns = (people, introductions, ideas, hints, builds, flags, votes, ratings, consortium, take_away)
    return [route for noun in nouns for route in noun.routes()]
