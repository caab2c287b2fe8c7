"""Pictures that tests draw: lines of text, screens of browsers and phones, faces of nobody."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

GENERATED = ((0.38082, 0.47705), (0.61522, 0.47713))


def write(image: Image.Image, place: tuple[int, int], text: str, size: int = 18, fill: str = "black") -> None:
    """Latin text in the font that Pillow brings, no font of the machine."""
    ImageDraw.Draw(image).text(place, text, fill=fill, font=ImageFont.load_default(size))


def write_chinese(image: Image.Image, place: tuple[int, int], text: str, size: int = 30) -> None:
    """Chinese text in the font that OpenCV 5 brings; `place` is the left end of the line on which the signs stand."""
    import cv2

    pixels = np.array(image)
    cv2.putText(pixels, text, place, (0, 0, 0), cv2.FontFace("uni"), size)
    image.paste(Image.fromarray(pixels))


def browser(width: int = 1600, height: int = 900) -> Image.Image:
    """A whole screen of a desktop: three tabs, an address, a page, a panel of trends, a taskbar with a clock."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 44), fill="#dee1e6")
    for k, title in enumerate(("Reply queue 14 - Desk", "Account sheet - Docs", "Harbour Daily")):
        draw.rectangle((10 + 290 * k, 8, 290 + 290 * k, 44), fill="white")
        write(image, (40 + 290 * k, 15), title, 17)
        write(image, (266 + 290 * k, 15), "x", 17)
    draw.rectangle((110, 54, width - 200, 84), fill="#f1f3f4")
    write(image, (140, 58), "https://harbour-daily.example.com/story/4411", 18)
    write(image, (100, 150), "Port workers vote to end the strike", 40)
    for k, text in enumerate(
        (
            "After nine days of talks the dock union accepted a new contract,",
            "which raises wages by four percent and limits night shifts.",
            "Ships that waited outside the harbour will be unloaded first.",
        )
    ):
        write(image, (100, 230 + 34 * k), text, 22)
    write(image, (1180, 150), "Trending now", 24)
    for k, text in enumerate(("Dock strike", "Cup final", "Heat wave", "New ferry line")):
        write(image, (1180, 196 + 36 * k), text, 20)
    draw.rectangle((0, height - 44, width, height), fill="#20232a")
    write(image, (60, height - 32), "Type here to search", 18, "white")
    write(image, (width - 110, height - 40), "5:42 PM", 16, "white")
    write(image, (width - 110, height - 20), "4/26/2022", 16, "white")
    return image


def face(
    side: int = 400, eyes: Sequence[Sequence[float]] = GENERATED, rng: np.random.Generator | None = None
) -> Image.Image:
    """A drawn head whose eyes have these middles, shares of the side: left and right in the picture. `rng` varies its colours
    and proportions."""
    rng = rng or np.random.default_rng(0)
    left, right = np.array(eyes[0]) * side, np.array(eyes[1]) * side
    middle, across = (left + right) / 2, right - left
    down = np.array([-across[1], across[0]])
    wide, long, mouth = rng.uniform(0.95, 1.1), rng.uniform(0.95, 1.1), rng.uniform(0.9, 1.05)
    skin = rng.uniform(0.75, 1.0) * np.array([232, 188, 158])
    image = Image.new("RGB", (side, side), tuple(int(c) for c in rng.integers(90, 220, 3)))
    draw = ImageDraw.Draw(image)

    def place(a: float, b: float) -> tuple[float, float]:
        x, y = middle + a * across + b * down
        return float(x), float(y)

    def oval(a: float, b: float, ra: float, rb: float, colour: Sequence[float]) -> None:
        turn = np.linspace(0, 2 * np.pi, 60)
        outline = [place(a + ra * np.cos(t), b + rb * np.sin(t)) for t in turn]
        draw.polygon(outline, fill=tuple(int(c) for c in colour))

    unit = float(np.hypot(*across))
    dark = tuple(int(c) for c in rng.integers(20, 80, 3))
    oval(0, 0.35, 1.25 * wide, 1.75 * long, dark)
    oval(0, 1.9 * long, 0.55, 0.8, skin * 0.87)
    oval(0, 0.45, 1.02 * wide, 1.45 * long, skin)
    for s in (-0.5, 0.5):
        oval(s, 0, 0.34, 0.22, skin * 0.84)
        oval(s, 0, 0.24, 0.10, (250, 250, 250))
        oval(s, 0, 0.10, 0.10, (50, 35, 25))
        draw.line([place(s - 0.28, -0.27), place(s, -0.34), place(s + 0.28, -0.27)], fill=dark, width=int(unit * 0.07))
    draw.polygon(
        [place(-0.06, 0.1), place(0.06, 0.1), place(0.2, 0.6), place(-0.2, 0.6)], fill=tuple((skin * 0.92).astype(int))
    )
    for s in (-0.1, 0.1):
        oval(s, 0.6, 0.07, 0.04, skin * 0.5)
    oval(0, mouth, 0.42, 0.12, (170, 80, 80))
    draw.line([place(-0.42, mouth), place(0.42, mouth)], fill=(90, 40, 40), width=max(2, int(unit * 0.03)))
    return image.filter(ImageFilter.GaussianBlur(side / 256))
