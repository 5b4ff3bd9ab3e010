"""Articles in other languages are told, whatever they say of themselves, and none in English is lost."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Options, Outcome, Source, read
from ingest.readers.languages import NAMES, language_code, tongue

STORIES = {
    "en": "A storm tore the roofs off forty houses in the harbour town on Tuesday night, the mayor said. Two people"
    " were treated for cuts, and the ferry will not sail before the weekend.",
    "pt": "Uma tempestade arrancou os telhados de quarenta casas na cidade portuária na noite de terça-feira, disse o"
    " prefeito. Duas pessoas foram tratadas por cortes e a balsa não vai sair antes do fim de semana.",
    "es": "Una tormenta arrancó los tejados de cuarenta casas en la ciudad portuaria el martes por la noche, dijo el"
    " alcalde. Dos personas fueron atendidas por cortes y el transbordador no zarpará antes del fin de semana.",
    "fr": "Une tempête a arraché les toits de quarante maisons dans la ville portuaire mardi soir, a déclaré le maire."
    " Deux personnes ont été soignées pour des coupures et le bac ne partira pas avant la fin de la semaine.",
    "de": "Ein Sturm hat am Dienstagabend in der Hafenstadt die Dächer von vierzig Häusern gerissen, sagte der"
    " Bürgermeister. Zwei Menschen wurden wegen Schnittwunden behandelt, und die Fähre fährt nicht vor dem Wochenende.",
    "it": "Una tempesta ha strappato i tetti di quaranta case nella città portuale martedì sera, ha detto il sindaco."
    " Due persone sono state curate per dei tagli e il traghetto non partirà prima del fine settimana.",
    "nl": "Een storm heeft dinsdagavond in de havenstad de daken van veertig huizen gerukt, zei de burgemeester. Twee"
    " mensen werden behandeld voor snijwonden en de veerboot vaart niet voor het weekend.",
    "sv": "En storm slet taken av fyrtio hus i hamnstaden på tisdagskvällen, sade borgmästaren. Två personer fick vård"
    " för skärsår och färjan kommer inte att gå före helgen, enligt rederiet.",
    "pl": "Burza zerwała dachy z czterdziestu domów w portowym mieście we wtorek wieczorem, powiedział burmistrz. Dwie"
    " osoby opatrzono z powodu skaleczeń, a prom nie wypłynie przed końcem tygodnia.",
    "tr": "Belediye başkanı, salı akşamı çıkan fırtınanın liman kentinde kırk evin çatısını uçurduğunu söyledi. İki"
    " kişi kesikler nedeniyle tedavi edildi ve feribot hafta sonundan önce sefere çıkmayacak.",
    "id": "Badai merobek atap empat puluh rumah di kota pelabuhan itu pada Selasa malam, kata wali kota. Dua orang"
    " dirawat karena luka sayat, dan kapal feri tidak akan berlayar sebelum akhir pekan.",
    "vi": "Một cơn bão đã thổi bay mái của bốn mươi ngôi nhà ở thị trấn cảng vào tối thứ Ba, thị trưởng cho biết. Hai"
    " người được điều trị vì vết cắt và phà sẽ không ra khơi trước cuối tuần.",
    "ru": "Сильный шторм сорвал крыши с сорока домов в портовом городе во вторник вечером, сообщил мэр. Двое человек"
    " получили порезы, а паром не выйдет в море до выходных.",
    "uk": "Буревій зірвав дахи з сорока будинків у портовому місті у вівторок увечері, повідомив міський голова. Двоє"
    " людей отримали порізи, а пором не вийде в море до вихідних.",
    "el": "Μια καταιγίδα ξήλωσε τις στέγες σαράντα σπιτιών στη λιμενική πόλη το βράδυ της Τρίτης, είπε ο δήμαρχος. Δύο"
    " άνθρωποι τραυματίστηκαν ελαφρά και το πλοίο δεν θα ταξιδέψει πριν από το Σαββατοκύριακο.",
    "ar": "قال رئيس البلدية إن عاصفة اقتلعت أسطح أربعين منزلا في المدينة الساحلية مساء الثلاثاء. وعولج شخصان من جروح"
    " ولن تبحر العبارة قبل نهاية الأسبوع بحسب الشركة.",
    "hi": "मेयर ने कहा कि मंगलवार की रात बंदरगाह शहर में तूफान ने चालीस घरों की छतें उड़ा दीं। दो लोगों का कटने के घावों"
    " का इलाज किया गया और नौका सप्ताहांत से पहले नहीं चलेगी।",
    "zh": "市长说，星期二晚上，一场风暴掀翻了港口小镇四十座房屋的屋顶。两人因割伤接受治疗，渡轮在周末前不会开航。"
    "居民们在学校过夜，邻居们给他们送来了热汤和毯子，市政府说修理至少需要两个星期。",
    "ja": "火曜日の夜、港町で嵐が四十軒の家の屋根を吹き飛ばしたと市長が述べた。二人が切り傷で手当てを受け、"
    "フェリーは週末まで運航しない。住民は学校で夜を過ごし、近所の人々が温かいスープを届けたという。",
}


def outcome(text: str, options: Options | None = None, **more: str) -> Outcome:
    line = json.dumps({"text": text, **more}).encode()
    (found,) = read(Source(name="a.jsonl", open=lambda: BytesIO(line), options=options or Options()))
    return found


def language_of(text: str, options: Options | None = None, **more: str) -> str:
    found = outcome(text, options, **more)
    assert isinstance(found, Article), found
    return found.language


def refused_as(text: str, options: Options | None = None, **more: str) -> str | None:
    found = outcome(text, options, **more)
    assert isinstance(found, UnreadableArticle), found
    assert found.reason is Reason.LANGUAGE
    return found.language


@pytest.mark.parametrize("language", [each for each in STORIES if each != "en"])
def test_an_article_in_another_language_is_refused_by_name(language: str) -> None:
    for text in (STORIES[language], STORIES[language].upper()):
        found = outcome(text)
        assert isinstance(found, UnreadableArticle)
        assert found.language == language
        assert f"is in {NAMES[language]} ({language}); only en is read" in found.problem
        assert str(found).endswith(f"; --language {language} keeps it")


@pytest.mark.parametrize("language", STORIES)
def test_a_language_that_was_asked_for_is_kept_and_told(language: str) -> None:
    for languages in ((), ("en", language), (language.upper(),)):
        assert language_of(STORIES[language], Options(languages=languages)) == language
    others = tuple(each for each in ("en", "sw") if each != language)
    assert refused_as(STORIES[language], Options(languages=others)) == language


@pytest.mark.parametrize(
    "text",
    [
        STORIES["en"].upper(),
        "MAYOR SAYS STORM TORE ROOFS OFF FORTY HOUSES IN HARBOUR TOWN",
        "Net loss 330,613 vs profit 12,400. Shr loss 3 cts vs profit 1 ct. Revs 2.1 mln vs 1.9 mln. Avg shrs 4.3 mln.",
        "Déjà vu in São Tomé",
        "Real Sociedad 2, Deportivo Alavés 1. Athletic Bilbao 0, Rayo Vallecano 0.",
        "“Não vamos sair daqui,” said Ada Lind, who has lived in São Tomé for forty years. “Esta é a nossa casa.” She"
        " and her husband João have two children.",
        "1234 5678 90",
    ],
)
def test_english_in_capitals_in_figures_or_full_of_names_is_kept(text: str) -> None:
    assert language_of(text) == "en"
    assert language_of(text, language="en-GB") == "en"


def test_the_words_count_for_more_than_what_an_article_says_of_itself() -> None:
    assert refused_as(STORIES["de"], language="en-us") == "de"
    assert language_of(STORIES["en"], language="de") == "en"


def test_few_words_are_believed_in_the_language_that_they_are_said_to_be_in() -> None:
    assert language_of("Sturm in der Hafenstadt") == "en"  # nothing tells
    assert refused_as("Sturm reißt die Dächer von vierzig Häusern", language="de") == "de"
    assert language_of("Storm tears the roofs off the houses", language="de") == "en"


def test_a_language_given_by_hand_holds_for_everything() -> None:
    assert language_of(STORIES["pt"], Options(language="pt-BR")) == "pt"
    assert language_of(STORIES["pt"], Options(language="en"), language="pt") == "en"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("nb-NO", "no"),
        ("zho", "zh"),
        ("tlh", "tlh"),
    ],
)
def test_a_language_is_known_however_it_is_told(told: str, code: str) -> None:
    assert language_code(told) == code


@pytest.mark.parametrize(
    "text",
    [
        STORIES["en"],
        "Hill Rovers name 14 men for Saturday. Keepers: Lind, Cruz. Backs: Sato, Bako (back after a ban), Ruiz, Klein."
        " Midfield: Tamm, Silva, Haddad, Novak. Up front: Petrov, Larsen, Osei, Wu. Ruiz has been told that he may play"
        " and is to meet the coach this week.",
    ],
)
def test_plain_english_needs_no_model(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.languages._identifier", None)
    assert tongue(text, ("en",)).is_sure


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Of The Voice in de stad blijft, is niet zeker. Hij was over het besluit in de raad niet te spreken, we"
        " hebben over de zaal op het plein in ons dorp al in mei met hen overleg gehad."),
        ("af", "Die vertoning van The Bridge in die stadsaal is af, en dit was in die koerant. As dit van die raad"
        " afgehang het, was die saal in Mei al toe, het die burgemeester op Sondag in die kerk gesê."),
        ("da", "Filmen The Bridge er for dyr at vise i byen, og den er for lang for børn. To af de tre i rådet er for"
        " at vente, til der er råd i kassen, og så er det slut for i år."),
        ("pcm", "Di storm wey blow for di harbour town on Tuesday night don comot roof from forty house, na so di mayor"
        " tok. Two people get injury and di ferry no go move before weekend, im tell The Harbour Post."),
    ],
)  # fmt: skip
def test_what_is_nearest_to_english_is_not_taken_for_it(language: str, text: str) -> None:
    assert tongue(text, ("en",)).best == language


def test_a_refusal_is_one_line_whatever_the_title() -> None:
    found = outcome(STORIES["fr"], title="Une\ntempête " * 40)
    assert "\n" not in str(found)
    assert '…" is in French (fr)' in str(found)
