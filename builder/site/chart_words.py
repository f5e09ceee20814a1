"""What a chart of events says in words: its label for those who cannot see it, and the legend of its marks."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup as Html

from builder.model import Event
from builder.site.charts import ChartWords
from builder.site.event_views import is_disputed, is_exact
from builder.site.frame import Site
from builder.site.svg import soft_mark, status_mark
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class LegendView:
    """A mark and its word. `disputed`: its mark is the sign ≠, which the template writes."""

    mark: Html
    word: str
    disputed: bool = False


def chart_words(events: Sequence[Event], site: Site) -> ChartWords:
    labels = site.labels
    label = labels.chart_of_events.format(n=len(events))
    return ChartWords(label, earlier=labels.earlier, later=labels.later, more=labels.more_marks)


def legend(events: Iterable[Event], site: Site) -> tuple[LegendView, ...]:
    """The marks that the chart of these events has; those that it lacks need no explanation."""
    found, labels = tuple(events), site.labels
    statuses = {status for event in found for status in event.statuses}
    views = [
        LegendView(status_mark(s), labels.of_status(s))
        for s in ("happened", "said", "claimed", "planned")
        if s in statuses
    ]
    if any(not is_exact(event.when) for event in found):
        views.append(LegendView(soft_mark(), labels.inexact))
    if any(is_disputed(event) for event in found):
        views.append(LegendView(Html(), labels.disputed, disputed=True))
    return tuple(views)
