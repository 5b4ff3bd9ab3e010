"""The heads on the encoder, and their losses."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import Encoder
from training.inventory import Inventory
from training.windows import IGNORED, Batch

# Heads that score each word by itself, in the order in which the shipped model writes them.
FLAT = ("names", "upos", "xpos", "lemmas", "events", "starts", "predicates")
# Width of the arc, relation and role spaces. 256 against 192: no measurable cost at run time.
ARC, PAIR = 192, 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each head's mean loss counts for: roles are mostly "none"; names at 1 lost 1.5 points to the other heads."""

    names: float = 2.5
    upos: float = 0.4
    xpos: float = 0.4
    lemmas: float = 0.3
    events: float = 0.4
    starts: float = 0.5
    arcs: float = 1.0
    relations: float = 0.7
    predicates: float = 0.5
    roles: float = 4.0


class Pair(nn.Module):
    """Labels a pair of words: one hidden layer over the sum of both sides."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.left = nn.Linear(width, PAIR)
        self.right = nn.Linear(width, PAIR, bias=False)
        self.out = nn.Linear(PAIR, labels)

    def score(self, left: Tensor, right: Tensor) -> Tensor:
        """left, right: (pairs, PAIR), already projected."""
        return self.out(F.dropout(F.relu(left + right), 0.2, self.training))


class Reader(nn.Module):
    """The encoder with all its heads."""

    def __init__(self, encoder: Encoder, inventory: Inventory) -> None:
        super().__init__()
        width = encoder.size.width
        self.inventory = inventory
        self.encoder = encoder
        self.drop = nn.Dropout(0.15)
        sizes = {name: len(labels) for name, labels in inventory.as_dict().items()}
        # Starts and predicates are yes or no.
        self.flat = nn.ModuleDict({name: nn.Linear(width, sizes.get(name, 2)) for name in FLAT})
        self.arc_dependent = nn.Linear(width, ARC)
        self.arc_head = nn.Linear(width, ARC)
        self.arc = nn.Linear(ARC, ARC, bias=False)
        self.root = nn.Parameter(torch.zeros(width))
        self.relation = Pair(width, len(inventory.relations))
        self.role = Pair(width, len(inventory.roles))

    def word_vectors(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> Tensor:
        """(B, W, width): each word is read at its first piece."""
        hidden = self.encoder(pieces, shapes)
        return torch.gather(hidden, 1, firsts[..., None].expand(-1, -1, hidden.shape[-1]))

    def arc_scores(self, words: Tensor) -> Tensor:
        """(B, W, 1 + W): how well each word hangs on the root and on each word of its window."""
        root = self.root.expand(len(words), 1, -1)
        dependent = F.dropout(F.gelu(self.arc_dependent(words)), 0.2, self.training)
        head = F.dropout(F.gelu(self.arc_head(torch.cat([root, words], 1))), 0.2, self.training)
        return self.arc(dependent) @ head.transpose(1, 2)

    def masked_arcs(self, words: Tensor, sentence: Tensor) -> Tensor:
        """(B, W, 1 + W): arc scores with every head but the root and the other words of the sentence ruled out."""
        same = sentence[:, :, None] == sentence[:, None, :]
        same &= ~torch.eye(same.shape[1], dtype=torch.bool)
        allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        return self.arc_scores(words).masked_fill(~allowed, -1e4)

    def relation_scores(self, words: Tensor, window: Tensor, word: Tensor, heads: Tensor) -> Tensor:
        """(N, relations): the relation of each chosen word to its head; heads: (B, W), 0 for the root."""
        hung = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        left = self.relation.left(words[window, word])
        right = self.relation.right(hung[window, heads[window, word]])
        return self.relation.score(left, right)

    def role_scores(self, words: Tensor, window: Tensor, predicate: Tensor, argument: Tensor) -> Tensor:
        """(N, roles): the role of each word in its predicate's sentence."""
        left, right = self.role.left(words), self.role.right(words)
        return self.role.score(left[window, predicate], right[window, argument])

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        """The mean loss of each head that the batch has labels for; `words` are the batch's `word_vectors`."""
        found: dict[str, Tensor] = {}
        named = batch.names != IGNORED
        if named.any():
            scores = F.log_softmax(self.flat["names"](words[named]), -1)
            allowed = batch.tag_sets[batch.names[named]]
            found["names"] = -scores.masked_fill(~allowed, -1e4).logsumexp(-1).mean()
        for layer in FLAT[1:]:
            gold = getattr(batch, layer)
            known = gold != IGNORED
            if known.any():
                found[layer] = F.cross_entropy(self.flat[layer](words[known]), gold[known])
        parsed = batch.heads != IGNORED
        if parsed.any():
            rows = parsed.any(1)
            scores = self.masked_arcs(words[rows], batch.sentence[rows])
            known = parsed[rows]
            found["arcs"] = F.cross_entropy(scores[known], batch.heads[rows][known])
            window, word = (batch.relations != IGNORED).nonzero().T
            scores = self.relation_scores(words, window, word, batch.heads)
            found["relations"] = F.cross_entropy(scores, batch.relations[window, word])
        if len(batch.pairs):
            window, predicate, argument, role = batch.pairs.T
            found["roles"] = F.cross_entropy(self.role_scores(words, window, predicate, argument), role)
        return found
