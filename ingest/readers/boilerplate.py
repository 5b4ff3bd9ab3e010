"""Lines of a page that are not its story: what they ask of the reader, links elsewhere, credits, notices.

Each rule is a form that a whole paragraph has, in English. Of 34,170 paragraphs of news from several collections they
take 40; one or two of these could be called a part of their story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# A paragraph of the story is longer, or a sentence of another form. Captions run on.
LONGEST, LONGEST_CAPTION = 300, 500
LONGEST_LINK = 150

_NETWORK = (
    r"(?:facebook|twitter|instagram|whats ?app|telegram|you ?tube|tik ?tok|linked ?in|threads|bluesky|mastodon|reddit"
    r"|pinterest|messenger|snapchat|viber|weibo|wechat|google news|flipboard|social media)"
)
_OFFER = (
    rf"(?:news ?letters?|e-?mails?|inbox|alerts?|notifications?|{_NETWORK}|apps?|channels?|podcasts?|subscri\w+"
    r"|accounts?|updates|headlines|bulletins?|briefings?|rss|web ?sites?|journalism|membership|free trial)"
)
_AGENCY = (
    r"(?:reuters|afp|ap|epa(?:-efe)?|efe|dpa|ansa|tass|xinhua|pti|ani|anadolu|aa|pa(?: media)?|upi|kyodo|yonhap|bernama"
    r"|getty(?: images)?|shutterstock|alamy|istock(?:photo)?|unsplash|wikimedia commons|handout|file|courtesy|supplied)"
)
_PICTURE = (
    r"(?:photo(?:graph)?s?|images?|pictures?|pics?|video|footage|graphics?|illustration|cartoon|screenshot"
    r"|screen ?grab)"
)
_PIECE = r"(?:article|story|post|report|piece|page|video|content|column)"
_BUTTON = (
    r"(?:share|save|print|tweet|comments?|listen|bookmark|copy link|log ?in|sign in|subscribe|menu|follow|x"
    rf"|{_NETWORK})"
)
_SMALL = rf"(?:on|via|and|this|to|with|by|e-?mail|link|copy|close|more|options|search|home|{_PIECE}|\d{{1,5}}k?)"
_NAME = r"(?-i:[A-Z@][\w.'’-]*)"
_NAMES = rf"{_NAME}(?:[ ,;|/&()]+(?:{_NAME}|and|in|for|from|by|editing|writing|reporting|de|van|von|al|el|bin|the|of))*"
_WORK = r"(?:reporting|writing|editing|translation|compiled|edited|translated|reported|written|photographs?|filming)"
_STORIES = r"(?:stor(?:y|ies)|articles?|news|topics?|posts|reads?|links|coverage|content|videos?|headlines)"
_SORT = r"(?:related|recommended|more|other|latest|top|trending|popular|most (?:read|popular|viewed|shared))"
_LEGAL = (
    r"(?:terms (?:of (?:use|service)|and conditions)|(?:privacy|cookie) (?:policy|settings|choices|preferences|notice)"
    r"|contact us|about us|advertise with us|careers|help(?: cent(?:er|re))?|sitemap)"
)


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


_ADVERTISING = _any(
    r"\W*(?:advertise?ments?|advertising|advert|sponsored(?: content| by .{1,60})?|paid (?:post|content)|ad feedback"
    r"|promoted(?: content| stories)?)(?:\W+(?:scroll|story|article|continue)\b.{0,60})?\W*",
    rf"\W*(?:the |this )?{_PIECE} continues? (?:below|after|under)\b.{{0,60}}",
    r"\W*(?:scroll(?: down)?|keep scrolling|continue reading|keep reading)\b.{0,60}",
)
# As a headline these would do: "Watch: Drone hits tower", "Analysis: What the vote means".
_LINK = _any(
    r"(?:also |please )?(?:read|see|watch|listen|view)(?: (?:also|more|next|here|now|this|too|live|related))*"
    r"(?: (?:on|about) [^.:]{1,60})?\s*[:|>»→–—].{0,250}",
    r"(?:related|more|must[- ]reads?|don['’]t miss|recommended|trending|explore(?: more)?|in (?:pictures|photos)"
    r"|gallery|photos|video|live|podcast|opinion|analysis|explainer|explained|editor['’]?s['’]? picks?|further reading"
    r"|most read|background|in depth|factbox|timeline)\s*[:|>»→]\s*[^\"“]{1,200}(?<![.!])",
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|sections?)\s*:\s*.{1,200}",
)
_LIST = _any(
    rf"{_SORT}(?: \w+){{0,2}} {_STORIES}\W*|{_SORT}\W+|most (?:read|popular|viewed|shared)",
    r"(?:also )?(?:read|see|watch)(?: (?:also|more|next|live|too|related))+\W*|also (?:read|see)\W*",
    r"(?:read (?:next|also)|up next|what to read next|further reading|editor['’]?s['’]? picks?)\W*",
    r"more (?:from|on|about) (?:this |the |our )?[^.]{1,60}:?",
    r"you (?:may|might|could) (?:also )?(?:like|be interested in|enjoy|want to read)\b.{0,80}",
)
_REQUEST = _any(
    r"read (?:more|the full|the whole|the rest of|our full|all)\b.{0,150}",
    rf"(?:please |to |you can |don['’]t forget to )?(?:sign up|subscribe|register|log ?in|sign in|follow|download|get"
    rf"|install|receive|enable|turn on|keep up|check out|catch up|listen|tune in)\b[^.!?]{{0,120}}?\b{_OFFER}\b"
    r".{0,150}",
    rf"(?:join|find|like|visit|stay (?:up|informed|tuned|connected|ahead))\b[^.!?]{{0,40}}\b(?:us|our|with us"
    rf"|up to date|the latest)\b[^.!?]{{0,80}}\b{_OFFER}\b.{{0,150}}",
    r"(?:follow|find|like|join) (?:us|@\w+)\b.{0,100}|follow .{1,60} on (?:x|twitter)\b.{0,60}",
    rf"(?:please )?(?:share|like|print|e-?mail|save|bookmark|report|rate|comment on|republish) (?:this|our)(?: \w+)? ?"
    rf"{_PIECE}\b.{{0,80}}",
    r"(?:please )?(?:click|tap|swipe) (?:here|on|the|to|below|play)\b.{0,150}",
    r"(?:please )?(?:leave|post|write|add|join|view|show|hide|read|see) (?:an? |your |the |all |in the )?(?:\d+ )?"
    r"(?:comments?|conversation|discussion)\b.{0,80}",
    r"(?:have|got|do you have|know) (?:an? |any |something )?(?:news )?(?:tips?|stor(?:y|ies)|information to share)\b"
    r"[^?]{0,60}\?.{0,200}",
    r"(?:what do you think\?|have your say|tell us what you think|let us know)\b.{0,150}|what do you think\?.{0,150}",
    r"(?:support|donate to|become an? (?:member|supporter|subscriber|patron)|help us|thank you for)\b[^.]{0,60}"
    r"\b(?:our|journalism|member|supporter|subscriber|patron|reading|subscribing)\b.{0,200}",
    r"(?:already|not) an? (?:subscriber|member)\b.{0,100}|(?:start|begin) your free trial.{0,80}",
    rf"this {_PIECE} is (?:only |exclusively )?(?:for|available to) (?:\w+ )?(?:subscribers|members)\b.{{0,100}}",
)
_NOTICE = _any(
    r"(?:©|\(c\)|copyright)\W? ?(?:\d{4}|by\b|the\b|(?-i:[A-Z])|©).{0,250}",
    r".{0,200}\ball rights reserved\b.{0,200}",
    r"this material may not be (?:published|reproduced|copied).{0,250}",
    r".{0,100}\b(?:we|(?:this|our) (?:web ?)?site) uses? (?:\w+ ){0,3}cookies\b.{0,250}",
    r"(?:accept|reject|manage|allow)(?: all| my)? cookies\W*",
    r"by (?:continuing|using|signing up|subscribing|clicking|submitting|providing)\b.{0,80}\byou (?:agree|accept"
    r"|consent)\b.{0,200}",
    r"(?:please )?(?:enable|turn on|allow) (?:javascript|cookies)\b.{0,150}",
    r"(?:your browser|this (?:browser|device|video|content|player))\b.{0,40}\b(?:does(?: no|n['’])t|is no longer|cannot"
    r"|can['’]t) (?:be )?(?:support|play|display|load|available).{0,100}",
    r".{0,100}\bis not responsible for the content of external (?:internet )?(?:web ?)?sites\b.{0,100}",
    r"\W?this is a (?:breaking|developing) (?:news )?story\b.{0,150}",
    r"(?:more|further) (?:(?:details|updates|information) )?to (?:follow|come)\W*",
    rf"\W?(?:except for the headline, )?this {_PIECE} (?:has not been edited|was (?:auto-?generated|first published"
    r"|originally published)|is (?:auto-?generated|published))\b.{0,200}",
    r"(?:the )?(?:views?|opinions?)(?: and opinions)? expressed\b.{0,100}\b(?:own|not|those of)\b.{0,150}",
    rf"(?:your )?{_LEGAL}(?:\W+{_LEGAL})*\W*",
)
_CREDIT = _any(
    rf"\W?(?:additional )?{_WORK}(?: and {_WORK})?(?: contributed)? by:? {_NAMES}\W*",
    rf"\W?with (?:(?:agency )?inputs?|files|(?:additional )?reporting) from:? (?:(?:news )?agencies|{_NAMES})\W*",
    r"our standards: .{1,80}",
    r"(?:by )?(?:our |the )?(?:staff|special|own|web|news|online|digital) (?:reporter|writer|correspondent|desk|bureau"
    r"|team)s?\W*",
    rf"(?:\w+ )?{_PICTURE}(?: (?:credit|courtesy|source|copyright|caption|by|via|of|from))+s?\s*[:,–—|]?"
    r"\s.{1,200}(?<![.])",
    rf"\W?(?:file |stock )?{_PICTURE}\s*[:|/©]\s*.{{1,300}}(?<![!?])",
    rf"(?:file|stock|representational|representative) {_PICTURE}\b.{{0,400}}|file\s+[-–—]\s+.{{1,400}}",
    r"(?:image|media|photo|video) (?:source|caption|copyright|credit)\b.{0,400}",
    rf"\W?(?:credit|courtesy|source)s?\s*[:/]\s*{_AGENCY}\b.{{0,80}}",
    rf"\W{{0,3}}(?:{_AGENCY}|photo(?: by)?)(?:[ /|,&-]+(?:{_AGENCY}|photos?|images?|via))*\W{{0,3}}",
)
# A caption ends in whose picture it is.
_CAPTION = _any(
    rf".*[\[(](?:[^\[\]()]{{0,40}}[ /])?{_PICTURE}(?:[ :/,]+(?:by|credit|courtesy|via|of)\b)?[^\[\]()]{{0,80}}"
    r"[\])]\W{0,2}",
    r".*[\[(](?:file|courtesy|handout|supplied)\b[^\[\]()]{0,60}[\])]\W{0,2}",
    rf".*\b(?:reuters|afp|epa|ap photo|getty images|nurphoto|anadolu)/{_NAME}(?:[ /]+{_NAME}){{0,5}}",
    rf".*[|/] ?{_AGENCY}(?:[ /]+(?:{_AGENCY}|photo|images?|via))*",
    rf".*[\[(](?-i:[A-Z])[\w .'’-]{{1,40}}/{_AGENCY}(?: via {_AGENCY})?[\])]",
    rf".*\b(?:{_PICTURE}(?: credit| courtesy| source)?s?|credit) ?: [^.]{{1,80}}",
)
_FURNITURE = _any(
    rf"(?:{_SMALL}\W+){{0,3}}{_BUTTON}(?:\W+(?:{_BUTTON}|{_SMALL})){{0,12}}\W*",
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+",
    r"(?:reading time\W*|read time\W*)?\d{1,3}[- ]?min(?:ute)?s?[- ]read\W*|reading time\b.{0,30}",
    r"(?:published |posted |(?:last )?updated )?(?:\d{1,2}|an?|one|two) (?:min(?:ute)?|hour|hr|day|week)s? ago\W*",
    r"\d[\d.,k]* (?:comments?|shares?|views?|likes?)\W*",
)
_ANYWHERE = (_ADVERTISING, _REQUEST, _NOTICE, _CREDIT, _FURNITURE)
_BELOW_THE_TITLE = (_LINK, _LIST, _CAPTION)
_SENTENCE_END = re.compile(r"[.:;][\"”'’»)\]]*$")
_QUOTED = ('"', "“", "„", "«", "'", "‘")


def is_boilerplate(paragraph: str, place: int, count: int) -> bool:
    """Whether a paragraph, the place-th from 0 of so many on its page, is no part of the story."""
    if count == 1 or len(paragraph) > LONGEST_CAPTION or paragraph.startswith(_QUOTED):
        return False
    if len(paragraph) > LONGEST:
        return any(form.fullmatch(paragraph) for form in (_CREDIT, _CAPTION))
    forms = _ANYWHERE if place == 0 else _ANYWHERE + _BELOW_THE_TITLE
    return any(form.fullmatch(paragraph) for form in forms)


def boilerplate(paragraphs: Sequence[str]) -> set[int]:
    """Which paragraphs of a page are no part of its story, with the links that stand below "Related stories"."""
    found = set()
    in_list = False
    for place, paragraph in enumerate(paragraphs):
        is_link = len(paragraph) <= LONGEST_LINK and not _SENTENCE_END.search(paragraph[-5:])
        in_list = (in_list and is_link) or bool(place > 0 and len(paragraph) <= LONGEST and _LIST.fullmatch(paragraph))
        if in_list or is_boilerplate(paragraph, place, len(paragraphs)):
            found.add(place)
    return found
