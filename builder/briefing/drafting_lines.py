"""What each line of a text that nobody has prepared probably is, and why: by its form, and by where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from builder.briefing.line_forms import BODY, Told, form_of, is_bare_name, is_labelled, is_signature, line_of_mail
from builder.briefing.line_looks import is_heading, is_headline, is_paragraph
from builder.briefing.line_words import (
    CLOSING,
    DATE_LABEL,
    LABELS,
    MAIL_HEADER,
    NOTE_HEADING,
    OTHER_TEXTS,
    RUBRIC,
    SALUTATION,
    SIGN_OFF,
)
from builder.briefing.lint_teasers import LISTED, probable_teasers
from builder.briefing.stated_dates import dates_written
from builder.model import Block
from builder.reading.seed import SENTENCE_END, SPEAKER

LONGEST_DATED = 10
"""Words of a line above a text that says when, among others."""

HEADLINE, FEW_UNCLEAR = "a headline above the text", 2
"""The reason for a title by its place; how many lines that may be one leave no doubt."""

ABOVE_HEADLINE = "a short line above the headline, as rubrics stand"

FEW_QUESTIONS, FEW_DATES = 2, 3
"""With more, the questions are an interview's, and the dates a chronicle's."""

NUMBERED = re.compile(r"\d{1,2}[.)]\s")
MARKED_HEADING = re.compile(r"[-–—]\s(?=[^a-zà-ÿ].*\s[-–—]$)|[■□◆◇▼▲●★☆]\s?(?=\S)")


def tell_lines(blocks: Sequence[Block], *, marked_up: bool = False) -> tuple[Told, ...]:
    """For each block of a text what it is. `marked_up`: its headings are known, as Markdown has them."""
    teller = _Teller(blocks, [_by_itself(block) for block in blocks])
    teller.mail()
    teller.top(marked_up=marked_up)
    teller.other_texts()
    teller.remarks()
    teller.imprints()
    teller.foot()
    if not marked_up:
        teller.headings()
        teller.doubts()
    teller.chronicle()
    said = [replace(block, role=one.role) for block, one in zip(blocks, teller.told, strict=True)]
    teasers = {block.line for block in probable_teasers(said)}
    return tuple(
        Told("teaser", "it looks like the beginning of another article") if block.line in teasers else one
        for block, one in zip(blocks, teller.told, strict=True)
    )


def _by_itself(block: Block) -> Told:
    """What a block is by its markup or its form."""
    if block.role != "body":
        return Told(block.role, f"marked as a {block.role}")
    shown = [mark for mark in block.inlines if mark.opening.startswith("<img")]
    if not block.text.strip() and shown:
        return Told("caption", "a picture, and nothing else")
    return form_of(block.text)


@dataclass(slots=True)
class _Teller:
    blocks: Sequence[Block]
    told: list[Told]
    paragraphs: list[int] = field(init=False)
    has_gaps: bool = field(init=False)
    is_mail: bool = False

    def __post_init__(self) -> None:
        self.paragraphs = [i for i, block in enumerate(self.blocks) if self.is_body(i) and is_paragraph(block.text)]

        self.has_gaps = any(other.line - one.line > 1 + len(one.turns) for one, other in pairwise(self.blocks))

    def is_body(self, place: int) -> bool:
        return place < len(self.blocks) and self.told[place] is BODY

    @property
    def first(self) -> int:
        """Where the text itself begins."""
        return self.paragraphs[0] if self.paragraphs else len(self.blocks)

    @property
    def last(self) -> int:
        return self.paragraphs[-1] if self.paragraphs else -1

    # --- in the order in which they are asked ----------------------------------------------------------------------

    def mail(self) -> None:
        """The lines above a message, and what stands below “-- ”."""
        above = 0
        while above < len(self.blocks) and MAIL_HEADER.match(self.blocks[above].text):
            above += 1
        if above >= 2:
            self.is_mail = True
            for place in range(above):
                self.told[place] = line_of_mail(self.blocks[place].text)
        foot = next((place for place in range(self.first, len(self.blocks)) if self.blocks[place].text == "--"), -1)
        for place in range(foot, len(self.blocks)) if foot > 0 else ():
            if self.is_body(place):
                self.told[place] = Told("credit", "it signs a message")

    def top(self, *, marked_up: bool) -> None:
        """What stands above the first paragraph: menus, the title, who and when."""
        menu = [place for place in range(self.first) if self.told[place].role == "navigation"]
        for place in range(self.first):
            if len(menu) > 1 and self.is_body(place) and place - 1 in menu and len(self.blocks[place].text.split()) < 3:
                self.told[place] = Told("navigation", "one of the lines of a menu")
                menu.append(place)
        self.labels()
        self.title(marked_up=marked_up)
        for place in range(self.first):
            text = self.blocks[place].text
            if not self.is_body(place):
                continue
            dated = any(dates_written(text)) and len(text.split()) <= LONGEST_DATED and not SENTENCE_END.search(text)
            if dated and place:
                self.told[place] = Told("dateline", "a short line with a date, above the text")
            elif is_bare_name(text) and self.beside_a_date(place):
                self.told[place] = Told("credit", "a name alone, beside the date")
            elif place and self.told[place - 1].role == "credit" and self.adjoins(place) and is_headline(text):
                self.told[place] = Told("credit", "it goes on below a name")

    def labels(self) -> None:
        """“Case no.: 12” and “Hearing: 3 March”: two such lines or more above a text are about it."""
        places = [place for place in range(self.first) if self.is_body(place) and is_labelled(self.blocks[place].text)]
        for place in places if len(places) > 1 else ():
            self.told[place] = Told("note", "one of several lines with a label")
        for place, (block, below) in enumerate(zip(self.blocks, self.told[1:], strict=False)):
            if self.is_body(place) and below.role == "dateline" and DATE_LABEL.fullmatch(block.text):
                self.told[place] = Told("dateline", "it says of what the next line is the date")

    def beside_a_date(self, place: int) -> bool:
        """Before or behind one; what stands right below the name belongs to it."""
        below = place + 1
        while below < self.first and self.is_body(below) and self.adjoins(below):
            below += 1
        return any(0 <= near < self.first and self.told[near].role == "dateline" for near in (place - 1, below))

    def adjoins(self, place: int) -> bool:
        """Whether no blank line stands before it, in a text that has such lines."""
        before = self.blocks[place - 1]
        return self.has_gaps and self.blocks[place].line - before.line == 1 + len(before.turns)

    def title(self, *, marked_up: bool) -> None:
        if any(one.role == "title" for one in self.told):
            return
        if marked_up:
            found = next((i for i, one in enumerate(self.told[: self.first + 1]) if one.role == "heading"), -1)
        else:
            found = next(
                (i for i in range(self.first) if self.is_body(i) and not SALUTATION.match(self.blocks[i].text)), -1
            )
            if found >= 0 and (RUBRIC.match(self.blocks[found].text) or self.is_rubric(found)):
                self.told[found] = Told("navigation", ABOVE_HEADLINE)
                found += 1
            if found < 0 or found + 1 == len(self.blocks) or not is_headline(self.blocks[found].text, asking=True):
                return
        for place, block in enumerate(self.blocks):
            if found >= 0 and block.text == self.blocks[found].text:
                again = "" if place == found else ", again"
                self.told[place] = Told("title", f"{HEADLINE}{again}")

    def is_rubric(self, place: int) -> bool:
        """Whether a word or three stand right above a real headline."""
        words, below = self.blocks[place].text.split(), place + 1
        return (
            len(words) <= 3
            and below < self.first
            and self.is_body(below)
            and len(self.blocks[below].text.split()) > len(words) + 3
            and is_headline(self.blocks[below].text, asking=True)
        )

    def other_texts(self) -> None:
        """What stands below “Related stories”, and below “Topics”."""
        for place, one in enumerate(self.told):
            text = self.blocks[place].text
            named = OTHER_TEXTS.match(text) if one.role == "navigation" else None
            if named and len(text) - named.end() <= 1:
                self.list_below(place, Told("teaser", f"it stands in a list below line {self.blocks[place].line}"), 30)
            elif one.role == "navigation" and LABELS.match(text):
                self.list_below(
                    place, Told("navigation", f"it stands in a list below line {self.blocks[place].line}"), 3
                )

    def list_below(self, place: int, told: Told, most_words: int) -> None:
        for below in range(place + 1, len(self.blocks)):
            text = LISTED.sub("", self.blocks[below].text, count=1)
            ended = below > place + 2 and self.adjoins(place + 2) and not self.adjoins(below)
            if ended or not self.is_body(below) or is_paragraph(text) or len(text.split()) > most_words:
                return
            self.told[below] = told

    def remarks(self) -> None:
        """What stands right below “Media contact:” and “Notes to editors”."""
        for place in range(1, len(self.blocks)):
            heading = self.told[place - 1]
            below = heading.role == "note" and (NOTE_HEADING.match(self.blocks[place - 1].text) or heading is BELOW)
            if below and self.is_body(place) and self.adjoins(place):
                self.told[place] = BELOW

    def imprints(self) -> None:
        """Short lines together, below the text: with an address whom to ask, with a day who signs."""
        for run in self.short_runs():
            roles = {self.told[place].role: self.told[place] for place in run}
            for place in run if len(run) > 1 else ():
                if self.is_body(place) and "note" in roles:
                    self.told[place] = Told("note", "it stands with an address")
                elif self.is_body(place) and "dateline" in roles and not SENTENCE_END.search(self.blocks[place].text):
                    self.told[place] = Told("credit", "it stands with a day, below the text")

    def short_runs(self) -> list[list[int]]:
        """Places below the first paragraph whose lines adjoin and are no paragraphs."""
        runs: list[list[int]] = []
        for place in range(self.first + 1, len(self.blocks)):
            if is_paragraph(self.blocks[place].text) or LISTED.match(self.blocks[place].text):
                continue
            if runs and runs[-1][-1] == place - 1 and self.adjoins(place):
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs

    def foot(self) -> None:
        """Who signs a text below its last paragraph."""
        letter = self.is_mail or any(SALUTATION.match(block.text) for block in self.blocks[: self.first + 1])
        for place in range(max(self.last, self.first) + 1, len(self.blocks)):
            text = self.blocks[place].text
            if self.is_body(place) and (SIGN_OFF.match(text) or is_signature(text, alone=letter)):
                self.told[place] = Told("credit", "it signs the text")

        for place in range(1, len(self.blocks)):
            if (
                self.is_body(place)
                and CLOSING.match(self.blocks[place - 1].text)
                and is_headline(self.blocks[place].text)
            ):
                self.told[place] = Told("credit", "it signs a letter")

    def headings(self) -> None:
        speeches = sum(bool(SPEAKER.match(block.text)) for block in self.blocks) > FEW_QUESTIONS
        questions = sum(block.text.endswith("?") for block in self.blocks)
        for place, block in enumerate(self.blocks):
            if not self.is_body(place) or CLOSING.match(block.text) or (speeches and SPEAKER.match(block.text)):
                continue
            if MARKED_HEADING.match(block.text) and is_headline(block.text):
                self.told[place] = Told("heading", "a line that is marked at its beginning")
            elif self.stands_above_text(place) and is_heading(block.text, asking=questions <= FEW_QUESTIONS):
                self.told[place] = Told("heading", "a short line without a full stop, above a paragraph")

    def stands_above_text(self, place: int) -> bool:
        below = place + 1
        while below < len(self.blocks) and self.told[below].role in ("credit", "caption", "dateline"):
            below += 1
        return self.is_body(below) and not is_headline(self.blocks[below].text)

    def doubts(self) -> None:
        """Where several lines above a text are unexplained, nobody can tell which of them is its headline."""
        if len(set(perhaps_headlines(self.blocks, self.told).values())) > FEW_UNCLEAR:
            for place, one in enumerate(self.told):
                if one.reason.startswith(HEADLINE):
                    self.told[place] = BODY

    def chronicle(self) -> None:
        """Many dates, each above its own paragraph, are headings."""
        dated = [place for place, one in enumerate(self.told) if one.role == "dateline" and place > self.first]
        for place in dated if len(dated) > FEW_DATES else ():
            self.told[place] = Told("heading", "one of many dates, each above its paragraph")


def perhaps_headlines(blocks: Sequence[Block], told: Sequence[Told]) -> dict[int, str]:
    """By their numbers, the lines above a text that may be its headline: those that nothing else explains."""
    found: dict[int, str] = {}
    for block, one in zip(blocks, told, strict=True):
        if one is BODY and is_paragraph(block.text):
            break
        unexplained = one is BODY or one.role in ("title", "heading")
        if unexplained and is_headline(block.text, asking=True) and not NUMBERED.match(block.text):
            found[block.line] = block.text
    return found


BELOW = Told("note", "it stands below a line for editors")
