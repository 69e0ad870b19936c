from qlabs.base.core.routes import LAB, act, page, read_only

from . import views

app_name = "ballots"
ONE = f"{LAB}ballots/<int:pk>/"
urlpatterns = [
    act("box/<int:pk>/", views.box, "ballots.cast", name="box"),
    act("vote/<str:token>/sign/", views.sign_by_link, "ballots.vote_by_link", name="sign_by_link"),
    act(f"{ONE}sign/", views.sign, "ballots.sign", row="ballot", name="sign"),
    page(f"{LAB}ballots/", views.index, "ballots.index", name="index"),
    page(f"{LAB}ballots/new/", views.new, "ballots.create", name="new"),
    page(ONE, views.ballot, "ballots.see", row="ballot", name="ballot"),
    page(f"{ONE}edit/", views.edit, "ballots.edit", row="ballot", name="edit"),
    page(f"{ONE}discard/", views.discard, "ballots.edit", row="ballot", name="discard"),
    page(f"{ONE}open/", views.open_vote, "ballots.open", row="ballot", name="open"),
    page(f"{ONE}confirm/", views.confirm, "ballots.sign", row="ballot", name="confirm"),
    page(f"{ONE}receipt/", views.done, "ballots.receipt", row="ballot", name="done"),
    page(f"{ONE}status/", views.status, "ballots.status", row="ballot", name="status"),
    page(f"{ONE}roll/", views.roll, "ballots.status", row="ballot", name="roll"),
    act(f"{ONE}reminders/", views.remind, "ballots.remind", row="ballot", name="remind"),
    page(f"{ONE}close/", views.close, "ballots.close", row="ballot", name="close"),
    act(f"{ONE}close/withdraw/", views.withdraw, "ballots.close", row="ballot", name="withdraw"),
    page(f"{ONE}close/agree/", views.agree, "ballots.agree_to_close", row="ballot", name="agree"),
    page(f"{ONE}declare/", views.declare, "ballots.declare", row="ballot", name="declare"),
    page(f"{ONE}run-off/", views.run_off, "ballots.run_off", row="ballot", name="run_off"),
    page(f"{ONE}void/", views.void, "ballots.void", row="ballot", name="void"),
    page(f"{ONE}again/", views.ask_again, "ballots.ask_again", row="ballot", name="ask_again"),
    page(f"{ONE}ballot.json", views.ballot_file, "ballots.result", row="ballot", name="file"),
    page(f"{ONE}receipts/", views.receipts, "ballots.result", row="ballot", name="receipts"),
    page(f"{ONE}took-part/", views.took_part, "ballots.result", row="ballot", name="took_part"),
    page(f"{ONE}reasons/", views.reasons, "ballots.read_reasons", row="ballot", name="reasons"),
    page(
        f"{LAB}ballots/roll/<int:pk>/",
        views.correct,
        "ballots.correct_roll",
        row="roll_entry",
        name="correct",
    ),
    page(
        f"{LAB}ballots/reasons/<slug:pk>/",
        views.judge,
        "ballots.read_reasons",
        row="ballot_reason",
        name="judge",
    ),
    page("vote/<str:token>/", views.by_link, "ballots.vote_by_link", name="by_link"),
    page("vote/<str:token>/confirm/", views.confirm_by_link, "ballots.vote_by_link", name="confirm_by_link"),
    page("vote/<str:token>/receipt/", views.done_by_link, "ballots.vote_by_link", name="done_by_link"),
    read_only("ballots/ended.json", views.ended, "ballots.ended", name="ended"),
    page("recount.py", views.recount, "ballots.recount", name="recount"),
    page("account/votes/", views.my_votes, "ballots.my_votes", name="my_votes"),
]
