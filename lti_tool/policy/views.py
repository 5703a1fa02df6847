"""The alert policy's page. It holds nobody's data, so everybody under a launch may read it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lti_tool.domain.alerting import DEFAULT
from lti_tool.domain.baseline import LEARNING
from lti_tool.domain.notices import WEEKLY_BUDGET
from lti_tool.lti.access import LaunchedRequest, launched
from lti_tool.policy.calculator import CalculatorForm
from lti_tool.policy.figures import committed
from lti_tool.policy.table import rows_of, share_words
from lti_tool.policy.table import whole_percent as percent


@require_safe
@launched()
def page(request: LaunchedRequest) -> HttpResponse:
    """The rule in words, what it does to simulated students, and what an alert is worth."""
    run = committed()
    default = run.policies["default"]
    form = CalculatorForm.of(request.GET)
    shown = {
        "policy": DEFAULT,
        "weeks": LEARNING.waits.days // 7,
        "budget": WEEKLY_BUDGET,
        "run": run,
        "rows": rows_of(run),
        "default": default,
        "missed": 100 - percent(default.sensitivity),
        "missed_long": 100 - percent(default.sensitivity_long_visible),
        "right": percent(default.predictive_value),
        "specificity": share_words(default.specificity, digits=1),
        "form": form,
        "outcome": form.outcome(),
    }
    return render(request, "policy/page.html", shown)
