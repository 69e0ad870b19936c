"""Who must prove twice who they are, where the installation asks for it."""

from allauth.mfa.models import Authenticator
from django.conf import settings

_predicates = []


def required_for(predicate):
    """Ask a second factor of everyone for whom `predicate(person)` is true (the lab app: lab leads)."""
    _predicates.append(predicate)


def is_required(person):
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return person.is_operator or any(predicate(person) for predicate in _predicates)


def has_one(person):
    return _of(person).exists()


def has_another(person, authenticator):
    return _of(person).exclude(pk=authenticator.pk).exists()


def _of(person):
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=person.pk, type__in=kinds)
