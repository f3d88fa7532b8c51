"""Two thousand texts that nobody types politely: each tries to run, to load, to link, or to break a screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, product, zip_longest

from tests.reporting.hostile import TEXTS as AGAINST_REPORTS
from workshop.domain.text import is_blank, normal

RUN = "window.hostile=1"
HOST = "http://evil.example"
VISITOR = f"<img src=x onerror={RUN}>"
"""Who comes with a phone of their own."""

_MARKUP = (
    "<script>{run}</script>", "<img src=x onerror={run}>", "<img src={host}/a.png>", "<svg onload={run}>",
    "<svg><image href='{host}/b.png'/></svg>", "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src={host}></iframe>", "<meta http-equiv=refresh content='0;url={host}'>", "<base href={host}/>",
    "<link rel=stylesheet href={host}/c.css>", "<style>*{{display:none!important}}</style>",
    "<style>@import '{host}/d.css'</style>", "<a href={host}>click</a>", "<a href='javascript:{run}'>click</a>",
    "<form action={host}><button>Send</button></form>", "<object data={host}></object>", "<embed src={host}>",
    "<video src={host} onerror={run} autoplay></video>", "<details open ontoggle={run}>", "<body onload={run}>",
    "<input autofocus onfocus={run}>", "<marquee onstart={run}>x</marquee>", "<template><img src=x></template>",
    "<math><mi xlink:href='javascript:{run}'>x</mi></math>", "<h1 style='position:fixed;inset:0'>x</h1>",
    "<b>bold</b><br><i>", "<textarea><plaintext>", "&lt;script&gt;{run}&lt;/script&gt;", "<<script>{run}//<",
)  # fmt: skip
_MARKDOWN = (
    "![x]({host}/e.png)", "[click]({host})", "[click](javascript:{run})", "<{host}>", "{host}/auto",
    "www.evil.example",
    "![x][1]\n\n[1]: {host}/f.png", "# heading", "> quote", "- list\n- list", "1. one",
    "| a | b |\n|---|---|\n| c | d |",
    "```\ncode\n```", "`code`", "**bold** _em_ ~~gone~~", "---", "$\\href{{{host}}}{{x}}$", "$$\\sum$$",
    ":material/delete: :smile:", ":red[red] :blue-background[blue]", "<!-- comment -->", "a@evil.example",
    "[^1]\n[^1]: note", "- [ ] task", "&nbsp;&#x3c;img&#x3e;", "\\<script\\>",
    "<details><summary>x</summary></details>",
)  # fmt: skip
_CODE = (
    "{{{{7*7}}}}", "${{7*7}}", "{{% raw %}}", "#{{7*7}}", "<%= 7*7 %>", "\"onmouseover={run} x=\"", "'-{run}-'",
    "\\u003cscript\\u003e", "javascript:{run}", "data:text/html,<script>{run}</script>", "');{run}//",
    "\"]}});{run};//",
    "=HYPERLINK(\"{host}\")", "+cmd|'/c calc'!A0", "@SUM(1)", "-2+3", "%0d%0aSet-Cookie: x=1",
    "\r\nX-Bad: 1", "../../x",
    "__proto__", "constructor", "toString", "{{\"__proto__\": 1}}", "null", "undefined", "NaN", "[object Object]",
    "<b>plotly</b><br>two<br>three<br>four", "<a href=\"{host}\">plotly</a>",
    "<span style=\"font-size:900px\">x</span>",
)  # fmt: skip
SHAPE = (
    "W" * 80, "i" * 80, "W " * 40, "supercalifragilistic" * 4, "\u202eevil\u202c txt.exe", "\u2066abc\u2067def\u2069",
    "Z" + "\u0335\u0321\u0322\u0327\u0328" * 12, "👩‍👩‍👧‍👦" * 10, "🏳️‍🌈🏴‍☠️👍🏽" * 6, "﷽" * 20, "𒐫" * 20, "꧅" * 20,
    "مرحبا بالعالم " * 5, "שלום עולם " * 7, "字" * 80, "ก็็็็็็" * 10, "\u200b" * 40 + "x",
    "a\x00b\x01c\x1b[31m", "\ud83d lone",
    "a" * 10_000, "word " * 2_000, "\n" * 50 + "x", "\t" * 40 + "x", "x\u2028y\u2029z", "\ufeffbom",
    "\u00adsoft" * 12,
)  # fmt: skip
_AROUND = (
    "{}",
    "An idea {}",
    "{} at the end",
    '"{}"',
    "'{}'",
    ">{}<",
    "</p>{}<p>",
    "{}{}",
    "1) {}",
    "\u2067{}",
    "({})",
)


def texts(count: int = 2_000) -> list[str]:
    """So many different texts, the same every time: each kind as it is first, then in changing company."""
    return list(islice(dict.fromkeys(_endless()), count))


def fitted(text: str, limit: int, *, lines: bool = True) -> str:
    """As much of a text as a field takes, as it is kept."""
    return normal(normal(text, lines=lines)[:limit], lines=lines)


def titled(text: str, limit: int) -> str:
    """The same for a field that may not be empty."""
    cut = fitted(text, limit, lines=False)
    return f"{cut[:40]} blank" if is_blank(cut) else cut


def _endless() -> Iterator[str]:
    filled = [text.format(run=RUN, host=HOST) for text in (*_MARKUP, *_MARKDOWN, *_CODE)]
    yield from (text for row in zip_longest(filled, SHAPE) for text in row if text is not None)
    yield from AGAINST_REPORTS
    everything = list(chain(filled, SHAPE))
    for around, text in product(_AROUND[1:], everything):
        yield around.replace("{}", text)
    for first, second in product(filled, reversed(everything)):
        yield f"{first} {second}"
