"""The hypotheses about one group as people left them: the template, what was added, renamed, split, set aside, and given another prior.

One that is made like another takes its share of the other's prior, as the parts of a split do. Else whoever names five ministries makes it
likelier that any of them did it, by counting.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from inconcert.attribution.hypotheses import TEMPLATE, Hypothesis
from inconcert.attribution.ranges import Range
from inconcert.judgement.weighed import Weighed


def hypotheses_entered(entries: Sequence[Weighed]) -> tuple[list[Hypothesis], list[Weighed]]:
    """The hypotheses, and entries about some that are not there (those about items among them)."""
    found = {one.id: one for one in TEMPLATE}
    sharing = {id: frozenset({id}) for id in found}
    unused = []
    for one in entries:
        about = one.value.get("like" if one.what == "hypothesis" else "about")
        if one.what not in ("hypothesis", "rename", "split", "aside", "prior", "dissent"):
            continue
        if about not in found or not _fits(one, found):
            unused.append(one)
            continue
        its = found[about]
        if one.what in ("aside", "prior", "split"):  # from here on it has a weight of its own, which others leave alone
            sharing |= {id: sharing[id] - {about} for id in sharing[about]} | {about: frozenset({about})}
        match one.what:
            case "hypothesis":
                new = f"H{len(TEMPLATE) + one.number}"  # of its entry, so that taking another back renames nothing
                found[new] = Hypothesis(new, its.form, one.value["title"], its.id, named=True)
                together = sharing[about] | {new}
                shared = _shared([found[id].prior for id in sorted(sharing[about])], len(together))
                found |= {id: replace(found[id], prior=shared) for id in together}
                sharing |= dict.fromkeys(together, together)
            case "rename":
                found[about] = replace(its, title=one.value["title"], named=True)
            case "aside":
                found[about] = replace(its, aside=one.value["text"])
            case "prior":
                low, high = one.value["weight"]
                found[about] = replace(its, prior=Range(low, min(max((low * high) ** 0.5, low), high), high))
            case "split":
                parts = _split(its, one)
                found |= parts
                sharing |= {id: frozenset({id}) for id in parts}
    return list(found.values()), unused


def _fits(one: Weighed, found: Mapping[str, Hypothesis]) -> bool:
    """Whether two rivals are left after a setting aside, and a split has parts."""
    if one.what == "split":
        return len(one.value["titles"]) > 1 and found[one.value["about"]].aside is None
    if one.what == "aside":
        return sum(h.aside is None for h in found.values() if h.id != one.value["about"]) > 1
    return True


def _shared(priors: Sequence[Range], parts: int) -> Range:
    """What each of so many parts has of these weights together, in equal shares: naming more of one kind makes that kind no likelier."""
    ends = zip(*((its.low, its.point, its.high) for its in priors), strict=True)
    return Range(*(math.fsum(end) / parts for end in ends))


def _split(its: Hypothesis, one: Weighed) -> dict[str, Hypothesis]:
    """The parts share the weight of the whole, which is weighed no longer."""
    parts = one.value["titles"]
    share = _shared([its.prior], len(parts))
    ids = [f"{its.id}.{number}" for number in range(1, len(parts) + 1)]
    made = {id: Hypothesis(id, its.form, title, its.id, share, True) for id, title in zip(ids, parts, strict=True)}
    return {its.id: replace(its, aside=f"split into {' and '.join(ids)}"), **made}
