from django.urls import path

from . import views

app_name = "ballots"
ONE = "labs/<slug:slug>/ballots/<int:pk>/"
urlpatterns = [
    path("box/<int:pk>/", views.box, name="box"),
    path("vote/<str:token>/sign/", views.sign_by_link, name="sign_by_link"),
    path(f"{ONE}sign/", views.sign, name="sign"),
    path("labs/<slug:slug>/ballots/", views.index, name="index"),
    path("labs/<slug:slug>/ballots/new/", views.new, name="new"),
    path(ONE, views.ballot, name="ballot"),
    path(f"{ONE}edit/", views.edit, name="edit"),
    path(f"{ONE}discard/", views.discard, name="discard"),
    path(f"{ONE}open/", views.open_vote, name="open"),
    path(f"{ONE}receipt/", views.done, name="done"),
    path(f"{ONE}status/", views.status, name="status"),
    path(f"{ONE}roll/", views.roll, name="roll"),
    path(f"{ONE}reminders/", views.remind, name="remind"),
    path(f"{ONE}close/", views.close, name="close"),
    path(f"{ONE}declare/", views.declare, name="declare"),
    path(f"{ONE}run-off/", views.run_off, name="run_off"),
    path(f"{ONE}ballot.json", views.ballot_file, name="file"),
    path(f"{ONE}receipts/", views.receipts, name="receipts"),
    path(f"{ONE}reasons/", views.reasons, name="reasons"),
    path("labs/<slug:slug>/ballots/roll/<int:pk>/", views.correct, name="correct"),
    path("labs/<slug:slug>/ballots/reasons/<slug:pk>/", views.judge, name="judge"),
    path("vote/<str:token>/", views.by_link, name="by_link"),
    path("vote/<str:token>/receipt/", views.done_by_link, name="done_by_link"),
    path("recount.py", views.recount, name="recount"),
    path("account/votes/", views.my_votes, name="my_votes"),
]
