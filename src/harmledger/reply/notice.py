"""The notice of how replies are processed, as this site is set: nothing in it is promised that the settings don't hold.

Comes in: the settings, and how long things are kept. Goes out: sections of sentences, for a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from harmledger.config import Config
from harmledger.reply.checks import FIRST_REPLIES
from harmledger.reply.copies import WITHIN
from harmledger.reply.lifecycle import EDIT_FOR

OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long what is kept for a while is kept."""

    network: timedelta
    draft: timedelta
    sign_in: timedelta
    mail: timedelta
    session: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSection:
    """One part of the notice."""

    name: str
    heading: str
    sentences: tuple[str, ...]


def write_notice(config: Config, terms: Terms) -> tuple[NoticeSection, ...]:
    """The whole notice."""
    parts = (
        ("who", "Who keeps it", _who(config)),
        ("public", "What is public", _public()),
        ("kept", "What is kept, and how long", _kept(terms)),
        ("judged", "How it is judged", _judged()),
        ("elsewhere", "What leaves this machine", _elsewhere(config)),
        ("yours", "What you can do", _yours()),
    )
    return tuple(NoticeSection(name=name, heading=heading, sentences=tuple(said)) for name, heading, said in parts)


def sum_up(config: Config) -> str:
    """The notice in a sentence or two, for the places where a reply is left."""
    leaves = (
        f"Texts are also sent to {_host(config.akismet.url)} to be judged, witness accounts never."
        if config.akismet.key
        else "Nothing that you write leaves this site to be judged."
    )
    return f"Your name here, kind and text are public once a moderator or the filter passed them; your address never is. {leaves}"


def _who(config: Config) -> Iterator[str]:
    yield f"Replies are kept by {config.site_publisher or 'the publisher of this record'}, beside the record and never in it: no reply changes a figure."


def _public() -> Iterator[str]:
    yield "The name that you chose here, the kind of your reply, its text, the words that it points at, its source's address, and when it became public."
    yield "Witness accounts are public only where you agree to it and a lead moderator decides so."
    yield "Never: your e-mail address, your account elsewhere, your network address, or that a reply of yours waits or was refused. How many wait or were refused in all is public."


def _kept(terms: Terms) -> Iterator[str]:
    yield "Your reply, what was decided of it and why: until you erase it. Then no word of it is left, and a row says that there was one, with its number and times."
    yield "Who you are: a keyed hash of your address, or of your account elsewhere. The address itself only while you want mails, and while a letter to it waits."
    yield f"From which network a reply came: as a keyed hash, for {_days(terms.network)}. No log of visits is written."
    yield f"Hashes of its words, by which copies are known: {_days(WITHIN)}. What you typed before you signed in: {_days(terms.draft)}. Links and sign-ins under way: {_days(terms.sign_in)}. Letters, sent or not: {_days(terms.mail)}."
    yield f"One cookie while you are signed in (at most {_days(terms.session)} after you were last here), and one that this browser's forms are bound to. Neither is read by anybody else."
    yield "Copies that the publisher makes for safety keep what they hold until they are thrown away."


def _judged() -> Iterator[str]:
    yield "Length, links, repeated text and how fast it was sent are looked at, then a filter on this machine says whether it looks like advertising or fraud. It doesn't judge whether what you say is true."
    yield f"A moderator reads the first {FIRST_REPLIES} replies of everybody, whatever may name a person, every witness account and every official response, and all that the filter isn't sure of. Whatever fails, waits."
    yield "What moderators publish, and what they call spam, teaches the filter, witness accounts never. It keeps numbers of it, no words."


def _elsewhere(config: Config) -> Iterator[str]:
    if config.akismet.key:
        told = (
            "with your network address and what your browser calls itself"
            if config.akismet.sends_address
            else "without your network address, your browser's name or your e-mail address"
        )
        yield f"The text, your name here and the address of the page are sent to {_host(config.akismet.url)} (Akismet), a filter of another company, {told}; so is what moderators decide of it. Witness accounts are never sent there."
    else:
        yield "Nothing of a reply is sent to anybody to be judged."
    if config.reply_providers:
        names = ", ".join(provider.label or provider.name for provider in config.reply_providers)
        yield f"Where you sign in with an account elsewhere ({names}), that company learns that you sign in here. Of what it knows of you, only which account it is comes back."
    if config.mail.smtp:
        yield "Letters to you go through a mail server, as all mail does."
    yield "The site asks no other host for anything when you look at it."


def _yours() -> Iterator[str]:
    yield f"Edit a reply for {EDIT_FOR.seconds // 60} minutes after sending it; withdraw it; ask once that a refusal be looked at again; take all that is kept of you with you; erase one reply, or all and yourself. All of it is under “Your replies”, and needs nobody's leave."


def _days(time: timedelta) -> str:
    return "1 day" if time.days == 1 else f"{time.days} days"


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0] or url
