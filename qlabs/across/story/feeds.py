"""The story as an Atom feed (RFC 4287)."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from qlabs.base.core import events

from . import queries

NAMESPACE = "http://www.w3.org/2005/Atom"
NEWEST = 50
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@conditional_page
def atom(request):
    lab = request.subject
    feed = _feed(lab, queries.timeline(lab)[:NEWEST], site=request.build_absolute_uri("/").rstrip("/"))
    text = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def tag(lab, anchor):
    """An id that stays when the page moves (RFC 4151)."""
    host = re.sub(r"[^a-z0-9.-]", "-", urlsplit(settings.SITE_URL).hostname or "localhost")
    return f"tag:{host},{lab.created_at.year}:{lab.slug}/story/{anchor}"


def _feed(lab, entries, *, site):
    feed = Xml.Element("feed", {"xmlns": NAMESPACE, "xml:lang": get_language() or settings.LANGUAGE_CODE})
    _add(feed, "id", tag(lab, "feed"))
    _add(feed, "title", _("The story of %(lab)s") % {"lab": lab.title})
    _add_head(feed, lab)
    _add(feed, "updated", max((one.updated for one in entries), default=lab.created_at).isoformat())
    _add(Xml.SubElement(feed, "author"), "name", lab.title)
    _link(feed, "self", site + reverse("story:feed", args=[lab.slug]), "application/atom+xml")
    _link(feed, "alternate", site + reverse("story:index", args=[lab.slug]), "text/html")
    for one in entries:
        _entry(feed, lab, one, site=site)
    return feed


def _add_head(feed, lab):
    """Where the log stands: whoever keeps a copy of the feed can find a rewritten log later."""
    head = events.head(lab)
    if head.number:
        words = _("Entry %(number)s of this lab’s log has the hash %(hash)s. Keep it to check the log later.")
        _add(feed, "subtitle", words % vars(head))


def _entry(feed, lab, one, *, site):
    entry = Xml.SubElement(feed, "entry")
    _add(entry, "id", tag(lab, one.anchor))
    _add(entry, "title", one.title)
    _add(entry, "published", one.at.isoformat())
    _add(entry, "updated", one.updated.isoformat())
    _link(entry, "alternate", site + one.href, "text/html")
    _add(entry, "content", _content(one, site), type="html")


def _content(one, site):
    """The entry with our own links as a reader elsewhere needs them."""
    shown = ((one_picture["src"], one_picture["alt"]) for one_picture in one.pictures)
    pictures = format_html_join("", '<p><img src="{}" alt="{}"></p>', shown)
    html = format_html("<p>{}</p>{}{}", one.dated, one.html, pictures)
    return html.replace('="/', f'="{site}/')


def _add(parent, name, text, **attributes):
    Xml.SubElement(parent, name, attributes).text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", str(text))


def _link(parent, rel, href, type_):
    Xml.SubElement(parent, "link", {"rel": rel, "href": href, "type": type_})
