"""The verdict on one group and one operation, in words that the numbers carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from inconcert.indicators.evidence import Ratio, from_p
from inconcert.linking.families import FAMILIES, capped
from inconcert.linking.rarity import joint

LINKED, POSSIBLY, NO_EVIDENCE, NOT_COMPARED = "linked", "possibly", "no evidence", "could not be compared"
VERDICTS: dict[str, str] = {
    LINKED: "at least seven bits (a chance of less than 1 in 100) after paying for the comparisons, from two independent items or more that are "
    "neither tactics nor hashtags, one of them exact or three near, and shown by two members or more; two items must be left without any one member",
    POSSIBLY: "at least three bits after paying, from something else than tactics and hashtags",
    NO_EVIDENCE: "less than that",
    NOT_COMPARED: "nothing is published of it that the posts and accounts of this case could show",
}
"""Verdict -> when it is given. It is on likeness of material; none says who runs a group."""

LINKED_BITS, POSSIBLY_BITS = 7.0, 3.0
"""Seven are 1 in 128, the first whole number of bits below the 1 in 100 that is the bar elsewhere: for any unrelated pair of the whole run, which is paid for."""
LEAST_ITEMS, LEAST_NEAR, LEAST_CARRIERS = 2, 3, 2
OF_ANYBODY = frozenset({"hashtags", "tactics"})
"""Families that add to a link and make none: whoever follows a subject uses its hashtags, which operations take up."""


@dataclass(frozen=True)
class Piece:
    """One independent piece of evidence: its family, the most bits of its items, whether an item matches exactly, who shows it."""

    family: str
    bits: float
    exact: bool
    carriers: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """verdict: of VERDICTS.   bits: after paying, at least 0.   families: bits of each that count, capped.   paid: for comparisons.
    most: what all families but tactics may count together.   kinds: of indicator that were compared, of which any may match by chance."""

    verdict: str
    bits: float
    families: Mapping[str, float]
    paid: float
    most: float = inf
    kinds: int = 1


def verdict(pieces: Sequence[Piece], paid: float, most: float = inf, kinds: int = 1) -> Verdict:
    """The verdict on the pieces of evidence, those without bits being none. Order does not matter. most, kinds: see Verdict."""
    telling = [piece for piece in pieces if piece.bits > 0]
    families = capped(sorted((piece.family, piece.bits) for piece in telling))
    tactics = families.get("tactics", 0.0)
    together = joint([piece.bits for piece in telling if piece.family != "tactics"], kinds)
    together = min(together, sum(bits for name, bits in families.items() if name != "tactics"), most)
    bits = max(0.0, together + tactics - paid)
    material = [piece for piece in telling if piece.family not in OF_ANYBODY]
    carriers = frozenset().union(*(piece.carriers for piece in material))
    if (
        bits >= LINKED_BITS
        and _without_any_one(material) >= LEAST_ITEMS
        and len(carriers) >= LEAST_CARRIERS
        and (any(piece.exact for piece in material) or len(material) >= LEAST_NEAR)
    ):
        return Verdict(LINKED, bits, families, paid, most, kinds)
    if bits >= POSSIBLY_BITS and material:
        return Verdict(POSSIBLY, bits, families, paid, most, kinds)
    return Verdict(NO_EVIDENCE, bits, families, paid, most, kinds)


def _without_any_one(pieces: Sequence[Piece]) -> int:
    """Pieces that are left when the one member is left out without whom fewest are: one reader of a source, whose shares another passed on, is no group."""
    alone = Counter(account for piece in pieces if len(piece.carriers) == 1 for account in piece.carriers)
    return len(pieces) - max(alone.values(), default=0)


OF_READERS = " All of it was shown only after it had been published: those who report on it or warn of it show the same, and so do those who were its target."


def ratio(bits: float) -> Ratio:
    """The likelihood ratio that so many bits carry, with its range; 1 for none.

    Bits are a chance under "unrelated", as p-values are, and no ratio yet: nothing is known of how often an operation shows again what was
    published of it. The range is what holds whatever that is, as `evidence.from_p` has it.
    """
    found = from_p(2.0**-bits)
    return Ratio(max(1.0, found.value), max(1.0, found.low), max(1.0, found.high))


def would_change(found: Verdict, pieces: Sequence[Piece], most_bits: float) -> str:
    """What would change the verdict, in one sentence. most_bits: what one exact match could be worth here."""
    telling = sorted((p for p in pieces if p.bits > 0), key=lambda p: (-p.bits, p.family))
    if found.verdict == LINKED:
        without = verdict(telling[1:], found.paid, found.most, found.kinds)
        families = [
            name
            for name in found.families
            if verdict([p for p in telling if p.family != name], found.paid, found.most, found.kinds).verdict != LINKED
        ]
        rests = f"; it rests on {' and on '.join(families)}" if families else "; no single family carries it alone"
        still = "still " if without.verdict == LINKED else ""
        return f"Without its strongest item it would {still}be '{without.verdict}' ({without.bits:.1f} bits){rests}."
    material = [p for p in telling if p.family not in OF_ANYBODY]
    lacks = []
    if found.bits < LINKED_BITS:
        lacks.append(f"{LINKED_BITS - found.bits:.1f} more bits")
    if len(material) < LEAST_ITEMS:
        lacks.append(
            f"{LEAST_ITEMS - len(material)} more independent item{'s' if len(material) < LEAST_ITEMS - 1 else ''}"
        )
    if len(frozenset().union(*(p.carriers for p in material))) < LEAST_CARRIERS:
        lacks.append(f"items shown by {LEAST_CARRIERS} members or more")
    elif _without_any_one(material) < LEAST_ITEMS <= len(material):
        lacks.append(f"{LEAST_ITEMS} items left without any one member")
    if not any(p.exact for p in material) and len(material) < LEAST_NEAR:
        lacks.append(f"an exact match, or {LEAST_NEAR} near ones")
    worth = "A larger control makes a match worth more: with this one, a match by one member is worth"
    return f"It would be 'linked' with {', '.join(lacks)}. {worth} {most_bits:.1f} bits at most."


def sentence(found: Verdict, pieces: Sequence[Piece], ordinary: int, of_readers: bool = False) -> str:
    """What was found, in one sentence that claims likeness of material and nothing of persons. ordinary: accounts of the control that post on its
    platforms and in its languages. of_readers: whether all of it was shown only after it had been published."""
    if found.verdict == NOT_COMPARED:
        return VERDICTS[NOT_COMPARED].capitalize() + "."
    material = [p for p in pieces if p.bits > 0 and p.family != "tactics"]
    if not material:
        return f"Its posts and accounts show nothing published for this operation that is rare among {ordinary:,} ordinary accounts."
    members = len(frozenset().union(*(p.carriers for p in material)))
    kinds = [name for name in FAMILIES if any(p.family == name for p in material)]
    items = f"{len(material)} independent item{'s' if len(material) > 1 else ''}"
    return (
        f"{members:,} of its accounts show {items} published for this operation ({', '.join(kinds)}), worth {found.bits:.1f} bits beside "
        f"{ordinary:,} ordinary accounts. That is likeness of material, and no finding about its authors.{OF_READERS if of_readers else ''}"
    )
