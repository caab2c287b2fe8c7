"""Videos give the same frames in every copy, within limits, and nothing but the file is read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.media.hashes import pdq
from inconcert.media.open_file import open_file
from inconcert.media.open_picture import open_picture
from inconcert.media.opened import Opened
from inconcert.media.sampling import MOST_FRAMES, Sampled, step_s
from inconcert.synthetic.clips import animation, clip, video
from media import hostile

FILM = clip(1, 1, seconds=3)


def opened(data: bytes, folder: Path) -> Opened:
    (folder / "clip").write_bytes(data)
    return open_file(folder / "clip")


def distances(one: Opened, other: Opened) -> list[int]:
    """PDQ distance of each frame of one to the nearest of the other."""
    hashes = [[int(pdq(frame.image)[0], 16) for frame in clip.frames] for clip in (one, other)]
    return [min((a ^ b).bit_count() for b in hashes[1]) for a in hashes[0]]


@pytest.mark.parametrize(
    ("copy", "mime"),
    [
        ({"format": "mov"}, "video/quicktime"),
        ({"format": "avi", "quality": 12}, "video/x-msvideo"),
        ({"codec": "libx264", "quality": 30}, "video/mp4"),
        ({"codec": "libvpx", "format": "webm", "quality": 20}, "video/webm"),
        ({"size": (128, 96), "quality": 10}, "video/mp4"),
    ],
)
def test_copies_encoded_again_give_the_same_frames(copy: dict, mime: str, tmp_path: Path) -> None:
    film, again = opened(video(FILM), tmp_path), opened(video(FILM, **copy), tmp_path)
    assert film.mime == "video/mp4"
    assert again.mime == mime
    assert again.duration_s == pytest.approx(3.0, abs=0.15)
    assert [frame.at_s for frame in again.frames] == pytest.approx([frame.at_s for frame in film.frames], abs=0.01)
    assert sorted(distances(film, again))[len(film.frames) // 2] <= 31
    other = opened(video(clip(2, 1, seconds=3)), tmp_path)
    assert min(distances(film, other)) > 60


@pytest.mark.parametrize("format", ["GIF", "WEBP"])
def test_an_animation_of_a_film_gives_the_frames_of_the_film(format: str, tmp_path: Path) -> None:
    assert max(distances(opened(video(FILM), tmp_path), open_picture(animation(FILM, format=format)))) <= 31


def test_a_long_film_is_sought_through_and_not_decoded_whole(tmp_path: Path) -> None:
    film = opened(video(clip(3, 1, seconds=120, fps=4), fps=4), tmp_path)
    assert film.duration_s == pytest.approx(120)
    assert [frame.at_s for frame in film.frames] == pytest.approx([8.0 * n for n in range(15)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (video(FILM)[:2000], "cannot be decoded"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\xff" * 500, "cannot be decoded"),
        (b"\x1aE\xdf\xa3" + b"\0" * 500, "cannot be decoded"),
        (video(FILM, format="avi").replace(b"FMP4", b"zzzz"), "is encoded in a way that is not known"),
        (hostile.PLAYLIST, "playlist"),
    ],
)
def test_damaged_videos_are_set_aside(data: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=reason):
        opened(data, tmp_path)


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    import av
    import numpy as np

    out = BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        for packet in [*stream.encode(frame), *stream.encode()]:
            container.mux(packet)
    with pytest.raises(InputError, match="has sound but no picture"):
        opened(out.getvalue(), tmp_path)


def test_frames_that_are_too_large_are_not_decoded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"frames of|cannot be decoded"):
        opened(video([FILM[0]], size=(4608, 4096), quality=31), tmp_path)


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "link", "folder", "absent"):
        with pytest.raises(InputError, match=r"not an ordinary file|cannot be read"):
            open_file(tmp_path / name)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=200))
def test_frames_kept_are_few_in_order_and_begin_at_the_beginning(times: list[float]) -> None:
    image = FILM[0].copy()
    sampled = Sampled()
    for at_s in sorted(times):
        if sampled.wants(at_s):
            sampled.add(at_s, image)
    kept = [frame.at_s or 0.0 for frame in sampled.frames()]
    assert len(kept) <= MOST_FRAMES
    assert kept == sorted(kept)
    assert set(kept) <= set(times)


@given(st.floats(0.01, 80_000))
def test_a_step_reaches_the_end_in_few_frames_and_is_a_doubled_quarter_second(duration_s: float) -> None:
    step = step_s(duration_s)
    assert duration_s / step <= MOST_FRAMES
    assert step == 0.25 or duration_s / step > MOST_FRAMES / 2
    assert (step / 0.25) in [2.0**n for n in range(30)]
