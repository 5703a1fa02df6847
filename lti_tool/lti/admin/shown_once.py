"""What is handed out under a secret. Knows neither what is handed out nor what the secret opens."""

from datetime import datetime
from typing import ClassVar, Generic, TypeVar, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.core.clock import now
from lti_tool.lti.admin.closed import NeverDeleted

Row = TypeVar("Row", bound=Model)


class _Answering(HttpRequest):
    """The request that made a row, until its answer is written: nothing else holds the secret."""

    secret: str


class ShownOnce(NeverDeleted, admin.ModelAdmin, Generic[Row]):  # type: ignore[type-arg]
    """Rows whose secret only the answer to their form shows. They are withdrawn, never changed or deleted."""

    actions = ("withdraw",)
    made_template: ClassVar[str]
    made_title: ClassVar[Promise]

    def hand_out(self, row: Row, *, by: str, at: datetime) -> str:
        """Put a new row on record, and return its secret."""
        raise NotImplementedError

    def take_back(self, row: Row, *, by: str, at: datetime) -> None:
        """Let the secret of a row open nothing any more."""
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was handed out stays what it was; the list asks for its action."""
        return obj is None and super().has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Row, form: "ModelForm[Row]", change: bool) -> None:
        """Note who hands it out."""
        by = request.user.get_username()
        cast(_Answering, request).secret = self.hand_out(obj, by=by, at=now())

    def response_add(
        self, request: HttpRequest, obj: Row, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the secret on the answer itself: a message of Django's would keep it in a cookie."""
        shown = {
            **self.admin_site.each_context(request),
            "title": self.made_title,
            "made": obj,
            "secret": cast(_Answering, request).secret,
        }
        response = TemplateResponse(request, self.made_template, shown)
        add_never_cache_headers(response)
        return response

    @admin.action(description=_("Withdraw: what was handed out works no more"), permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Row]) -> None:
        """Close what nobody used."""
        for row in chosen:
            self.take_back(row, by=request.user.get_username(), at=now())
