"""What the tables of the briefing hold, column by column."""

from builder.site.data.formats import Column
from builder.site.data.kinds import (
    COUNT,
    COUNT_OR_NULL,
    DATE,
    DATED,
    FACT,
    FACTS,
    LIST,
    SHA256,
    STRING,
    TEXT,
    TEXT_OR_NULL,
    TRUTH,
    choice,
    nullable,
    objects,
)
from builder.site.data.passages import PASSAGE

STATUS = choice("happened", "said", "claimed", "planned")

ARTICLES = (
    Column("slug", TEXT, "The name by which it is cited.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("title", TEXT, "Its title."),
    Column("title_is_editorial", TRUTH, "Whether the title is the editor's: the source has none, or it is inferred."),
    Column("title_reason", TEXT_OR_NULL, "The author's reason for a title that is inferred."),
    Column("publisher", FACT, "Who published it; nothing where that is unknown."),
    Column("agencies", FACTS, "The wire services that the text came from."),
    Column("authors", FACTS, "Who wrote it."),
    Column("published", DATED, "When it was published; nothing where that is unknown."),
    Column("retrieved", DATE, "When it was fetched."),
    Column("url", TEXT_OR_NULL, "Its address."),
    Column("archive_url", TEXT_OR_NULL, "The address of an archived copy."),
    Column("language", TEXT, "Its language (BCP 47)."),
    Column("topics", LIST, "The author's words for what it is about."),
    Column("origin", COUNT, "The number of its origin: texts of one wire story share it.", safe=True),
    Column("text", choice("full", "passages", "none"), "How much of it is reprinted here.", safe=True),
    Column("file", TEXT, "Its file, from the folder `content`."),
    Column("sha256", SHA256, "The SHA-256 of that file.", safe=True),
    Column("passages", COUNT, "How many passages of it are cited.", safe=True),
    Column("summary", TEXT, "The author's summary, without its citations."),
)
ENTITIES = (
    Column("id", TEXT, "Its id.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("name", TEXT, "Its name."),
    Column("kind", TEXT, "person, organization, place, document, concept, or a kind of the site's own."),
    Column("forms", LIST, "The forms under which it is looked for, its name among them."),
    Column("description", TEXT, "The author's words on it."),
    Column("offices", objects({"title": STRING, "from": nullable(STRING), "to": nullable(STRING)}), "Offices held."),
    Column("wikidata", TEXT_OR_NULL, "Its id in Wikidata."),
    Column("links", objects({"title": STRING, "url": STRING}), "Links that the author gives."),
    Column("mentions", COUNT, "How often it is named.", safe=True),
    Column("articles", COUNT, "In how many articles.", safe=True),
)
MENTIONS = (
    Column("article", TEXT, "The slug of the article.", safe=True),
    Column("entity", TEXT, "The id of the entity.", safe=True),
    Column("form", TEXT, "The form, as the register has it."),
    Column("count", COUNT, "1; of a source that is not reprinted: how often it has this form.", safe=True),
    Column("line", COUNT_OR_NULL, "The line of the file; nothing for a source that is not reprinted.", safe=True),
    Column("start", COUNT_OR_NULL, "Where it begins in the paragraph's displayed text (code points).", safe=True),
    Column("end", COUNT_OR_NULL, "Where it ends.", safe=True),
)
EVENTS = (
    Column("key", TEXT, "Its key.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("title", TEXT, "Its title."),
    Column("date", DATED, "When it was; `inferred` where no source states it."),
    Column("statuses", LIST, "happened, said, claimed, planned; several where the accounts differ.", safe=True),
    Column("conflict", TRUTH, "Whether the dates of its accounts exclude each other."),
    Column("disputed", TEXT_OR_NULL, "What else the accounts disagree about."),
    Column("entities", LIST, "The ids of those who take part.", safe=True),
    Column("articles", LIST, "The slugs of the articles that tell of it.", safe=True),
    Column("note", TEXT, "The editor's note, without its citations."),
    Column("source", objects({"title": STRING, "url": STRING}), "The source of an event of which no article tells."),
)
ACCOUNTS = (
    Column("event", TEXT, "The key of the event.", safe=True),
    Column("title", TEXT, "What this account calls it."),
    Column("date", DATED, "When it was by this account; `inferred` where the text does not state it."),
    Column("status", STATUS, "What this account says of it.", safe=True),
    Column("entities", LIST, "The ids of those who take part.", safe=True),
    *PASSAGE,
)
CLAIMS = (
    Column(
        "page",
        TEXT,
        "The page on which it stands: the briefing's, or that of the article whose point it is.",
        safe=True,
    ),
    Column("number", COUNT, "Its place among the points of that page, from 1.", safe=True),
    Column("text", TEXT, "The point, without its citations."),
    Column("confidence", TEXT_OR_NULL, "high, moderate or low, in the editor's judgement.", safe=True),
    Column("reason", TEXT_OR_NULL, "The editor's reason for that."),
    Column("origins", COUNT_OR_NULL, "How many independent origins it rests on.", safe=True),
    Column("anonymous", COUNT_OR_NULL, "How many of its sources are unnamed people.", safe=True),
    Column("cites", LIST, "The addresses of the passages and articles that it cites.", safe=True),
)
