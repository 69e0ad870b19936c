from .drafts import BallotForm, CloseForm, CorrectionForm, HideForm, RunOffForm
from .protocol import read_blinded, read_vote
from .vote import VoteForm

__all__ = [
    "BallotForm",
    "CloseForm",
    "CorrectionForm",
    "HideForm",
    "RunOffForm",
    "VoteForm",
    "read_blinded",
    "read_vote",
]
