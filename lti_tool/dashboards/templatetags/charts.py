"""Write a drawing down as SVG. Knows shapes; knows neither students nor where the data came from."""

from django import template

from lti_tool.dashboards.chart_shapes import Trend
from lti_tool.dashboards.charts import NARROW, WIDE, draw, spark_canvas

register = template.Library()


@register.inclusion_tag("dashboards/_chart.html")
def trend_chart(trend: Trend, summary: str, whose: str = "your") -> dict[str, object]:
    """The full chart, laid out twice: the style sheet shows the one that fits."""
    drawings = (("wide", draw(trend, WIDE)), ("narrow", draw(trend, NARROW)))
    return {"drawings": drawings, "summary": summary, "whose": whose}


@register.inclusion_tag("dashboards/_spark.html")
def sparkline(trend: Trend) -> dict[str, object]:
    """The same marks without words, for a row of a list. The row says in words what it shows."""
    return {"drawing": draw(trend, spark_canvas(trend.usual))}
