"""A marked report's text as the page that the engine reads: no captions, no furniture, every sentence its own."""

from __future__ import annotations

from harmledger.extract.encoder import Page
from harmledger.extract.screen import screen
from harmledger.text.sentences import split_sentences


def make_page(text: str) -> Page:
    sentences = split_sentences(text)
    return Page(text=text, sentences=sentences, hits=screen(text, sentences))
