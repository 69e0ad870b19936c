from qlabs.base.core.routes import FILE, LAB, act, page, read_only

from . import views

app_name = "lab"
urlpatterns = [
    page("labs/new/", views.new, "lab.create", name="new"),
    page(f"{LAB}settings/", views.settings, "lab.change", name="settings"),
    page(f"{LAB}team/", views.team, "lab.see_team", posting="lab.change_team", name="team"),
    act(f"{LAB}team/<int:pk>/remove/", views.remove, "lab.change_team", row="membership", name="remove"),
    read_only(f"{LAB}invitations/", views.invitations, "lab.invite", name="invitations"),
    page(f"{LAB}invitations/list/", views.invite_list, "lab.invite", most=FILE, name="invite_list"),
    act(f"{LAB}invitations/remind/", views.remind_all_invited, "lab.invite", name="remind_all_invited"),
    act(
        f"{LAB}invitations/<int:pk>/remind/",
        views.remind_invited,
        "lab.invite",
        row="invitation",
        name="remind_invited",
    ),
    act(
        f"{LAB}invitations/<int:pk>/cancel/",
        views.cancel_invitation,
        "lab.invite",
        row="invitation",
        name="cancel_invitation",
    ),
    page(f"{LAB}funding/", views.funding, "lab.see_funding", posting="lab.change_funding", name="funding"),
    act(
        f"{LAB}funding/<int:pk>/remove/",
        views.remove_funding,
        "lab.change_funding",
        row="funding",
        name="remove_funding",
    ),
    page(f"{LAB}stages/", views.stage_list, "lab.see_gate", name="stages"),
    page(f"{LAB}stages/<slug:stage>/", views.stage, "lab.date_stages", name="stage"),
    page(f"{LAB}gates/<slug:stage>/", views.gate, "lab.see_gate", posting="lab.pass_gate", name="gate"),
    page(f"{LAB}archive/", views.archive, "lab.archive", name="archive"),
    read_only(f"{LAB}log/", views.log, "lab.read_log", name="log"),
    read_only(f"{LAB}log/log.jsonl", views.log_file, "lab.read_log", name="log_file"),
    read_only(f"{LAB}log/verify_log.py", views.log_program, "lab.read_log", name="log_program"),
]
