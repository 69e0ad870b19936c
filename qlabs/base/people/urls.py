from qlabs.base.core.routes import FILE, act, page, read_only

from .views import account, addresses, invitations, joining, kept, lists, members

app_name = "people"
urlpatterns = [
    page("account/kept/", kept.kept_form, "people.profile", name="kept"),
    page("account/profile/", account.profile, "people.profile", name="profile"),
    page("account/security/", account.security, "people.security", name="security"),
    page("account/security/authenticator.svg", account.totp_qr, "people.security", name="totp_qr"),
    act(
        "account/security/sign-out-everywhere/",
        account.sign_out_everywhere,
        "people.security",
        name="sign_out_everywhere",
    ),
    act("account/security/renew-links/", addresses.renew_mine, "people.security", name="renew_my_links"),
    page("account/address/<str:token>/", addresses.answer, "people.answer_address", name="answer_address"),
    page("join/<str:token>/", joining.join, "people.join", name="join"),
    page("join/<str:token>/no-thanks/", joining.no_thanks, "people.decline", name="no_thanks"),
    act(
        "account/profile/join-community/",
        joining.join_community,
        "people.join_community",
        name="join_community",
    ),
    page("people/", members.index, "people.members", name="members"),
    page("people/<int:pk>/", members.person, "people.manage", name="person"),
    act("people/<int:pk>/address/withdraw/", addresses.withdraw, "people.manage", name="withdraw_address"),
    act("people/<int:pk>/renew-links/", addresses.renew, "people.manage", name="renew_links"),
    page("people/<int:pk>/close/", members.close, "people.manage", name="close"),
    act("people/<int:pk>/reopen/", members.reopen, "people.manage", name="reopen"),
    read_only("people/doubles/", members.doubles, "people.members", name="doubles"),
    page("people/import/", lists.upload, "people.import", most=FILE, name="import"),
    page("people/import/<int:pk>/", lists.preview, "people.import", name="preview"),
    act("people/import/<int:pk>/columns/", lists.columns, "people.import", name="columns"),
    page("people/import/<int:pk>/refused.csv", lists.refused, "people.import", name="refused"),
    page("people/invitations/", invitations.index, "people.invite", name="invitations"),
    page("people/invite/", invitations.invite, "people.invite", name="invite"),
    act("people/invitations/remind/", invitations.remind_everyone, "people.invite", name="remind_everyone"),
    act("people/invitations/<int:pk>/remind/", invitations.remind, "people.invite", name="remind"),
]
