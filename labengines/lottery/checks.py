"""Step 1: is what was given fit to be drawn from? The first fault is raised with its row."""

from labengines.lottery import errors


def check(pool, quotas, size, one_per=None):
    """Raise the first fault of a pool (sequence of Person) and quotas (sequence of Quota).

    Each person needs an id of her own and, for every trait with quotas, a value that a quota names. A blank
    household is allowed: such a person shares with nobody.
    """
    _quotas(quotas)
    if not 0 < size <= len(pool):
        raise errors.SizeOutOfRange(size=size, pool=len(pool))
    if one_per and not any(one_per in person.traits for person in pool):
        raise errors.MissingTrait(trait=one_per)
    _people(pool, quotas)


def _quotas(quotas):
    seen = set()
    for row, quota in enumerate(quotas, 1):
        if (quota.trait, quota.value) in seen:
            raise errors.QuotaTwice(row=row, trait=quota.trait, value=quota.value)
        seen.add((quota.trait, quota.value))
        whole = all(isinstance(bound, int) for bound in (quota.least, quota.most))
        if not (whole and 0 <= quota.least <= quota.most):
            raise errors.QuotaMalformed(row=row, **vars(quota))


def _people(pool, quotas):
    choices = choices_of(quotas)
    for trait in choices:
        if not any(trait in person.traits for person in pool):
            raise errors.MissingTrait(trait=trait)
    first = {}
    for row, person in enumerate(pool, 1):
        if not person.id.strip():
            raise errors.BlankId(row=row)
        if person.id in first:
            raise errors.DoubledId(row=row, first=first[person.id], id=person.id)
        first[person.id] = row
        for trait, values in choices.items():
            value = person.traits.get(trait, "")
            if value not in values:
                raise errors.UnknownValue(
                    row=row, id=person.id, trait=trait, value=value, choices=tuple(values)
                )


def choices_of(quotas):
    """{trait: {value: Quota}}, both sorted."""
    found = {}
    for quota in sorted(quotas, key=lambda quota: (quota.trait, quota.value)):
        found.setdefault(quota.trait, {})[quota.value] = quota
    return found
