"""Foreign and model text: what it may not hold when it goes to Slack or to a model.

Detection is no control by itself: the model has no tools and chooses no recipient. What is
found here is refused (a model's text), or made harmless and, where it gives orders to a
machine, not quoted (people's text).
"""

import re
import unicodedata

NOTE_LENGTH = 600
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SLACK = re.compile(r"<(?:[!@#]|(?:https?|mailto|tel):)[^<>\n]{0,300}>?", re.IGNORECASE)
_AT = re.compile(r"(?<![\w.])@(?:channel|here|everyone|all)\b", re.IGNORECASE)
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,12}:|)//[^\s<>|)\]]+|\bwww\.[^\s<>|)\]]+|\b(?:javascript"
    r"|data|mailto|tel):\S+"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|net|org|io|dev|ai|app|co|example|invalid|test|xyz|ru|cn|de|uk|fr"
    r"|info|site|online|link|click|zip|sh|me|eu|gg|ly|top|biz|cloud|tech|page)\b(?:[/?#:]\S*)?",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"!?\[[^\]\n]{0,200}\]\s?[(\[][^)\]\n]{0,400}[)\]]?|!\[")
_FENCE = re.compile(r"```|~~~|`|^\s{0,9}(?:#{1,6}|>|---{1,9}|==={1,9})\s", re.MULTILINE)
_TAG = re.compile(
    r"</?[a-zA-Z_|][^<>\n]{0,80}/?>|<\|[^|\n]{0,40}\|>|\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>"
)
_STRESS = re.compile(r"(?<!\w)[*~_]{1,20}(?=\S)([^*~_\n]{1,300})(?<=\S)[*~_]{1,20}(?!\w)")
_BRACES = re.compile(r"\{\{|\}\}|\{[^{}\n]{0,40}\}|\$\{|\{%|<%")
_JSON = re.compile(
    r"""["']\s{0,9}[:,]\s{0,9}[{\["']|["']\s{0,9}\}\s{0,9}[,\]}]"
    r"|[{,]\s{0,9}["'][\w ]{1,60}["']\s{0,9}:"""
)
_ORDERS = re.compile(
    r"\b(?:ignor\w{0,60}|disregard\w{0,60}|forget\w{0,60}|overrid\w{0,60}|bypass\w{0,60}|skip"
    r"|delete)\b[^.\n]{0,40}\b(?:instruction|"
    r"rule|prompt|previous|prior|above|guideline|everything|earlier|check|fact)\w{0,60}"
    r"|(?:^|[\s\"'>(\[])(?:system|assistant|developer|user|admin|root)\s{0,9}(?:prompt"
    r"|message|note|override|update)?\s{0,9}:"
    r"|\b(?:note|message|instruction|hint|reminder|memo|attention|dear|hey|hi"
    r"|hello)\w{0,60}\s{0,9}(?:to|for)?[\s,]{0,20}(?:the\s{1,9})?"
    r"(?:ai|llm|model|assistant|bot|summari[sz]er|gpt|chatgpt|claude|language model)\b"
    r"|^(?:ai|llm|assistant|bot|summari[sz]er|gpt|chatgpt|claude)\s{0,9}[:,]"
    r"|\b(?:when|while|if|as|before|after) (?:you|the (?:ai|bot|model"
    r"|assistant)) (?:summar|writ|generat|report|read|produc|creat|post)\w{0,60}"
    r"|\byou (?:are now|must|should|will now|have to|shall|can now)\b"
    r"|\byour (?:instructions?|prompt|rules?|task|role|system)\b"
    r"|\b(?:reveal|print|repeat|output|show|leak|dump|quote"
    r"|recite)\b[^.\n]{0,30}\b(?:prompt|instruction|secret|key|token|rule|system)\w{0,60}"
    r"|\b(?:must|should|needs? to|has to|shall) be (?:described|reported|shown|listed"
    r"|called|marked|presented|written|mentioned|labelled|labeled|summari[sz]ed|stated"
    r"|treated)\b"
    r"|\b(?:report|describe|present|list|mark|mention|state|call|label|show|treat|use"
    r"|put|add|include|insert|write|say|post|publish|announce|append|start|begin|end"
    r"|close) (?:it|this|that|them|exp-?\s?\w{1,60}"
    r"|the\s{1,9}\w{1,60}|all\s{1,9}\w{1,60}|everything"
    r"|[\"“'])[^.\n]{0,60}"
    r"\b(?:as|in the|into the|to the|under|at the)\s{1,9}(?:\w{1,60}\s{1,9})?(?:headline|digest"
    r"|summary|report|promoted|killed|done|success\w{0,60}|top|channel|top of|end"
    r"|leadership|executives?)\b"
    r"|\b(?:in|into|to) the (?:digest|headline|summary)\b|\bas the headline\b"
    r"|\b(?:new|updated|real|actual|secret|hidden) (?:rule|instruction|task|prompt"
    r"|order|directive)s?\s{0,9}[:—]"
    r"|\b(?:act|behave|respond|answer|pretend|reply) (?:as|like|only|with)\b"
    r"|\bfrom now on\b|\bjailbreak|\bprompt injection|\bDAN\b"
    r"|\bpost (?:to )?[@#<]|\bping (?:@|<|everyone)|\bevery(?:thing|one) is done\b"
    r"|\bas an? (?:ai|assistant|language model|llm)\b|\binstructions? (?:for"
    r"|to) (?:the|an?|all|you)\b"
    r"|\b(?:tell|inform|convince|assure|remind|warn) (?:the |our )?(?:executives?"
    r"|leadership|leaders|board"
    r"|management|ceo|cto|readers?|audience|sponsors?)\b|\byour (?:new|real|only|actual) \w{1,60}"
    r"|\b(?:output|write|say|print|reply|respond|answer|state) (?:only|just"
    r"|nothing but|exactly|that|[\"“'])"
    r"|\b(?:the|this) (?:headline|digest|summary|report|update) (?:must|should|has to"
    r"|needs to|is to|shall|will)\b"
    r"|(?:^|[.!?:;]\s{0,9})(?:please )?(?:do not|don't|never) (?:mention|report|include"
    r"|say|tell|list|show|quote|write|reveal)\b"
    r"|\btranslate\b[^.\n]{0,40}\b(?:above|following|everything|this|all)\b"
    r"|^\W{0,20}(?:executive summary|headline|summary"
    r"|digest|title|tl;?dr|final answer|output)\s{0,9}:"
    r"|\b(?:ignorier\w{0,60}|vergiss|ignora|ignorez|olvida|oublie\w{0,60})\b",
    re.IGNORECASE,
)
_MODEL = [
    ("an invisible character", _INVISIBLE), ("a control character", _CONTROL),
    ("a mention", _SLACK), ("a mention", _AT), ("a link", _LINK), ("a markdown link", _MARKDOWN),
    ("a code fence or heading", _FENCE), ("a tag", _TAG), ("a placeholder", _BRACES),
    ("JSON", _JSON),
]  # fmt: skip


def unfit(text: str) -> tuple[str, ...]:
    """What a model's text holds that must not go to Slack; empty when it may."""
    plain = unicodedata.normalize("NFKC", text)
    shown = visible(plain)
    found = [what for what, form in _MODEL if form.search(text) or form.search(plain)]
    found += [what for what, form in _MODEL[2:] if form.search(shown)]
    return tuple(dict.fromkeys(found))


def orders(text: str) -> bool:
    """True when the text speaks to a machine: tells it what to write, or plays its format."""
    shown = _BLANKS.sub(" ", visible(unicodedata.normalize("NFKC", text)))
    return any(form.search(shown) for form in (_ORDERS, _TAG, _JSON, _BRACES, _MARKDOWN))


def visible(text: str) -> str:
    """The text without characters that nobody sees; line ends stay."""
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


def harmless(text: str, *, limit: int = NOTE_LENGTH) -> str:
    """Somebody's words as data: nothing that mentions, links, formats or fills in remains."""
    shown = visible(unicodedata.normalize("NFKC", text))
    shown = _MARKDOWN.sub("(link)", shown)
    shown = _SLACK.sub(_named, shown)
    shown = _LINK.sub("(link)", shown)
    shown = _STRESS.sub(r"\1", _TAG.sub(" ", shown))
    shown = re.sub(r"[{}<>`|]", " ", shown)
    shown = re.sub(r"@(?=\w)", "(at) ", shown)
    return " ".join(shown.split())[:limit]


def _named(hit: re.Match[str]) -> str:
    inner = hit.group(0).strip("<>")
    if inner.lower().startswith(("http", "mailto", "tel")):
        return "(link)"
    return (
        "(group)"
        if inner.startswith("!")
        else "(person)"
        if inner.startswith("@")
        else "(channel)"
    )
