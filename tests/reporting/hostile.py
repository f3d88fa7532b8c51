"""What somebody may type to break a report: some hundred short texts, none of them polite."""

from __future__ import annotations

MARKUP = (
    "#import \"@preview/cetz:0.3.0\"", "#include \"/etc/passwd\"", "#read(\"/etc/passwd\")", "#eval(\"1+1\")",
    "#panic()", "#set page(width: 1pt)", "#show: none", "#pagebreak()", "#{ while true {} }",
    "#sys.inputs.report", "#let x = 1; #x", "*bold* _em_ `raw` = Heading", "== Heading", "- list", "+ list",
    "/ term: x", "$ sum_1^n x $", "<label>", "@label", "// comment", "/* comment", "\\", "\\u{41}", "```", "~",
    "---", "\\begin{document}", "$(whoami)", "${7*7}", "{{7*7}}", "{% for x in y %}", "'; DROP TABLE idea; --",
    "\"", "'", "\"\"\"", "]", "]]", "[", ")", "}", "{", "\\\"}", "\",\"x\":\"", "</script>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<meta http-equiv=refresh content=0>",
    "<style>*{display:none}</style>", "[click](http://example.org)", "![x](http://example.org/x.png)", "<!--",
    "]]>", "&lt;&amp;&#x202e;", "%s%n%x", "%00", "http://example.org/" + "a" * 300, "mailto:a@example.org",
    "javascript:alert(1)",
)  # fmt: skip
FORMULAS = tuple(
    start + 'HYPERLINK("http://example.org","x")'
    for start in (
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\n=",
        " =",
        "＝",
        "＋",
        "－",
        "＠",
        "\u200b=",
        "\ufeff=",
        "\x00=",
        "'=",
        ";=",
    )
)
SIGNS = (
    "\x00", "a\x00b", "\x1b[31mred", "\x07\x08\x7f\x85", "\ud800", "a\udfffb", "\ue000\U000f0000",
    "\ufffe\uffff\ufdd0", "\u202eevil\u202c", "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\u200b\u200c\u200d\u2060\ufeff", "\u00ad\u034f\u115f\u3164", "\u2028\u2029\x0b\x0c", "a" + "\u0301" * 300,
    "Z̸̡̢̧̨̛̛̖̗̘̙̜̝̞̟̠" * 12, "\u0301", "\u20e3", "\u0e33", "\ufe0f", "\u200d", "👩‍🔬 👨‍👩‍👧‍👦 🏳️‍🌈 1️⃣ 🇩🇰 👍🏽",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇦", "🏽", "x🏽", "水", "日本語のアイデア",
    "한국어 아이디어", "مرحبا بالعالم", "שלום עולם", "नमस्ते दुनिया", "สวัสดีชาวโลก", "Ελληνικά", "Українська",
    "გამარჯობა", "Բարեւ", "ไำ□ำ", "a\u064e", "\u0628\u0301\u0302", "\u0915\u094d\u200d\u0937", "ﷺ", "꧁꧂", "𒐫",
    "𝔘𝔫𝔦", "①②③", "☃️☂︎", "ｆｕｌｌ", "ﬁ", "ẞß", "İı", "ǅ", "𐍈", "\U0001fae8", "\U0003fffd", "\U000e0001",
    "\u1cd0\u0951", "W" * 400, "i" * 400, "a b " * 100, "\n" * 200, "a\n" * 200, "   ", "", "-", "0", "1e999",
    "NaN", "null", "true",
)  # fmt: skip
TEXTS = (
    *MARKUP,
    *FORMULAS,
    *SIGNS,
    *(
        f"{before}{sign}{after}"
        for sign in SIGNS[:40]
        for before, after in (("a", ""), ("", "b"), ("水", "क"), ("\u0628", "👍"))
    ),
)
