from .drafts import AgainForm, BallotForm, CloseForm, CorrectionForm, ExtendForm, HideForm, PlanForm
from .protocol import read_blinded, read_vote
from .vote import ParticipationForm, VoteForm

__all__ = [
    "AgainForm",
    "BallotForm",
    "CloseForm",
    "CorrectionForm",
    "ExtendForm",
    "HideForm",
    "ParticipationForm",
    "PlanForm",
    "VoteForm",
    "read_blinded",
    "read_vote",
]
