"""Where a counselor takes files out. Translates HTTP; the services decide."""

from pathlib import Path
from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lti_tool.core import clock
from lti_tool.domain.access import Viewer
from lti_tool.lti.access import LaunchedRequest, launched
from lti_tool.records import selectors, services
from lti_tool.records.archive import tool
from lti_tool.records.errors import FileMissing, NothingToExport
from lti_tool.records.forms import ExportForm


@sensitive_post_parameters("recipient", "passphrase", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.COUNSELOR)
def export(request: LaunchedRequest, file: UUID | None = None) -> HttpResponseBase:
    """Ask why and for whom; then hand out the archive of one student's file, or of all that are shared."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    return _archive(request, form, file) if form.is_valid() else _asked(request, form, file)


@require_safe
@launched(Viewer.COUNSELOR)
def archive_tool(request: LaunchedRequest) -> HttpResponse:
    """The program that opens and checks an archive: one file, without secrets."""
    attached = {"Content-Disposition": 'attachment; filename="attune_archive.py"'}
    return HttpResponse(Path(tool.__file__).read_bytes(), content_type="text/x-python", headers=attached)


def _asked(request: LaunchedRequest, form: ExportForm, file: UUID | None) -> HttpResponse:
    shared = selectors.files_in_care(request.launch.user, request.launch.context, clock.now())
    files = [own for own in shared if file in {None, own.public_id}]
    if not files:
        raise NothingToExport if file is None else FileMissing
    shown = {"form": form, "files": files, "one": files[0] if file else None}
    return render(request, "records/export.html", shown, status=400 if form.is_bound else 200)


def _archive(request: LaunchedRequest, form: ExportForm, file: UUID | None) -> FileResponse:
    launch, at = request.launch, clock.now()
    order = services.Order(launch.user, launch.context, form.chosen, only=file)
    out = TemporaryFile()  # noqa: SIM115 - holds what is locked already; the answer sends and closes it
    services.export_files(order=order, lock=form.lock, into=out, at=at)
    out.seek(0)
    name = f"attune-{slugify(launch.context.title)[:40] or 'course'}-{at:%Y-%m-%d}.age"
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/octet-stream")
