"""What can be wrong with ballots, keys and codes."""

from labengines.errors import EngineError


class UnknownOption(EngineError):
    """A ballot names an option that was not on it."""

    code = "unknown_option"


class OptionTwice(EngineError):
    """The list of options holds one twice, or the empty name kept for "no choice"."""

    code = "option_twice"


class NegativeCount(EngineError):
    """A tally below zero, or not a whole number."""

    code = "negative_count"


class MoreBallotsThanRoll(EngineError):
    """More ballots than people who may vote."""

    code = "more_ballots_than_roll"


class UnknownRule(EngineError):
    """A counting rule that does not exist, or not for this number of seats."""

    code = "unknown_rule"


class KeyMalformed(EngineError):
    """An RSA key that this method cannot use."""

    code = "key_malformed"


class BlindedMalformed(EngineError):
    """A blinded message of the wrong length or not below the modulus."""

    code = "blinded_malformed"


class BlindingNotInvertible(EngineError):
    """A blinding factor outside 1..n-1 or sharing a factor with the modulus."""

    code = "blinding_not_invertible"


class SignatureWrong(EngineError):
    """A signature that does not verify (a wrong key, a fault, or a forger)."""

    code = "signature_wrong"


class ChangeCodeMistyped(EngineError):
    """A change code of the wrong length, with a foreign sign, or with a wrong check."""

    code = "change_code_mistyped"


class NameMalformed(EngineError):
    """A ballot, scope, option or counter that cannot stand in a signed message."""

    code = "name_malformed"


class ThresholdTooLow(EngineError):
    """A disclosure threshold under which a group of one would be shown."""

    code = "threshold_too_low"


class RepeatedOption(EngineError):
    """A ballot that names an option twice."""

    code = "repeated_option"


class BallotMalformed(EngineError):
    """A ballot that is not in the form that the rule takes."""

    code = "ballot_malformed"


class WrongNumber(EngineError):
    """A ballot with more or fewer marks or points than the rule allows."""

    code = "wrong_number"


class UnknownChoice(EngineError):
    """A variant of a rule that does not exist, is missing, or contradicts another."""

    code = "unknown_choice"


def among(choices, **chosen):
    """Raise UnknownChoice for a named value that is not one of the choices."""
    for name, value in chosen.items():
        if value not in choices:
            raise UnknownChoice(name=name, value=value, choices=choices)
