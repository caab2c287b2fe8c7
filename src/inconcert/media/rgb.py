"""Any picture as eight bits each of red, green and blue, as programs that read pictures expect it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image


def rgb(image: Image) -> Image:
    """The picture in mode RGB: deep grey values spread over the range they use, transparent pictures laid on white, or on
    black where what they show is light, so that words of the colour of the ground stay readable."""
    from PIL import Image as pillow

    if image.mode == "RGB":
        return image
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _eight_bits(image).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    shown = image.convert("RGBA")
    seen = shown.getchannel("A").point(lambda value: 255 * (value > 0))
    grey = np.asarray(shown.convert("RGB").convert("L"))[np.asarray(seen) > 0]
    ground = "black" if grey.size and grey.mean() >= 128 else "white"
    return pillow.alpha_composite(pillow.new("RGBA", shown.size, ground), shown).convert("RGB")


def _eight_bits(image: Image) -> Image:
    """Grey of 16 or 32 bits or floating point, lowest value black, highest white; what is no number is black."""
    from PIL import Image as pillow

    values = np.nan_to_num(np.asarray(image).astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    scaled = (values - low) / (high - low) * 255 if high > low else np.zeros_like(values)
    return pillow.fromarray(scaled.astype(np.uint8))
