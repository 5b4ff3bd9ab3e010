"""What files call a language, as its two-letter code."""

from __future__ import annotations

# ISO 639-1, English name, ISO 639-2 codes, of the languages that news is written in.
_TABLE = """
af afrikaans afr|am amharic amh|ar arabic ara|az azerbaijani aze|be belarusian bel|bg bulgarian bul|bn bengali ben
bs bosnian bos|ca catalan cat|cs czech ces cze|cy welsh cym wel|da danish dan|de german deu ger|el greek ell gre
en english eng|es spanish spa|et estonian est|eu basque eus baq|fa persian fas per|fi finnish fin|fr french fra fre
ga irish gle|gl galician glg|gu gujarati guj|ha hausa hau|he hebrew heb|hi hindi hin|hr croatian hrv|hu hungarian hun
hy armenian hye arm|id indonesian ind|is icelandic isl ice|it italian ita|ja japanese jpn|ka georgian kat geo
kk kazakh kaz|km khmer khm|kn kannada kan|ko korean kor|ku kurdish kur|ky kyrgyz kir|lo lao lao|lt lithuanian lit
lv latvian lav|mk macedonian mkd mac|ml malayalam mal|mn mongolian mon|mr marathi mar|ms malay msa may
mt maltese mlt|my burmese mya bur|ne nepali nep|nl dutch nld dut|no norwegian nor|nb bokmal nob|nn nynorsk nno
pa punjabi pan|pl polish pol|ps pashto pus|pt portuguese por|ro romanian ron rum|ru russian rus|si sinhala sin
sk slovak slk slo|sl slovenian slv|so somali som|sq albanian sqi alb|sr serbian srp|sv swedish swe|sw swahili swa
ta tamil tam|te telugu tel|tg tajik tgk|th thai tha|tk turkmen tuk|tr turkish tur|uk ukrainian ukr|ur urdu urd
uz uzbek uzb|vi vietnamese vie|xh xhosa xho|yo yoruba yor|zh chinese zho chi|zu zulu zul
"""
_CODES = {name: words.split()[0] for words in _TABLE.replace("\n", "|").split("|") for name in words.split()}


def language_code(words: str) -> str | None:
    """The code of "English", "eng", "en-GB" or "en_US"; None for what names no language of the table."""
    name = words.strip().casefold().replace("å", "a")
    return _CODES.get(name) or _CODES.get(name.replace("_", "-").split("-")[0])
