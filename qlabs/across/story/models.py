from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qlabs.base.core.models import Record


class Entry(Record):
    """One dated entry of a lab's story, written by its team; `period` is shown instead of the day if given."""

    lab = models.ForeignKey("lab.Lab", on_delete=models.CASCADE, related_name="story")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    happened_on = models.DateField(_("day"))
    period = models.CharField(_("when, in words"), max_length=60, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(_("last change"))

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["lab", "happened_on"])]
        constraints = [
            models.UniqueConstraint(fields=["lab", "author", "token"], name="story_form_once"),
            models.CheckConstraint(condition=~Q(title=""), name="story_entry_has_title"),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False),
                name="story_published_has_moment",
            ),
        ]

    def __str__(self):
        return self.title


class Picture(Record):
    """A picture of an entry, made anew on arrival so that nothing of the sent file is kept but what is seen."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pictures")
    file = models.CharField(max_length=80, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("what it shows"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="story_picture_has_words"),
            models.CheckConstraint(
                condition=Q(width__gte=1, width__lte=1600, height__gte=1, height__lte=1600),
                name="story_picture_fits",
            ),
        ]

    def __str__(self):
        return self.alt

    @property
    def lab(self):
        return self.entry.lab
