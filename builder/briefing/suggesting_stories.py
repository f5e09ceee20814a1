"""The texts of a site as suggestions look at them: also those that have no summary yet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from posixpath import basename, splitext

from builder.briefing.suggesting_lines import with_probable_roles
from builder.model import Block
from builder.reading.articles import ArticleDraft
from builder.reading.fields import SLUG
from builder.reading.files import ARTICLES, split_front_matter
from builder.reading.parse import Drafts
from builder.reading.seed import decode, raw_lines, read_blocks
from builder.reading.sources import read_source
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """A text, its blocks as they are and with the roles that they probably have. `draft` None: it has no summary."""

    slug: str
    path: str
    form_path: str
    blocks: Sequence[Block]
    probable: Sequence[Block]
    draft: ArticleDraft | None = None


def read_stories(inputs: Mapping[str, bytes], drafts: Drafts) -> list[Story]:
    """Every text by its path, but for those that are marked as drafts and those whose summary cannot be read."""
    stories = [
        _story(draft.slug, draft.path, draft.form_path, draft.source.blocks, drafts, draft) for draft in drafts.articles
    ]
    for path in inputs:
        slug, form_path = basename(splitext(path)[0]), splitext(path)[0] + ".yaml"
        if path.startswith(ARTICLES) and slug in drafts.broken and form_path not in inputs and SLUG.fullmatch(slug):
            stories += (_story(slug, path, form_path, blocks, drafts) for blocks in _blocks(path, inputs[path]))
    return sorted(stories, key=lambda story: story.path)


def _blocks(path: str, body: bytes) -> Iterator[Sequence[Block]]:
    """The text of a file, if it is an article's and no summary stands in it."""
    text = decode(body, path)
    if isinstance(text, str) and path.endswith(".txt"):
        yield read_blocks(raw_lines(text), {})
    elif isinstance(text, str) and path.endswith(".md") and split_front_matter(text)[0] is None:
        yield read_source("\n".join(raw_lines(text)), path, 1, {}).blocks


def _story(
    slug: str, path: str, form_path: str, blocks: Sequence[Block], drafts: Drafts, draft: ArticleDraft | None = None
) -> Story:
    code = "probable-teaser"
    here = {str(ignore.at) for where, ignore in drafts.ignores if ignore.code == code and where == form_path}
    whole = is_ignored(code, (slug,), drafts)
    not_teasers = frozenset(block.line for block in blocks if whole or str(block.line) in here)
    return Story(slug, path, form_path, blocks, with_probable_roles(blocks, not_teasers), draft)


def is_ignored(code: str, names: Collection[str], drafts: Drafts) -> bool:
    """Whether a rule of the lint is turned off, or silenced for one of these keys and slugs."""
    return drafts.site.checks.get(code) == "off" or any(
        ignore.code == code and ignore.at in names for _, ignore in drafts.ignores
    )
