"""A generated world of pictures: what people post, the ways in which copies are changed, and look-alikes that are no copies.

Pictures of one family share all that a template fixes (layout, colours, frame, name of the maker) and nothing else.
Drawn with Pillow and its own font; every picture depends on its numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.words import ADJECTIVES, NOUNS

if TYPE_CHECKING:
    from PIL import Image

KINDS = ("photo", "meme", "poster", "screenshot")
Edit = Callable[["Image.Image", np.random.Generator], "Image.Image"]


@dataclass(frozen=True)
class Made:
    """One file.   data: its bytes.   original: number of the picture it shows.   kind: of KINDS.   family: of its template.
    edit: how it differs from the original; "original" when it does not."""

    data: bytes
    original: int
    kind: str
    family: int
    edit: str


def pictures(
    n: int, seed: int, *, families: int = 4, side: int = 480, edits: Sequence[str] | None = None
) -> Iterator[Made]:
    """n originals, each followed by one file for each edit (all of EDITS when None).

    families: templates of each kind; the originals of one are look-alikes.   side: longest side of an original, pixels.
    """
    for number in range(n):
        kind = KINDS[number % len(KINDS)]
        family = number // len(KINDS) % families
        image = draw(kind, family, number, seed, side)
        yield Made(encoded(image, "PNG"), number, kind, family, "original")
        for place, edit in enumerate(EDITS if edits is None else edits):
            changed = EDITS[edit](image, np.random.default_rng([seed, number, 1, place]))
            # platforms recompress what they are given, so that no edit comes alone
            quality = 30 if edit == "recompress" else 80
            yield Made(encoded(changed, "JPEG", quality), number, kind, family, edit)


def encoded(image: Image.Image, format: str, quality: int = 80) -> bytes:
    """The bytes of a file of that format, of Pillow's names; quality only for formats that lose some."""
    out = BytesIO()
    image.save(out, format, **({"quality": quality} if format in ("JPEG", "WEBP") else {}))
    return out.getvalue()


def draw(kind: str, family: int, number: int, seed: int, side: int = 480) -> Image.Image:
    """The picture of that number; its template depends on the kind, family and seed alone."""
    template = np.random.default_rng([seed, 2, KINDS.index(kind), family])
    own = np.random.default_rng([seed, 0, number])
    return _DRAWN[kind](template, own, side)


def _photo(template: np.random.Generator, own: np.random.Generator, side: int) -> Image.Image:
    """A scene under a sky: cloud-like noise of several octaves, a horizon and some things in front."""
    width, height = _shape(template, side)
    return _scene(own, width, height, _palette(template))


def _scene(own: np.random.Generator, width: int, height: int, palette: NDArray[np.float64]) -> Image.Image:
    from PIL import Image, ImageDraw, ImageFilter

    relief = np.zeros((height, width))
    for octave in range(2, 7):
        cells = 2**octave
        grain = Image.fromarray(own.random((cells, cells)).astype(np.float32), "F")
        relief += np.asarray(grain.resize((width, height), Image.Resampling.BICUBIC)) / 1.6**octave
    relief = (relief - relief.min()) / np.ptp(relief)
    rows = np.linspace(0, 1, height)[:, None]
    land = rows > own.uniform(0.35, 0.7) + 0.12 * (relief.mean(axis=0)[None, :] - 0.5) * 4
    shade = 0.45 + 0.75 * relief
    colour = np.where(land[..., None], palette[0], palette[1]) * shade[..., None]
    image = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8), "RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(int(own.integers(4, 9))):
        _thing(pen, own, width, height)
    image = image.filter(ImageFilter.GaussianBlur(width / 640))
    speck = own.normal(0, 4, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + speck, 0, 255).astype(np.uint8), "RGB")


def _thing(pen: Any, own: np.random.Generator, width: int, height: int) -> None:
    """A house, a ball or a post of some colour somewhere."""
    x, y = own.uniform(0, 0.9) * width, own.uniform(0.2, 0.9) * height
    w, h = own.uniform(0.06, 0.28) * width, own.uniform(0.06, 0.32) * height
    fill, line = _colour(own), _colour(own)
    shape = int(own.integers(3))
    if shape == 0:
        pen.ellipse((x, y, x + w, y + w), fill=fill, outline=line, width=2)
    elif shape == 1:
        pen.rectangle((x, y, x + w, y + h), fill=fill, outline=line, width=2)
        pen.polygon(((x, y), (x + w / 2, y - h / 2), (x + w, y)), fill=line)
        pen.rectangle((x + w * 0.4, y + h * 0.5, x + w * 0.6, y + h), fill=line)
    else:
        pen.polygon(((x, y), (x + w, y + h / 3), (x + w / 2, y + h)), fill=fill, outline=line)


def _meme(template: np.random.Generator, own: np.random.Generator, side: int) -> Image.Image:
    """A scene with loud words over its top and bottom."""
    from PIL import ImageDraw

    width, height = _shape(template, side)
    image = _scene(own, width, height, _palette(own))
    pen = ImageDraw.Draw(image)
    font = _font(width / 13)
    for y in (0.03, 0.84):
        words = _words(own, 3).upper()
        pen.text((width / 2, height * y), words, "white", font, anchor="ma", stroke_width=2, stroke_fill="black")
    return image


def _poster(template: np.random.Generator, own: np.random.Generator, side: int) -> Image.Image:
    """Frame, emblem and name of the maker from the template; a scene, a headline and some lines of its own."""
    from PIL import Image, ImageDraw

    width, height = _shape(template, side)
    ground, ink = _colour(template), _colour(template)
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((4, 4, width - 5, height - 5), outline=ink, width=int(template.integers(2, 7)))
    for _ in range(int(template.integers(1, 4))):
        _thing(pen, template, width // 3, height // 5)
    pen.text((width * 0.5, height * 0.93), _words(template, 2), ink, _font(width / 24), anchor="mm")
    scene = _scene(own, int(width * 0.84), int(height * 0.42), _palette(own))
    image.paste(scene, (int(width * 0.08), int(height * template.uniform(0.18, 0.26))))
    pen.text((width * 0.5, height * 0.12), _words(own, 2).title(), ink, _font(width / 12), anchor="mm")
    for line in range(int(own.integers(2, 5))):
        pen.text((width * 0.1, height * (0.7 + 0.05 * line)), _words(own, 5), ink, _font(width / 26))
    return image


def _screenshot(template: np.random.Generator, own: np.random.Generator, side: int) -> Image.Image:
    """Some messages in a window: the bars of the program from the template, everything else its own."""
    from PIL import Image, ImageDraw

    width, height = _shape(template, side)
    dark = template.random() < 0.4
    paper, ink, bar = ("#15202b", "#e0e0e0", "#223344") if dark else ("#ffffff", "#111111", "#d8dee6")
    image = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width, height * 0.07), fill=bar)
    pen.text((8, height * 0.02), _words(template, 2).title(), ink, _font(width / 28))
    y = height * 0.1
    while y < height * 0.86:
        pen.ellipse((10, y, 10 + width / 14, y + width / 14), fill=_colour(own))
        pen.text((20 + width / 14, y), _words(own, 2).title(), ink, _font(width / 26))
        y += width / 20
        for _ in range(int(own.integers(1, 5))):
            pen.text((20 + width / 14, y), _words(own, int(own.integers(2, 7))), ink, _font(width / 30))
            y += width / 22
        if own.random() < 0.3 and y < height * 0.6:
            wide, high = int(width * own.uniform(0.4, 0.8)), int(height * 0.22)
            image.paste(_scene(own, wide, high, _palette(own)), (int(20 + width / 14), int(y)))
            y += high
        y += width / 24
    pen.rectangle((0, height * 0.93, width, height), fill=bar)
    return image


_DRAWN = {"photo": _photo, "meme": _meme, "poster": _poster, "screenshot": _screenshot}


def _resize(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    share = rng.uniform(0.4, 0.8)
    return image.resize((round(image.width * share), round(image.height * share)))


def _same(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image


def _border(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Bars of one colour of up to 15 % of a side, each with its own width."""
    from PIL import Image

    left, right, top, bottom = (round(rng.uniform(0.02, 0.15) * s) for s in (image.width,) * 2 + (image.height,) * 2)
    wide = Image.new("RGB", (image.width + left + right, image.height + top + bottom), _colour(rng))
    wide.paste(image, (left, top))
    return wide


def _crop(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Up to 15 % of the width and of the height cut off, shared between the two ends by chance."""
    cut_x, cut_y = (rng.uniform(0.05, 0.15) * s for s in image.size)
    x, y = rng.uniform(0, cut_x), rng.uniform(0, cut_y)
    return image.crop((round(x), round(y), round(x + image.width - cut_x), round(y + image.height - cut_y)))


def _overlay(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A line of words on a band across the picture."""
    from PIL import ImageDraw

    image = image.copy()
    pen = ImageDraw.Draw(image)
    y, high = rng.uniform(0.05, 0.8) * image.height, image.height * rng.uniform(0.07, 0.13)
    pen.rectangle((0, y, image.width, y + high), fill=_colour(rng))
    pen.text((image.width / 2, y + high / 2), _words(rng, 3), _colour(rng), _font(high * 0.7), anchor="mm")
    return image


def _grayscale(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image.convert("L").convert("RGB")


def _framed(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """As a screenshot shows it: bars with words above and below, of up to 15 % of the height each."""
    from PIL import Image, ImageDraw

    top, bottom = (round(rng.uniform(0.06, 0.15) * image.height) for _ in range(2))
    paper, ink = ("#000000", "#eeeeee") if rng.random() < 0.5 else ("#ffffff", "#222222")
    shown = Image.new("RGB", (image.width, image.height + top + bottom), paper)
    shown.paste(image, (0, top))
    pen = ImageDraw.Draw(shown)
    pen.text((10, top * 0.3), _words(rng, 2).title(), ink, _font(top * 0.4))
    pen.text((10, shown.height - bottom * 0.7), _words(rng, 4), ink, _font(bottom * 0.35))
    return shown


EDITS: dict[str, Edit] = {
    "resize": _resize,
    "recompress": _same,
    "border": _border,
    "crop": _crop,
    "overlay": _overlay,
    "grayscale": _grayscale,
    "screenshot": _framed,
}
"""How copies are changed, by name."""


def _shape(template: np.random.Generator, side: int) -> tuple[int, int]:
    ratio = (1.0, 4 / 3, 3 / 4, 16 / 9)[int(template.integers(4))]
    return (side, round(side / ratio)) if ratio >= 1 else (round(side * ratio), side)


def _palette(rng: np.random.Generator) -> NDArray[np.float64]:
    return rng.uniform(60, 240, (2, 3))


def _colour(rng: np.random.Generator) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rng.integers(0, 256, 3))


def _words(rng: np.random.Generator, n: int) -> str:
    lists = (ADJECTIVES, NOUNS)
    return " ".join(lists[k % 2][int(rng.integers(len(lists[k % 2])))] for k in range(n))


def _font(size: float) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(max(8, size))
