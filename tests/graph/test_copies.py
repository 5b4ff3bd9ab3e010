"""Reports in print again go back to the first of them; reports in one form do not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest

from graph.linking.copies import originals, repeated

TEXT = "river bridge school mayor night rescue water train north market road storm police bank field harbour"
WORDS = TEXT.split()
DAY = date(2025, 3, 3)
REPORT = """Flood in Marren kills six

Six people were killed when the River Alder burst its banks in Marren early on Tuesday, Mayor Ilse Brandt said.

Rescue workers brought 120 people to safety in boats. Brandt, who has led the town since 2019, called for help from \
the Alder Valley Rescue Service and from the army.

The water reached the old town before dawn and cut the road to Port Marren, where dock workers stopped loading. \
Engineers said that it would take at least 14 days until trains could cross the bridge again.

Insurers put the damage at 45 million crowns. Farmers upstream had warned in spring that the dykes were too low, and \
the regional council had promised to look into it after the summer."""
FORM = """FED ADDS RESERVES

The Federal Reserve entered the government securities market to arrange {0} billion dollars of customer repurchase \
agreements, a spokesman said. Dealers said that federal funds were trading at {1} percent when the Fed began its \
temporary and indirect supply of reserves to the banking system."""


def prose(seed: int, length: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def typed(text: str, every: int) -> str:
    """The text with a letter doubled in one word of so many."""
    turn = count(1)

    def words() -> Iterator[str]:
        for word in text.split(" "):
            yield word[:2] + word[1:] if word.isalpha() and len(word) > 4 and next(turn) % every == 0 else word

    return " ".join(words())


def test_a_text_with_some_words_changed_goes_back_to_the_first() -> None:
    first = prose(1)
    words = first.split()
    words[20], words[90] = "ferry", "quay"
    assert originals([first, prose(2), " ".join(words).upper()]) == [0, 1, 0]


def test_a_text_cut_from_the_end_goes_back_to_the_whole() -> None:
    first = prose(3)
    assert originals([first, " ".join(first.split()[:60])]) == [0, 0]


def test_the_whole_goes_back_to_what_was_cut_from_it_where_that_came_first() -> None:
    first = prose(3)
    assert originals([" ".join(first.split()[:60]), first]) == [0, 0]


def test_two_texts_that_share_a_third_are_two() -> None:
    shared = prose(4, 60)
    assert originals([f"{shared} {prose(5)}", f"{shared} {prose(6)}"]) == [0, 1]


def test_a_short_sentence_may_be_said_twice() -> None:
    assert repeated(["Three people were killed.", "Three people were killed."]) == [0, 1]
    assert originals(["Three people were killed.", "Three people were killed."]) == [0, 1]


def test_a_sentence_in_nearly_the_same_words_goes_back_to_the_first() -> None:
    said = "Six people were killed when the River Alder burst its banks in Marren early on Tuesday, the mayor said."
    assert repeated([said, said.replace("on Tuesday", "on Tuesday morning"), prose(7, 20)]) == [0, 0, 2]


def test_every_copy_of_a_copy_goes_back_to_the_same_text() -> None:
    first = prose(7)
    assert originals([first, first + " harbour", first + " harbour field", first]) == [0, 0, 0, 0]


def test_nothing_comes_of_nothing() -> None:
    assert originals([]) == []
    assert repeated([]) == []
    assert originals(["", ""]) == [0, 1]


REPRINTS = {
    "another headline": REPORT.replace("Flood in Marren kills six", "Town under water, mayor asks for army"),
    "no headline": "\n\n".join(paragraphs(REPORT)[1:]),
    "cut at the end": "\n\n".join(paragraphs(REPORT)[:3]),
    "cut at the start": "\n\n".join(paragraphs(REPORT)[2:]),
    "a dateline": REPORT.replace("\n\nSix", "\n\nMARREN, March 4 (Agency) — Six"),
    "credits": REPORT + "\n\nAdditional reporting by Ada Lind in Oslo; editing by Kofi Mensah. © 2025 Agency.",
    "slips": typed(REPORT, 12),
    "paragraphs in another order": "\n\n".join(paragraphs(REPORT)[i] for i in (0, 1, 3, 2, 4)),
    "a paragraph of its own": f"{REPORT}\n\n{prose(8, 30).capitalize()}.",
    "other words": REPORT.replace("said", "stated").replace("town", "city").replace("put", "estimate"),
    "numbers in words and rounded": REPORT.replace("14 days", "fourteen days").replace("Six people", "6 people"),
}


@pytest.mark.parametrize("reprint", REPRINTS.values(), ids=REPRINTS)
def test_a_report_in_print_again_goes_back_to_it(reprint: str) -> None:
    assert originals([REPORT, reprint], [DAY, DAY + timedelta(days=1)]) == [0, 0]
    assert originals([reprint, prose(9), REPORT]) == [0, 1, 0]


OTHERS = {
    "other numbers in one form": (FORM.format("1.5", "6-1/2"), FORM.format("2.5", "6-5/8")),
    "one other number in one form": (FORM.format("1.5", "6.52"), FORM.format("1.5", "6.61")),
    "about somebody else": (
        "SUN RAISES PRICES\n\nSun Co said it raised the price that it will pay for all grades of crude oil by 50 cents "
        "a barrel from today. The increase brings the posted price for the benchmark to 19 dollars a barrel, the "
        "company said. Sun changed its prices last on March 4.",
        "PHILLIPS RAISES PRICES\n\nPhillips Co said it raised the price that it will pay for all grades of crude oil "
        "by 50 cents a barrel from today. The increase brings the posted price for the benchmark to 19 dollars a "
        "barrel, the company said. Phillips changed its prices last on March 4.",
    ),
    "a story that goes on": (
        REPORT,
        "Army reaches flooded Marren\n\nSoldiers arrived in Marren on Wednesday and began to rebuild the bridge. "
        "Eleven people are now known to have died, and 300 have no roof over their heads. The minister of the "
        "interior spoke of a night that the region would not forget.\n\nThe government will meet on Thursday "
        "to decide how much help the town can have, and whether the regional council is to blame.\n\n"
        + paragraphs(REPORT)[4],
    ),
}


@pytest.mark.parametrize("pair", OTHERS.values(), ids=OTHERS)
def test_another_report_on_one_topic_stays_another(pair: tuple[str, str]) -> None:
    assert originals(pair, [DAY, DAY]) == [0, 1]
    assert originals(pair[::-1]) == [0, 1]


def test_a_corrected_number_among_many_leaves_the_report_one() -> None:
    table = " ".join(f"{name} sold {number} tonnes to the mills in the north," for number, name in enumerate(WORDS, 20))
    assert originals([f"Mills\n\n{table}", f"Mills\n\n{table.replace('27 tonnes', '29 tonnes')}"]) == [0, 0]


def test_a_form_filled_in_alike_a_week_later_is_another_report() -> None:
    form = (
        "GRAIN SHIPS\n\nThere were five grain ships loading and eight waiting to load at Portland, the exchange said."
    )
    assert originals([form, form], [DAY, DAY + timedelta(days=1)]) == [0, 0]
    assert originals([form, form], [DAY, DAY + timedelta(days=7)]) == [0, 1]


def test_items_of_a_digest_stay_apart() -> None:
    items = [f"Item {number}\n\n{prose(number, 60)}." for number in range(20, 28)]
    digest = "\n\n".join(["News in brief", prose(30, 20), *items])
    found = originals([*items, digest])
    assert found[: len(items)] == list(range(len(items)))


def test_the_order_of_other_texts_does_not_change_who_goes_together() -> None:
    texts = [prose(seed) for seed in range(30)] + [" ".join(prose(seed).split()[:70]) for seed in range(30)]
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    found = originals([texts[number] for number in order])
    assert all((order[place] - order[first]) % 30 == 0 for place, first in enumerate(found))
    assert len(set(found)) == 30


def test_many_copies_of_one_text_take_no_longer_than_others() -> None:
    first = prose(40, 200)
    texts = [f"{first} {prose(seed, 3)}" for seed in range(300)]
    assert set(originals(texts)) == {0}
