"""Reads of reminders: who would get one, when the next may go, which are planned."""

from datetime import timedelta

from ..models import PlannedReminder, RollEntry, State

REST = timedelta(days=7)
"""The least time between two reminders."""


def still_to_vote(ballot):
    """Whom a reminder reaches: everybody in whose name no vote was begun, and whose account is not closed."""
    return RollEntry.objects.filter(ballot=ballot, has_key=False, person__is_active=True)


def planned_reminders(ballot):
    return list(PlannedReminder.objects.filter(ballot=ballot))


def due_reminders(at):
    """Planned reminders of open votes whose time has come."""
    rows = PlannedReminder.objects.select_related("ballot")
    return rows.filter(goes_at__lte=at, ballot__state=State.OPEN).order_by("goes_at", "pk")


def next_reminder(ballot, at):
    """When a reminder may go out at the earliest after the last one, or None if it may now."""
    rested = ballot.reminded_at + REST if ballot.reminded_at else None
    return rested if rested and rested > at else None


def reminder_too_near(ballot, moment):
    """When the planned reminder goes that would leave less than a week to this moment, or None."""
    planned = PlannedReminder.objects.filter(ballot=ballot)
    near = planned.filter(goes_at__gt=moment - REST, goes_at__lt=moment + REST).first()
    return near.goes_at if near else None
