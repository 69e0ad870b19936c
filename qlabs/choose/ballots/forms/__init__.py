from .drafts import (
    AgainForm,
    BallotForm,
    CloseForm,
    CorrectionForm,
    ExtendForm,
    HideForm,
    PlanForm,
    WordingForm,
)
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
    "WordingForm",
    "read_blinded",
    "read_vote",
]
