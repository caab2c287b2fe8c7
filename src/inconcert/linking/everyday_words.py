"""Words and hashtags that everybody writes: texts of nothing else, and such hashtags, tie nobody to anything."""

from __future__ import annotations

import re

from inconcert.normalise.text import is_dense, normalise_text

_TAGS = """
    news breaking breakingnews live update today tomorrow love follow followme followback like likes likeforlike photo photooftheday picoftheday
    instagood instagram twitter facebook youtube tiktok telegram fyp foryou foryoupage viral trending trend video music art fashion travel food
    football soccer cricket nba nfl sport sports health fitness covid covid19 coronavirus corona vaccine lockdown stayhome politics election
    elections vote democracy freedom justice peace war climate climatechange world usa america uk eu europe germany deutschland france italia
    italy spain españa poland polska ukraine україна украина russia россия putin путин china 中国 taiwan hongkong 香港 japan india israel gaza
    palestine iran turkey türkiye trump biden obama brexit covid_19 metoo blacklivesmatter blm happybirthday goodmorning goodnight happynewyear
    christmas easter ramadan eid sunday monday tuesday wednesday thursday friday saturday throwback tbt motivation quotes business bitcoin crypto
    ai tech technology science education jobs новости 新闻 热点 actu actualité nachrichten noticias notícias
"""
HASHTAGS: frozenset[str] = frozenset(_TAGS.split())
"""Hashtags of every day, folded."""

_GREETING = """
    a about after again all also always am an and another any are around as at back be because been before being best better big but by bye can
    christmas come coming congratulations could day days dear did do does doing done down easter enjoy evening ever every everybody everyone
    everything family feel few first for forward free friday friend friends from fun get getting go god goes going good goodbye got great guys had
    happy has have having he hello her here hey hi him his hope how i if in into is it its join just keep know last later let life like little ll
    long look looking lot love lovely made make many may me merry monday month more morning most much must my need never new next nice night no not
    now of off oh ok okay old on one only or our out over own people please post re really right safe same saturday say see share she should so some
    someone something soon still stay such sunday sure take than thank thanks that the their them then there these they thing things think this those
    thursday time tip to today tomorrow tonight too tuesday two up us use ve very wait want was way we wednesday week weekend welcome well were what
    when where which who why will wish with wonderful work world would year years yes yesterday you your
    alles allen alle am an auch auf aus bei danke das dass dem den der des die ein eine einen euch für gut gute guten habt heute ich ihr im in ist
    liebe mit morgen nacht nicht noch schon schöne schönen sehr sich sie tag und von was wir wünsche zu
    à au aux avec belle bon bonjour bonne bonsoir ce de des du en est et je journée la le les merci nous nuit pour que qui soirée tous toutes très un
    une vous
    amigos bien buen buena buenas buenos con de del día días el en es feliz gracias hoy la las los muy noches para por que tardes todo todos un una y
    всем вам вас все день доброе добрый дня до и и как мы на не ночи приятного с спасибо спокойной сегодня то утро утра утром хорошего что это я
"""
WORDS: frozenset[str] = frozenset(_GREETING.split())
"""Words of greetings and small talk in a few languages, case-folded; no list of stop words of any one."""

LEAST_TELLING = 3
"""Different words beyond these that a text must have, or characters of a script that writes without spaces: six times as many."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def everyday_text(text: str) -> bool:
    """Whether a text is nothing but words of every day."""
    form = normalise_text(text)
    if is_dense(form):
        return len(set(filter(str.isalnum, form))) < 6 * LEAST_TELLING
    telling = {part for word in _WORD.findall(form) for part in re.split("['’]", word)} - WORDS
    return len(telling) < LEAST_TELLING
