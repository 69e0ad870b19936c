from csp.decorators import csp_replace
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from qlabs.base.lab import access
from qlabs.base.ui.forms import posted, posted_files, token_of
from qlabs.base.ui.paging import paginate

from . import actions, queries
from .forms import EntryForm

EMBEDDED = 5
KINDS = {"jpg": "image/jpeg", "png": "image/png"}


def index(request):
    lab = request.subject
    oldest_first, whole = request.GET.get("order") == "oldest", request.GET.get("show") == "all"
    line = queries.timeline(
        lab, newest_first=not oldest_first, drafts=access.may(request, "story.write", lab)
    )
    page = paginate(line, request, size=queries.MOST * 2 if whole else 25)
    told = queries.chapters(lab, page.object_list)
    shown = {"lab": lab, "page": page, "chapters": told, "oldest_first": oldest_first, "whole": whole}
    return render(request, "story/index.jinja", shown | {"snippet": _snippet(request, lab)})


def entry(request):
    row = request.subject
    return _permalink(request, row.lab, pk=row.pk)


def event(request, position):
    lab = request.subject
    return _permalink(request, lab, position=position)


def write(request):
    lab = request.subject
    form = EntryForm(posted(request), posted_files(request))
    token = token_of(request)
    if form.is_valid():
        publish = "draft" not in request.POST
        written = actions.write_entry(
            lab=lab, by=request.user, at=request.at, token=token, publish=publish, **form.content()
        )
        return _saved(request, lab, written, publish)
    return render(request, "story/write.jinja", {"lab": lab, "form": form, "token": token, "entry": None})


def edit(request):
    row = request.subject
    form = EntryForm(posted(request), posted_files(request), initial=EntryForm.initial_of(row))
    if form.is_valid():
        publish = "draft" not in request.POST
        actions.edit_entry(entry=row, by=request.user, at=request.at, publish=publish, **form.content())
        return _saved(request, row.lab, row, publish)
    shown = {"lab": row.lab, "form": form, "token": row.token, "entry": row}
    return render(request, "story/write.jinja", shown | {"pictures": queries.pictures(row)})


def delete(request):
    row = request.subject
    if request.method == "POST":
        actions.delete_entry(entry=row, by=request.user, at=request.at)
        messages.success(request, _("The entry is deleted."))
        return redirect("story:index", row.lab.slug)
    return render(request, "story/delete.jinja", {"lab": row.lab, "entry": row})


def remove_picture(request):
    picture = request.subject
    actions.remove_picture(picture=picture, by=request.user, at=request.at)
    messages.success(request, _("The picture is removed."))
    return redirect("story:edit", picture.entry.lab.slug, picture.entry_id)


def picture(request):
    """The stored file, with the type we gave it and nothing else."""
    row = request.subject
    try:
        file = default_storage.open(row.file)
    except FileNotFoundError as error:
        raise Http404(_("This picture is not here any more.")) from error
    kind = KINDS[row.file.rsplit(".", 1)[1]]
    answer = FileResponse(file, content_type=kind, filename=row.file.rsplit("/", 1)[1])
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request):
    """The latest of a story, small, for a frame on somebody else's page."""
    lab = request.subject
    return render(request, "story/embed.jinja", {"lab": lab, "entries": queries.latest(lab, EMBEDDED)})


def _permalink(request, lab, **named):
    told, before, after = queries.told_with_neighbours(
        lab, drafts=access.may(request, "story.write", lab), **named
    )
    if told is None:
        raise Http404(_("There is no such entry in this story."))
    return render(request, "story/entry.jinja", {"lab": lab, "told": told, "before": before, "after": after})


def _saved(request, lab, entry, publish):
    if publish:
        messages.success(request, _("Your entry is in the story."))
    else:
        messages.success(request, _("Your draft is saved. Only the lab team can see it."))
    return redirect("story:entry", lab.slug, entry.pk)


def _snippet(request, lab):
    """The lines that show the story on somebody else's page."""
    address = request.build_absolute_uri(queries.embed_address(lab))
    title = _("The story of %(lab)s") % {"lab": lab.title}
    return f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="480" loading="lazy"></iframe>'
