"""The language that a text is in, as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Code, three-letter codes and English name of the languages that are told apart.
_TABLE = """
af afr Afrikaans; am amh Amharic; an arg Aragonese; ar ara/arb/arz/ary Arabic; as asm Assamese; az aze Azerbaijani;
ba bak Bashkir; be bel Belarusian; bg bul Bulgarian; bn ben Bengali; br bre Breton; bs bos Bosnian; ca cat Catalan;
cs ces/cze Czech; cy cym/wel Welsh; da dan Danish; de deu/ger German; dz dzo Dzongkha; el ell/gre Greek; en eng English;
eo epo Esperanto; es spa Spanish; et est Estonian; eu eus/baq Basque; fa fas/per Persian; fi fin Finnish;
fo fao Faroese; fr fra/fre French; fy fry Frisian; ga gle Irish; gd gla Gaelic; gl glg Galician; gu guj Gujarati;
ha hau Hausa; he heb Hebrew; hi hin Hindi; hr hrv Croatian; ht hat Haitian; hu hun Hungarian; hy hye/arm Armenian;
id ind Indonesian; ig ibo Igbo; is isl/ice Icelandic; it ita Italian; ja jpn Japanese; jv jav Javanese;
ka kat/geo Georgian; kk kaz Kazakh; km khm Khmer; kn kan Kannada; ko kor Korean; ku kur Kurdish; ky kir Kyrgyz;
la lat Latin; lb ltz Luxembourgish; lg lug Ganda; ln lin Lingala; lo lao Lao; lt lit Lithuanian; lv lav Latvian;
mg mlg Malagasy; mk mkd/mac Macedonian; ml mal Malayalam; mn mon Mongolian; mr mar Marathi; ms msa/may Malay;
mt mlt Maltese; my mya/bur Burmese; ne nep Nepali; nl nld/dut Dutch; no nor/nob/nno Norwegian; oc oci Occitan;
om orm Oromo; or ori Odia; pa pan Punjabi; pcm pcm Nigerian Pidgin; pl pol Polish; ps pus Pashto; pt por Portuguese;
qu que Quechua; ro ron/rum Romanian; ru rus Russian; rw kin Kinyarwanda; sa san Sanskrit; se sme Sami; si sin Sinhala;
sk slk/slo Slovak; sl slv Slovenian; sn sna Shona; so som Somali; sq sqi/alb Albanian; sr srp/srl Serbian;
st sot Sotho; sv swe Swedish; sw swa Swahili; ta tam Tamil; te tel Telugu; tg tgk Tajik; th tha Thai; tk tuk Turkmen;
tl tgl/fil Tagalog; tr tur Turkish; tt tat Tatar; ug uig Uyghur; uk ukr Ukrainian; ur urd Urdu; uz uzb/uzs Uzbek;
vi vie Vietnamese; wa wln Walloon; xh xho Xhosa; yo yor Yoruba; zh zho/chi/cmn/wuu/yue Chinese; zu zul Zulu
"""
_ROWS = [row.split(maxsplit=2) for row in _TABLE.split(";")]
NAMES = {code: name.strip() for code, _, name in _ROWS}
# Other ways to call a language; varieties of one language count as that language.
_CODES = {other: code for code, others, _ in _ROWS for other in others.split("/")}
_CODES |= {name.lower(): code for code, name in NAMES.items()} | {"nb": "no", "nn": "no", "iw": "he", "in": "id"}

# Words that every English text has many of, and many different ones; other languages, and English words quoted in them,
# have a few. The first is rare in all others and in Pidgin.
_COMMON = """the and of that with from which were this by to has have his its their they who would been said after but
about will are into more than could he she also when not there"""
_ENGLISH = frozenset(_COMMON.split())
SURELY_ENGLISH, SURELY_THE, SURELY_DIFFERENT = 0.08, 0.01, 6
CHARACTERS = 4000  # of a text that are looked at: 600 words tell as well as 6,000
FEWEST_WORDS = 20
# Of 29,963 English news texts, many of them tables in the jargon of exchanges, the surest wrong guess is at 0.67.
LEAST_SURE = 0.80
MOST_DOUBT = 0.05  # that it is in one of the languages that are wanted
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|\S{1,100}@\S{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What a text's words say of its language."""

    best: str | None  # the likeliest; None where there are no words to tell by
    is_sure: bool
    is_wanted: bool  # whether it may be one of the languages that were asked for


def language_code(told: str) -> str:
    """The code of a language however it is told: "en-GB", "eng", "English"; one that is not known is kept."""
    primary = re.split(r"[-_.@;,]", told.strip().lower(), maxsplit=1)[0].strip()
    return primary if primary in NAMES else _CODES.get(primary, primary)


def language_name(code: str) -> str:
    """A language by name and code, for people: "Portuguese (pt)"."""
    return f"{NAMES[code]} ({code})" if code in NAMES else f'"{code}"'


def tongue(text: str, wanted: Iterable[str], told: str = "") -> Tongue:
    """The language of a text, which says of itself that it is in one.

    Its letters count as small ones, since headlines in capitals look like no language.
    """
    wanted = frozenset(wanted)
    shown = text[:CHARACTERS].lower()
    if "@" in shown or "http" in shown or "www." in shown:
        shown = _ADDRESS.sub(" ", shown)
    words = _WORD.findall(shown)
    if len(words) >= FEWEST_WORDS and _is_plainly_english(words):
        return Tongue(best="en", is_sure=True, is_wanted=not wanted or "en" in wanted)
    # Scripts without spaces have a word a sentence, and few of their characters say as much as many words.
    is_long = len(words) >= FEWEST_WORDS or sum(len(word) for word in words if not word.isascii()) >= 3 * FEWEST_WORDS
    if not words or not (is_long or (wanted and told not in wanted)):
        return Tongue(best=None, is_sure=False, is_wanted=True)
    scores: dict[str, float] = {}
    for label, score in _identifier().rank(shown):
        code = language_code(label)
        scores[code] = scores.get(code, 0.0) + score
    best = max(scores, key=lambda code: scores[code])
    if best == "zxx":  # no words of any language
        return Tongue(best=None, is_sure=False, is_wanted=True)
    doubt = sum(scores.get(code, 0.0) for code in wanted)
    return Tongue(best=best, is_sure=is_long and scores[best] >= LEAST_SURE, is_wanted=not wanted or doubt > MOST_DOUBT)


def _is_plainly_english(words: list[str]) -> bool:
    known = [word for word in words if word in _ENGLISH]
    if len(known) < SURELY_ENGLISH * len(words) or len(set(known)) < SURELY_DIFFERENT:
        return False
    return known.count("the") >= SURELY_THE * len(words)


@cache
def _identifier() -> LanguageIdentifier:
    """The model of 140 languages: half a second to load, so only where a text is not plainly English."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
