from django.urls import path

from . import views

app_name = "themes"
urlpatterns = [
    path("labs/<slug:slug>/themes/", views.index, name="index"),
    path("labs/<slug:slug>/themes/propose/", views.propose, name="propose"),
    path("labs/<slug:slug>/themes/<int:pk>/", views.theme, name="theme"),
    path("labs/<slug:slug>/themes/<int:pk>/edit/", views.edit, name="edit"),
    path("labs/<slug:slug>/themes/<int:pk>/discard/", views.discard, name="discard"),
    path("labs/<slug:slug>/themes/<int:pk>/support/", views.support, name="support"),
    path("labs/<slug:slug>/themes/<int:pk>/shortlist/", views.shortlist, name="shortlist"),
    path("labs/<slug:slug>/themes/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("labs/<slug:slug>/themes/<int:pk>/comment/", views.comment, name="comment"),
    path("labs/<slug:slug>/themes/comments/<int:pk>/hide/", views.hide_comment, name="hide-comment"),
]
