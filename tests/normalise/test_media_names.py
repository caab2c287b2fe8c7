"""A name that an export gives to a file of its own means another picture in every export; a platform's own means the same."""

from __future__ import annotations

import pytest

from inconcert.normalise.media_names import name_in_export, of_export

OWN = ["photos/photo_1@01-01-2024_10-00-00.jpg", "photos/photo_1.jpg", "IMG-20240101-WA0001.jpg", "1.png", "video_files\\a.MP4",
       "IMG20240101123456789.jpg", "Screenshot_20240101-101010.png", "media/cat.webp"]  # fmt: skip
OF_A_PLATFORM = ["3_1234567890123456789", "1234567890123456789", "9f86d081884c7d659a2feaa0c55ad015.jpg", "1234567890123456789-Eabc.mp4",
                 "https://example.org/a/photo_1.jpg", "media/0066VpxIly1hq3f5a7c9dj30u0140q9x.jpg",
                 "d41d8cd9-8f00-3204-a980-0998ecf8427e.jpeg", "m1", "phash:ffee"]  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_names_of_an_export_differ_between_exports(name: str) -> None:
    assert of_export(name, "a1") != of_export(name, "b2")
    assert name_in_export(of_export(name, "a1")) == ("a1", name)


@pytest.mark.parametrize("name", OF_A_PLATFORM)
def test_names_of_a_platform_mean_the_same_everywhere(name: str) -> None:
    assert of_export(name, "a1") == name
    assert name_in_export(name) == (None, name)
