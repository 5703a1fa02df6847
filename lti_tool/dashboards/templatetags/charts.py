"""Write a drawing down as SVG. Knows shapes; knows neither students nor where the data came from."""

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lti_tool.dashboards.chart_shapes import Trend
from lti_tool.dashboards.charts import NARROW, WIDE, draw, fitted, spark_canvas
from lti_tool.dashboards.week_chart import draw_week
from lti_tool.dashboards.week_pattern import Part, WeekPattern

PARTS = {
    Part.MORNING: _("Morning"),
    Part.AFTERNOON: _("Afternoon"),
    Part.EVENING: _("Evening"),
    Part.NIGHT: _("Night"),
}
# Django's own short names are three signs wide in Chinese; here is room for about three Latin letters.
DAYS = (
    pgettext_lazy("over a narrow column", "Mon"),
    pgettext_lazy("over a narrow column", "Tue"),
    pgettext_lazy("over a narrow column", "Wed"),
    pgettext_lazy("over a narrow column", "Thu"),
    pgettext_lazy("over a narrow column", "Fri"),
    pgettext_lazy("over a narrow column", "Sat"),
    pgettext_lazy("over a narrow column", "Sun"),
)
SIZES = (("wide", WIDE), ("narrow", NARROW))
register = template.Library()


@register.inclusion_tag("dashboards/_chart.html")
def trend_chart(trend: Trend, summary: str, whose: str = "your") -> dict[str, object]:
    """The full chart, laid out twice: the style sheet shows the one that fits."""
    drawings = [(size, draw(trend, fitted(canvas, trend))) for size, canvas in SIZES]
    return {"drawings": drawings, "summary": summary, "whose": whose}


@register.inclusion_tag("dashboards/_week.html")
def week_chart(pattern: WeekPattern) -> dict[str, object]:
    """The times of the week as fields with shapes, and the same as a table in words."""
    drawing = draw_week(pattern)
    days = list(zip(DAYS, WEEKDAYS.values(), drawing.days, strict=True))
    return {"pattern": pattern, "drawing": drawing, "days": days}


@register.filter
def part_words(part: Part) -> Promise:
    """A part of the day."""
    return PARTS[part]


@register.inclusion_tag("dashboards/_spark.html")
def sparkline(trend: Trend) -> dict[str, object]:
    """The same marks without words, for a row of a list. The row says in words what it shows."""
    return {"drawing": draw(trend, spark_canvas(trend.usual))}
