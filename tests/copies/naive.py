"""The definitions once more, as short and slow Python: what the compiled code must give."""

from __future__ import annotations

from inconcert.copies.comparable import comparable

DENSE = [(0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3040, 0x31FF), (0x3400, 0x4DBF),
         (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]  # fmt: skip


def width(form: str) -> int:
    """Characters to a shingle, 0 when the form is too short or has fewer than eight distinct shingles."""
    letters = [c for c in form if c not in " 0123456789"]
    dense = sum(any(low <= ord(c) <= high for low, high in DENSE) for c in letters)
    if 2 * dense > len(letters):
        found = 0 if len(form) < 12 else 2 if len(form) < 20 else 3
    else:
        found = 0 if len(form) < 25 else 5
    return found if len(pieces(form, found)) >= 8 else 0


def pieces(form: str, size: int) -> set[str]:
    """Its distinct shingles of characters."""
    return {form[i : i + size] for i in range(len(form) - size + 1)} if size else set()


def word_pieces(form: str) -> set[tuple[str, ...]]:
    """Its distinct shingles of words."""
    words = form.split()
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def common_width(one: str, other: str) -> int:
    """The width at which two forms are compared; 0: they are not."""
    widths = {width(one), width(other)}
    if len(widths) == 1:
        return widths.pop()
    return 2 if widths == {2, 3} and max(len(one), len(other)) < 50 else 0


def jaccard(one: set, other: set) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def likeness(one: str, other: str) -> float:
    """Jaccard similarity of the shingles of characters of two forms."""
    size = common_width(one, other)
    return jaccard(pieces(one, size), pieces(other, size)) if size else 0.0


def contained(one: str, other: str) -> bool:
    size = common_width(one, other)
    a, b = pieces(one, size), pieces(other, size)
    return min(len(a), len(b)) >= 40 and len(a & b) >= 0.8 * min(len(a), len(b))


def same(one: str, other: str) -> bool:
    """The rule of verify.py."""
    similarity = likeness(one, other)
    a, b = word_pieces(one), word_pieces(other)
    words = jaccard(a, b) if width(one) == 5 and min(len(a), len(b)) >= 6 else 0.0
    if width(one) == 5 and min(len(pieces(form, 5)) for form in (one, other)) > 2_000 and words < 0.25:
        return False
    return similarity >= 0.5 or (similarity >= 0.4 and (contained(one, other) or words >= 0.4))


def clusters(texts: list[str], weight: list[int]) -> dict[int, tuple[int, float]]:
    """text -> (representative, similarity) for the texts that are in a cluster."""
    forms = [comparable(text) for text in texts]
    order = sorted((i for i in range(len(texts)) if width(forms[i])), key=lambda i: (-weight[i], i))
    component = {i: i for i in order}
    for i in order:
        for j in order:
            if component[i] != component[j] and (forms[i] == forms[j] or same(forms[i], forms[j])):
                old, new = component[i], component[j]
                component = {k: new if c == old else c for k, c in component.items()}
    leaders: list[int] = []
    led = {}
    for i in order:
        for leader in leaders:
            similarity = likeness(forms[i], forms[leader])
            enough = similarity >= 0.4 or contained(forms[i], forms[leader])
            if component[i] == component[leader] and enough:
                led[i] = (leader, similarity)
                break
        else:
            leaders.append(i)
            led[i] = (i, 1.0)
    joined = {leader for i, (leader, _) in led.items() if leader != i}
    return {i: found for i, found in led.items() if found[0] in joined}
