"""What a student learns from its teacher: each head's distribution on every word, also where no corpus says a thing."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from training.heads import FLAT, Reader
from training.windows import Batch

# Hinton, Vinyals and Dean 2015: softer distributions tell more of how alike the wrong answers are.
TEMPERATURE = 2.0


def divergence(student: Tensor, teacher: Tensor) -> Tensor:
    """Mean Kullback-Leibler divergence of softened scores, (N, labels) each, scaled back to the size of a gold loss."""
    given = F.log_softmax(student.float() / TEMPERATURE, -1)
    wanted = F.log_softmax(teacher.float() / TEMPERATURE, -1)
    return F.kl_div(given, wanted, log_target=True, reduction="batchmean") * TEMPERATURE**2


def teaching_losses(
    student: Reader, words: Tensor, teacher: Reader, namer: Reader | None, batch: Batch
) -> dict[str, Tensor]:
    """The divergence of each head; `words` are the student's vectors of the batch, `namer` teaches names if given.

    Relations are compared at the teacher's heads and roles at the teacher's predicates, within sentences.
    """
    real = batch.words
    within = batch.sentence[:, :, None] == batch.sentence[:, None, :]
    within &= real[:, :, None]
    with torch.no_grad():
        taught = teacher.word_vectors(batch.pieces, batch.shapes, batch.firsts)
        arcs = teacher.masked_arcs(taught, batch.sentence)
        heads = arcs.argmax(-1)
        predicates = real & (teacher.flat["predicates"](taught).argmax(-1) == 1)
        window, word = real.nonzero().T
        row, predicate, argument = (predicates[:, :, None] & within).nonzero().T
    found = {name: divergence(student.flat[name](words[real]), teacher.flat[name](taught[real])) for name in FLAT}
    if namer is not None:
        with torch.no_grad():
            named = namer.word_vectors(batch.pieces, batch.shapes, batch.firsts)[real]
            wanted = namer.flat["names"](named)
        found["names"] = divergence(student.flat["names"](words[real]), wanted)
    found["arcs"] = divergence(student.masked_arcs(words, batch.sentence)[real], arcs[real])
    both = ((student, words), (teacher, taught))
    found["relations"] = divergence(*(model.relation_scores(given, window, word, heads) for model, given in both))
    if len(row):
        found["roles"] = divergence(*(model.role_scores(given, row, predicate, argument) for model, given in both))
    return found
