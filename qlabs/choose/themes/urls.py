from qlabs.base.core.routes import LAB, act, page

from . import views

app_name = "themes"
urlpatterns = [
    page(f"{LAB}themes/", views.index, "themes.index", name="index"),
    page(f"{LAB}themes/propose/", views.propose, "themes.propose", posting="themes.write", name="propose"),
    page(f"{LAB}themes/<int:pk>/", views.theme, "themes.read", row="theme", name="theme"),
    page(f"{LAB}themes/<int:pk>/edit/", views.edit, "themes.revise", row="theme", name="edit"),
    page(f"{LAB}themes/<int:pk>/discard/", views.discard, "themes.discard", row="theme", name="discard"),
    act(f"{LAB}themes/<int:pk>/support/", views.support, "themes.support", row="theme", name="support"),
    act(f"{LAB}themes/<int:pk>/shortlist/", views.shortlist, "themes.choose", row="theme", name="shortlist"),
    page(f"{LAB}themes/<int:pk>/withdraw/", views.withdraw, "themes.withdraw", row="theme", name="withdraw"),
    act(f"{LAB}themes/<int:pk>/comment/", views.comment, "themes.comment", row="theme", name="comment"),
    page(
        f"{LAB}themes/comments/<int:pk>/hide/",
        views.hide_comment,
        "themes.moderate",
        row="comment",
        name="hide-comment",
    ),
]
