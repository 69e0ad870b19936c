from qlabs.base.core.routes import page

from . import views

app_name = "demo"
urlpatterns = [
    page("mail/", views.mail, "demo.read_mail", name="mail"),
    page("mail/<str:name>/", views.letter, "demo.read_mail", name="letter"),
]
