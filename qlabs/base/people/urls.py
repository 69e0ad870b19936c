from django.urls import path

from .views import account, invitations, joining, lists, members

app_name = "people"
urlpatterns = [
    path("account/profile/", account.profile, name="profile"),
    path("account/security/", account.security, name="security"),
    path("account/security/authenticator.svg", account.totp_qr, name="totp_qr"),
    path("account/security/sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("join/<str:token>/", joining.join, name="join"),
    path("people/", members.index, name="members"),
    path("people/<int:pk>/", members.person, name="person"),
    path("people/<int:pk>/close/", members.close, name="close"),
    path("people/<int:pk>/reopen/", members.reopen, name="reopen"),
    path("people/import/", lists.upload, name="import"),
    path("people/import/<int:pk>/", lists.preview, name="preview"),
    path("people/import/<int:pk>/refused.csv", lists.refused, name="refused"),
    path("people/invitations/", invitations.index, name="invitations"),
    path("people/invitations/remind/", invitations.remind_everyone, name="remind_everyone"),
    path("people/invitations/<int:pk>/remind/", invitations.remind, name="remind"),
]
