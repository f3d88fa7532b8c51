"""Dates, counts and fixed sentences of a report, the same words under every locale of the machine.

Slides, documents, tables and the templates of the PDFs take their fixed words from here, so a translation is this one
file. What people typed is put into the braces and is never read as a pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from workshop.domain.event import Anonymity

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

REHEARSAL = "Rehearsal: nobody of this room is real."
VOTES_HIDDEN = "Votes are still hidden. They appear here with the reveal."
NO_THEMES = "There are no themes yet."
NO_CARDS = "No idea was picked to go on yet."
NO_COMMITMENTS = "Nobody has confirmed a commitment yet."
NO_IDEAS = "Ideas appear here when tables share."
NOTHING_LATER = "The programme ends here."
NOT_SURE_YET = "Not sure yet"
READY_COUNT, READY_OF = "{} ready", "{ready} of {of} are ready"
WISHED = "{} have named whom they wish to meet."
STAYED_TITLE = "What does not go on for now"
STAYED = "Not picked this time: {}. Each stands under its theme."
STAYED_BEST = "Best supported of them"
READY, STILL_NEEDS, WILD_CARD = "Ready", "Still needs {}", "wild card"
PEOPLE, IDEAS, BALLOTS, THEMES, CONSORTIA, COMMITMENTS = (
    "people",
    "ideas",
    "ballots",
    "themes",
    "consortia",
    "commitments",
)

# One thing; `count` makes the plural.
A_CONFIRMED_ROLE = "confirmed role"
A_DOT = "dot"
AN_IDEA = "idea"
AN_ORGANISATION = "organisation"
A_RATING = "rating"
A_ROLE = "role"
A_THEME = "theme"
A_TIME = "time"
GOES, GO = "goes", "go"
IDEAS_IN_THEME = "“{}” with {}"
AT_TIME = "{} at {}"

NUMBERS_TITLE = "What happened in this room"
MAP_TITLE = "What the room talked about"
THEMES_TITLE = "Themes, and who brought their ideas"
ORDERS_TITLE = "What the room wants, in both orders"
CONSORTIA_TITLE = "Who goes on together"
COMMITMENTS_TITLE = "What people promised"
AFTERNOON_TITLE = "This afternoon"

TWO_SIDED, BY_DOTS = "Two-sided support", "Most dots"
THEMES_HOW = "Ideas by the side of whoever wrote them."
TWO_SIDED_HOW = "Ballots of each side; the score is their geometric mean."
BY_DOTS_HOW = "All dots together: the larger side weighs more."
BESIDE_BY_HAND = "Beside both orders, {}."
AND_MORE = "{} and {} more"
MORE_ON_THE_LIST = "and {} more, in the report"
NEXT_STEP, DATE, NO_NEXT_STEP = "Next step", "date", "no next step yet"
COMPILED = "As it stood on {} at {}, room {}."
KEPT_BACK = "{} not shared yet: counted here, not shown."
EVERY_IDEA_TITLE, EVERY_VOTE_TITLE = "Every idea", "Every vote"
OPINIONS_TITLE = "What the sides share, and what divides them"
SHARED, NONE_SHARED = "Every side supports", "No idea stands out on every side."
DIVIDING, NONE_DIVIDING = "The sides differ on", "No idea divides the sides by more than chance explains."
RATINGS_TITLE = "Impact and feasibility"
IN_COMMON, JOINING_WORD = "Words in common", "“{}” ({})"
THEME_HEADER = ("Theme", "Ideas", "Typical idea")
ORDER_HEADER = ("Idea", "Title", "{} dots", "Dots", "Supporters of ballots")
ORDER_PLACES = ("Two-sided support", "Place two-sided", "Place by dots")
RATING_HEADER = ("Idea", "Impact (from to)", "Feasibility (from to)", "Raters", "Could not judge")
OFFERS_TITLE, NEEDS_TITLE, ORIGINS = "What people offer", "What people look for", "Where people come from"
LINE_HEADER = ("Text", "Side", "From")
BRINGS, NEEDED, VOTES = "{} brings", "Still needed", "Votes"
KEPT_AT_TABLE = "Its table has not published it, so nobody can vote on it."
VOTED = "{dots} ({sides}), place {place} by dots. Supporters of ballots: {supporters}."
ADDED, MERGED, FIX, WOULD_JOIN = "Added by other tables", "Merged into it", "Proposed fix: {}", "would join"
BUILD = {"improve": "Improve", "offer": "Offer", "concern": "Concern", "join": "Join"}
HELP = {"help": "{} can help", "introduce": "{} can introduce", "fund": "{} can fund", "host": "{} can host"}
OFFERED, YES = "In the room", "yes"
IN_ON = "Who is in on #{}"
MEMBER_HEADER = ("Organisation", "Role", "Owner", "Confirmed by")
COMMITMENT_HEADER = ("Who", "Role", "Idea", "Next step", "Date")
RATED, COMMENTS = "The session was rated {:.1f} of 5 ({}).", "What people said of the session"
PEOPLE_TITLE, PROGRAMME_TITLE, QUESTIONS = "Who took part", "Programme", "The questions of the session"
BY_SIDE, BY_SECTOR, BY_TABLE = "By side", "By sector (people may name several)", "By table"
SIDE_HEADER, SECTOR_HEADER, TABLE_HEADER = (
    ("Side", "People", "Ideas", "Ballots"),
    ("Sector", "People"),
    ("Table", "People"),
)
PEOPLE_HEADER = ("Name", "Organisation", "Side", "Table", "Sectors")
PROGRAMME_HEADER = ("Time", "What", "Who")
METHOD_TITLE, LOG_HEAD = "How to read this", "Log head"
METHOD = (
    "A ballot is one person who cast a dot. Support of a side is the share of its ballots with a dot on the idea.",
    "Two-sided support is the geometric mean of these shares, so an idea that one side does not want has none.",
    "Votes counted by hand stand beside both orders and in neither.",
    "Themes group ideas of like words and meaning. Opposite statements can stand in one theme.",
    "Names stand beside confirmed commitments, and beside ideas only where the session was held with names.",
    "Hidden and withdrawn ideas are not in this report.",
)
BOXES, BOXES_ELSEWHERE = "Boxes stand in {}.", "other texts ({})"
NOTES = "Speaker notes"
WORKBOOK_TITLE = "Report of room {}"
KEYS = "Arrows, space: slides. Home, End: first, last. F: full screen. S: speaker notes. P: print."
SLIDE_OF = PAGE_OF = "{} of {}"

SAID_ROOM = "{people} worked together in this room: {sides}."
SAID_ORGANISATIONS = "They came from {}."
SAID_IDEAS = "They wrote {}, and their tables shared {} of them with the whole room."
SAID_BUILDS = "They built on the ideas of other tables {}."
SAID_THEMES = "The ideas fall into {themes}; the largest are {named}."
SAID_WITHOUT_THEME = "Besides, {} stand alone so far, and that is no judgement of them."
SAID_ALONE = "Besides, 1 idea stands alone so far, and that is no judgement of it."
SAID_THEMES_OF_ALL = "Every side wrote ideas in {} of {} themes."
SAID_TURNOUT = "{} of {} people voted."
SAID_FIRST = "The idea with the best support on every side is {}. Ballots for it: {}."
SAID_NEXT = "Next in this order: {}."
SAID_SAME_BY_DOTS = "The dots alone put the same idea first."
SAID_OTHER_BY_DOTS = "The dots alone put another idea first: {}."
SAID_DIVIDED = "The sides differ most on {}. Ballots for it: {}."
SAID_RATED = "{} were rated for impact and for feasibility by people who did not write them."
SAID_PROMISE = "Highest on both together stands {}, in the eyes of {} raters."
SAID_GO_ON = "From all of this, {} {verb} on."
SAID_READY = "Ready are {ready} of {of}: with an organisation and an owner of every side, a next step and a date."
SAID_PLAN = "For {}, the next step is: {}, by {}."
SAID_WAITS = "Still open is {}: it needs {}."
SAID_ASK = "If this can be you, say so before you leave."
SAID_PROMISED = "{} confirmed {} by name."
SAID_PERSON = "{} is {} for “{}”."
SAID_AND_OTHERS = "All others stand on the screen and in the report."
SAID_LATER = "What comes next: {}."
SAID_THANKS = "Thank you for what you gave to this room."

SCAN = "Scan the code with your phone, join, and sit down at this table."
WITHOUT_CAMERA = "Without a camera: open {}\nand type the room code"
JOIN_CODE = "QR code to join at {}"

ARRANGING, DRAWING_SLIDES = "Arranging the contents", "Drawing slides"
TYPESETTING, PACKING = "Typesetting", "Packing"
WRITING_CHAPTERS, WRITING_TABLES, BRINGING_FONTS = "Writing chapters", "Writing tables", "Bringing the fonts"

OWN_TITLE, ORGANISATIONS_TITLE = "Take-away of {}", "A page per organisation"
OWN_OF = "{}, {}, room {}"
OWN_IDEAS, NO_OWN_IDEAS = "Your ideas, and what became of them", "You wrote no idea this time."
OWN_ROLES = "What you joined"
OWN_BUILDS, OWN_OFFERS = "What you built on", "What you offered"
TO_MEET, NOBODY_TO_MEET = "Whom to meet", "Nobody yet: you are on no card, and asked to meet no organisation."
NEXT_TODAY = "What comes next"
ITS_IDEAS, ITS_BUILDS, ITS_ROLES = "Ideas from this organisation", "What it built on", "What it joined"
NOTHING_TO_SAY = "Nothing of what was said in this room stands with the name of this organisation."
NO_ORGANISATIONS = "No organisation stands in the report yet. Each has its page once it has joined a card."
WAS_HIDDEN = "The moderator has hidden it, so its text does not stand here."
KEPT_BACK_AT_TABLE, BECAME_PART = "It stayed at its table.", "It became part of {}."
THEME_OF = "Theme: {}."
PLACES, PLACES_BOTH = "{}, place {} by dots.", "{}, place {} by the support of all sides, place {} by dots."
OF_BALLOTS = "{} of {}"
GOES_ON_READY, GOES_ON_NEEDS = "It goes on, and is ready.", "It goes on. It still needs {}."
STAYS = "It is not among those that go on."
IN_ROLE = "Role: {}, {}."
CONFIRMED, CONFIRMED_BY = "confirmed by name", "confirmed by {}"
NOT_CONFIRMED, CHANGED_SINCE = "not confirmed by name", "confirmed by name; the plan was changed since"
PLANNED, PLANNED_BY, NOT_PLANNED = "Next step: {}", "Next step: {} By {}.", "It has no next step yet."
OFF_THE_BOARD = "An idea that is not on the board any more"
YOU_ASKED = "You asked to meet them."
ON_CARD, ON_CARD_NAMED = "On #{}: {}.", "On #{}: {}, {}."
OFFERS_HELP = "On #{}: {} can {}."
STOOD_SO = "As it stood on {} at {}."
OWN_HOW = (
    "Bars show the supporters of an idea among each side's ballots. "
    "Names of others stand only where they confirmed a role or offered help to your card."
)
ITS_HOW = (
    "Bars show the supporters of an idea among each side's ballots. Names stand only beside roles that were confirmed."
)

PAPER = {
    "place": "Place",
    "idea": "Idea",
    "supporters_of_ballots": "Supporters of each side’s ballots",
    "balanced_support": "Balanced support",
    "place_by_dots": "Place\nby dots",
    "dots_of_sides": "Dots of each side",
    "all_dots": "All dots",
    "two_sided_place": "Two-sided place",
    "theme": "Theme",
    "size": "Size",
    "ideas": "Ideas",
    "side_dots": "{} dots",
    "rehearsal_note": "Rehearsal: the people, ideas and votes in this report are invented.",
    "rehearsal": "Rehearsal",
    "compiled": "Compiled {}",
    "log": "log {}",
    "page_of": "{} of {}",
    "about": "Host: {} · Workshop {} · Step at this moment: {}.",
    "support_title": "Support on every side",
    "votes_hidden": "Votes are still hidden. They appear here when the step Reveal is open.",
    "support_how": (
        "The ideas that people of every side want. Every side counts the same; a full bar is everybody of "
        "that side who voted."
    ),
    "themes_title": "Themes",
    "no_themes": "Themes appear here when they have been arranged.",
    "happened_title": "What happened in this room",
    "both_orders": "Votes in both orders",
    "by_two_sided": "By two-sided support",
    "by_two_sided_how": (
        "Share of each side’s ballots that gave the idea at least one dot. Balanced support is the geometric "
        "mean of these shares. Ideas without support on every side are not in this order."
    ),
    "by_raw_dots": "By raw dots",
    "by_raw_dots_how": "All dots added up, whoever gave them. The larger side has more of them.",
    "bridge_title": "How far each side supports an idea",
    "bridge_how": (
        "Each bar is the share of that side’s ballots that gave the idea at least one dot; its ground stands "
        "for all ballots of that side. The balanced score is the geometric mean of the shares."
    ),
    "ratings_title": "Impact x feasibility",
    "ratings_how": (
        "Every person rated a few ideas from 1 to 5. The dot is the average; the cross is the interval in "
        "which the average of everybody would lie (about 95%, Bayesian, see the notes). Ideas with fewer "
        "than five raters are not drawn."
    ),
    "impact": "Impact",
    "feasibility": "Feasibility",
    "raters": "Raters",
    "could_not_judge": "Could not\njudge",
    "opinions_title": "What the sides share, and what divides them",
    "shared_title": "What every side supports",
    "shared_how": (
        "At least two supporters on every side, and on every side more than its average idea has. First the "
        "idea whose weakest side is strongest."
    ),
    "none_shared": "No idea yet.",
    "divided_title": "What divides the sides",
    "divided_how": (
        "The shares differ by at least 20 points, and by more than chance explains: Fisher’s exact test, "
        "corrected for the number of ideas, 5%. The largest difference comes first."
    ),
    "none_divided": "No idea divides the sides more than chance does.",
    "groups_title": "Groups of people who vote alike",
    "brings": "{} brings",
    "still_needed": "Still needed",
    "added": "Added by other tables",
    "merged": "Merged from",
    "by_theme_title": "Ideas by theme",
    "map_how": "Near means alike. A bubble is an idea, in the colour of its theme and the shape and ring of its side.",
    "no_ideas": "Ideas appear here when they have been shared.",
    "in_common": IN_COMMON,
    "guess": "the name is a guess: please name it",
    "offers_title": "Offers and needs",
    "origins": "Where people come from: {}",
    "people_title": "People by table",
    "name": "Name",
    "organisation": "Organisation",
    "side": "Side",
    "sectors": "Sectors",
    "notes_title": "Programme and notes",
    "programme_title": "Programme of the day",
    "time": "Time",
    "what": "What",
    "who": "Who",
    "questions_title": "Questions that the room worked on",
    "reading_title": "How to read this report",
    "read_supporter": (
        "A supporter is a person with at least one dot on the idea. A ballot is a person with at least one "
        "dot on any idea."
    ),
    "read_two_sided": (
        "Two-sided support is the geometric mean of the shares of all sides. It is 0% when nobody of one "
        "side wants the idea."
    ),
    "read_interval": (
        "The interval of an average mark counts one more rater who spreads a vote evenly over the marks 1 to "
        "5, so that a few raters who agree do not look certain."
    ),
    "read_places": "Equal ideas share a place, and the next place is left out: 1, 2, 2, 4.",
    "read_themes": (
        "Themes are arranged by a program from the words of the ideas and then by people. Opposite "
        "statements can stand in one theme, because they use the same words. No idea was merged by the "
        "program."
    ),
    "read_boxes": (
        "An empty box (□) stands for a sign that the fonts of this file do not have. The CSV and JSON "
        "exports have every sign."
    ),
    "newest_entry": (
        "Newest entry of the workshop’s log: {}. If the log is changed later, this number no longer fits it."
    ),
}
"""What the template of the PDF says by itself."""

NONE_YET, IN_THEMES, NO_TABLE = "none yet", "in {}", "No table"
NO_THEMES_YET, OUTSIDE_THEMES = "No themes yet", "Ideas that no theme holds."
NO_BALLOT_FROM = "No ballot from {} yet, so there is no two-sided order."
NOBODY_WANTS_ALL = "No idea has a supporter on every side."
PLACE_BY_DOTS = "place {} by dots"
PLACE_TWO_SIDED, NO_PLACE_TWO_SIDED = "place {} two-sided ({:.0f}%)", "no supporter on at least one side"
DOTS_FROM, A_SUPPORTER, NO_DOTS = "{} from {}", "supporter", "no dots"
OF_THEM = "#{} {} ({} of them)"
BUBBLES_BY_DOTS, DRAFT_THEMES = "The larger a bubble, the more dots its idea has.", "Draft themes"
MAP_SPOKEN = "Map of the ideas, near means alike. {}. All ideas are listed by theme below."
THEME_SPOKEN = "{}: {} ({})"
BRIDGE_SPOKEN, RATINGS_SPOKEN = (
    "Support of each side as a share of its ballots. {}.",
    "Impact and feasibility from 1 to 5. {}.",
)
SIDE_SPOKEN, BALANCED_SPOKEN = "{} of {} {} ballots", "balanced {:.0f}%"
NOT_RATED_YET, MARKS_SPOKEN = "not enough ratings yet", "impact {:.1f}, feasibility {:.1f}, {}"
NOT_ENOUGH, INTERVAL = "not enough", "{:.1f} ({:.1f} to {:.1f})"

_NAMES_SHOWN = {
    Anonymity.NAMED: "Ideas carry the names of their authors.",
    Anonymity.TABLE_TAG: "Ideas carry the table they come from, no names.",
    Anonymity.ANONYMOUS: "Ideas carry neither names nor tables.",
}


def day(on: date) -> str:
    """Return "Wednesday 7 November 2018"."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def span(starts: time, ends: time | None) -> str:
    """Return "11:00-12:20" with a proper dash, or the start alone."""
    return f"{starts:%H:%M}–{ends:%H:%M}" if ends else f"{starts:%H:%M}"


def count(number: int, thing: str) -> str:
    """Return "1 idea" or "2 ideas"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def names_shown(level: Anonymity) -> str:
    """Say what the anonymity level shows."""
    return _NAMES_SHOWN[level]


def people(number: int) -> str:
    """Return "1 person" or "2 people"."""
    return "1 person" if number == 1 else f"{number} people"


def brief_day(on: date) -> str:
    """Return "7 November 2018"."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def quoted(number: int, title: str) -> str:
    """Return the name of an idea inside a sentence."""
    return f"number {number}, “{title}”"
