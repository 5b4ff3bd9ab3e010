"""Fits the nets of `graph.attention`: first on how names are written in other scripts, then on pairs of names.

Hangul and Hebrew letters write a name as it is spoken, so a net that can tell how they write one knows how it is read.
It learns that with connectionist temporal classification (Graves et al. 2006), and goes on with it beside the pairs.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from graph.attention import FARTHEST, Array, numbered
from training.name_pairs import Example

FRAMES = {"korean": 3, "hebrew": 2}  # signs that one Latin letter can stand for
LONGEST = 20  # letters
_SILENT = "\u110b"  # the sign of a Hangul syllable that begins with its vowel
_FINAL = str.maketrans("ךםןףץ", "כמנפצ")  # Hebrew letters at the end of a word, and elsewhere
_ACCIDENT = 2.0  # nats a sign: a name so badly written is another word of it, its words being in another order

Written = tuple[str, tuple[int, ...]]  # a Latin word, and the numbers of the signs that write it
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The size of a net and how it is fitted; the same settings give the same net."""

    width: int = 48
    layers: int = 4
    attended: int = 24
    units: int = 48
    batch: int = 128
    writing_rounds: int = 6
    writing_rate: float = 3e-3
    rounds: int = 10
    rate: float = 2e-3
    beside: float = 0.3  # weight of writing while pairs are learned
    seed: int = 0


def signs(script: str, word: str) -> str:
    """The signs of a word by their sound: Hangul taken apart, Hebrew without marks; nothing where there are others."""
    if script == "korean":
        apart = unicodedata.normalize("NFD", word).replace(_SILENT, "")
        return apart if all("\u1100" <= sign <= "\u11ff" for sign in apart) else ""
    plain = "".join(sign for sign in word if sign not in '-׳"\u200e\u200f').translate(_FINAL)
    return plain if all("א" <= sign <= "ת" or sign == "'" for sign in plain) else ""


class Net(nn.Module):
    """One net, as `graph.attention.compared` reads it, and what writes names in other scripts."""

    def __init__(self, settings: Settings, alphabets: Mapping[str, int]) -> None:
        super().__init__()
        width, units = settings.width, settings.units
        self.letters = nn.Embedding(28, width, padding_idx=0)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3, padding=1) for _ in range(settings.layers))
        self.attend = nn.Linear(width, settings.attended)
        self.distance = nn.Parameter(torch.linspace(1.0, -2.5, FARTHEST))
        self.compare = nn.Linear(4 * width, units)
        self.further = nn.Linear(units, units)
        self.sum = nn.Linear(2 * units, units)
        self.say = nn.Linear(units, 1)
        self.write = nn.ModuleDict(
            {script: nn.Linear(width, FRAMES[script] * (size + 1)) for script, size in alphabets.items()}
        )
        self.less, self.least = nn.Dropout(0.2), nn.Dropout(0.1)

    def read(self, words: Tensor) -> Tensor:
        """How each letter is read: (words, letters) → (words, letters, width)."""
        there = (words > 0).float()[:, None]
        read = self.letters(words).transpose(1, 2) * there
        for convolution in self.convolutions:
            read = (read + torch.relu(convolution(self.least(read)))) * there
        return read.transpose(1, 2)

    def written(self, script: str, words: Tensor) -> Tensor:
        """The logarithms of what may stand in each frame: (words, frames, signs); the first sign is none."""
        frames = self.write[script](self.least(self.read(words)))
        return frames.reshape(len(words), words.shape[1] * FRAMES[script], -1).log_softmax(-1)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """How much speaks for each pair of words being one name, in nats."""
        one, two = self.read(left), self.read(right)
        here, there = (left > 0).float(), (right > 0).float()
        scores = self.attend(one) @ self.attend(two).transpose(1, 2) / self.attend.out_features**0.5
        far = (torch.arange(left.shape[1])[:, None] - torch.arange(right.shape[1])).abs().clamp(max=FARTHEST - 1)
        scores = scores + self.distance[far]
        to_right = scores.masked_fill((there == 0)[:, None], -1e4).softmax(2)
        to_left = scores.masked_fill((here == 0)[:, :, None], -1e4).softmax(1).transpose(1, 2)
        halves = self._different(one, to_right @ two, here), self._different(two, to_left @ one, there)
        number = (here.sum(1) + there.sum(1))[:, None]
        mean = 2 * (halves[0].sum(1) + halves[1].sum(1)) / number
        summed = torch.cat((mean, torch.maximum(halves[0].max(1).values, halves[1].max(1).values)), -1)
        said: Tensor = self.say(self.less(torch.relu(self.sum(self.less(summed)))))[:, 0]
        return said

    def _different(self, letters: Tensor, others: Tensor, there: Tensor) -> Tensor:
        beside = torch.cat((letters, others, (letters - others).abs(), letters * others), -1)
        compared = torch.relu(self.compare(self.less(beside)))
        return torch.relu(self.further(self.less(compared))) * there[..., None]

    def arrays(self) -> dict[str, Array]:
        """The arrays that `graph.attention.compared` takes, for this net alone."""

        def layer(linear: nn.Module) -> Tensor:
            return torch.cat((linear.weight.T, linear.bias[None]))

        found = {"letters": self.letters.weight, "distance": self.distance[None]}
        for number, convolution in enumerate(self.convolutions):
            weight = convolution.weight.permute(2, 1, 0).flatten(0, 1)
            found[f"convolution {number}"] = torch.cat((weight, convolution.bias[None]))
        for name, linear in (
            ("attend", self.attend), ("compare", self.compare), ("compare further", self.further),
            ("sum", self.sum), ("say", self.say),
        ):  # fmt: skip
            found[name] = layer(linear)
        return {name: array.detach().numpy()[None].astype(np.float32) for name, array in found.items()}


def fit(examples: Sequence[Example], words: Mapping[str, Sequence[tuple[str, str]]], settings: Settings) -> Net:
    """A net that learned from pairs, and from words with how each script writes them."""
    torch.manual_seed(settings.seed)
    draw = random.Random(settings.seed)
    alphabets = {
        script: sorted({sign for _, other in rows for sign in signs(script, other)}) for script, rows in words.items()
    }
    number = {script: {sign: i for i, sign in enumerate(alphabet, 1)} for script, alphabet in alphabets.items()}
    writing = {
        script: [
            (word, tuple(number[script][sign] for sign in signs(script, other)))
            for word, other in rows
            if len(word) <= LONGEST and 0 < len(signs(script, other)) <= FRAMES[script] * len(word)
        ]
        for script, rows in words.items()
    }
    net = Net(settings, {script: len(alphabet) for script, alphabet in alphabets.items()})

    def all_writing(size: int) -> list[tuple[str, list[Written]]]:
        found = [(script, rows) for script in sorted(writing) for rows in _batches(writing[script], size, draw)]
        draw.shuffle(found)
        return found

    learner = _Learner(net, settings.writing_rate, settings.writing_rounds * len(all_writing(2 * settings.batch)))
    for turn in range(settings.writing_rounds):
        for script, rows in all_writing(2 * settings.batch):
            learner.step(_miswritten(net, script, rows, known=turn > 1))
    pairs = [(example.words[draw.randrange(2)], example) for example in examples]
    learner = _Learner(net, settings.rate, settings.rounds * (len(pairs) // settings.batch + 1))
    beside: list[tuple[str, list[Written]]] = []
    for _ in range(settings.rounds):
        for batch in _batches(pairs, settings.batch, draw):
            batch_rows = [example for _, example in batch]
            said = net(*(_padded([one.words[side] for one in batch_rows]) for side in (0, 1)))
            same = torch.tensor([float(one.same) for one in batch_rows])
            weight = torch.tensor([one.weight for one in batch_rows])
            loss = (F.binary_cross_entropy_with_logits(said, same, reduction="none") * weight).mean()
            beside = beside or all_writing(settings.batch)
            learner.step(loss + settings.beside * _miswritten(net, *beside.pop(), known=True))
    return net.eval()


class _Learner:
    """AdamW whose rate rises for a hundred steps and then falls to nothing."""

    def __init__(self, net: Net, rate: float, steps: int) -> None:
        self._net, self._rate, self._steps, self._done = net, rate, steps, 0
        self._optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-3)

    def step(self, loss: Tensor) -> None:
        share = min(1.0, (self._done + 1) / 100) * max(0.0, 1 - self._done / self._steps)
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * share
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._net.parameters(), 1.0)
        self._optimizer.step()
        self._done += 1


def _miswritten(net: Net, script: str, rows: Sequence[Written], *, known: bool) -> Tensor:
    """How badly a net writes words, in nats a sign; once it has `known` some, accidents do not count."""
    words = _padded([word for word, _ in rows])
    chances = net.written(script, words).transpose(0, 1)
    lengths = torch.tensor([FRAMES[script] * (len(word) + 2) for word, _ in rows])
    wanted = torch.tensor([len(signs) for _, signs in rows])
    signs = torch.tensor([sign for _, signs in rows for sign in signs])
    lost = F.ctc_loss(chances, signs, lengths, wanted, reduction="none", zero_infinity=True) / wanted
    return (lost * (lost < _ACCIDENT) if known else lost).mean()


def _batches(rows: Sequence[tuple[str, Row]], size: int, draw: random.Random) -> Iterator[list[tuple[str, Row]]]:
    """Rows in batches of words about as long, in an order drawn."""
    mixed = draw.sample(rows, len(rows))
    batches = []
    for start in range(0, len(mixed), 20 * size):
        near = sorted(mixed[start : start + 20 * size], key=lambda row: len(row[0]))
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    draw.shuffle(batches)
    return iter(batches)


def _padded(words: Sequence[str]) -> Tensor:
    rows = [torch.tensor(numbered(word)) for word in words]
    return nn.utils.rnn.pad_sequence(rows, batch_first=True)
