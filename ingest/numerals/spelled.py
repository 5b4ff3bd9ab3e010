"""Numbers in words: "twenty-one", "half a million", and how a run of such words is read."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: str) -> list[str]:
    """The words of a table, written as one string so that it can be read."""
    return words.split()


SMALL_NUMBERS = {
    name: number
    for number, name in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
} | {name: 10 * ten for ten, name in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "crore": 1e7, "crores": 1e7,
    "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
# Plurals with no number before them: at least two of their kind, so "dozens" is at least 24.
PLURAL_MAGNITUDES = {
    "dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3, "millions": 2e6, "billions": 2e9,
    "trillions": 2e12, "lakhs": 2e5, "crores": 2e7,
}  # fmt: skip
ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)


def lowered(text: str) -> str:
    """The text in lower case with every character in its place: the few capitals that grow when lowered stay."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lower


def read_spelled(words: Sequence[str]) -> tuple[float, int]:
    """The number that the first words spell, and how many words it takes: (0, 0) for none."""
    total, current, used, smallest = 0.0, 0.0, 0, float("inf")
    for place, word in enumerate(words):
        if word in ("a", "an") and place == 0:
            current = 1.0
            continue
        if word == "and":
            if place + 1 >= len(words) or words[place + 1] not in SMALL_NUMBERS or words[place - 1] not in MAGNITUDES:
                break
            continue
        if word in SMALL_NUMBERS:
            number, rest = SMALL_NUMBERS[word], current % 100
            if words[0] in ("a", "an") and place == 1:
                break
            if used and rest and not (rest >= 20 and rest % 10 == 0 and 0 < number < 10):
                break
            current += number
        elif word == "hundred" and 0 < current < 100:
            current *= 100
        elif word == "dozen" and 0 < current < 100:
            current *= 12
        elif word in MAGNITUDES and word != "hundred" and current and MAGNITUDES[word] < smallest:
            smallest = MAGNITUDES[word]
            total += current * smallest
            current = 0.0
        else:
            break
        used = place + 1
    return (total + current, used) if used else (0.0, 0)


def spelled_value(words: Sequence[str]) -> float | None:
    """The number that all these words make, digits allowed; None when they make none."""
    if len(words) == 1 and words[0][:1].isdecimal():
        try:
            return float(words[0].replace(",", ""))
        except ValueError:
            return None
    value, used = read_spelled(words)
    return value if used and used == len(words) else None
