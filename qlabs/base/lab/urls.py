from django.urls import path

from . import views

app_name = "lab"
urlpatterns = [
    path("labs/new/", views.new, name="new"),
    path("labs/<slug:slug>/settings/", views.settings, name="settings"),
    path("labs/<slug:slug>/team/", views.team, name="team"),
    path("labs/<slug:slug>/team/<int:pk>/remove/", views.remove, name="remove"),
    path("labs/<slug:slug>/funding/", views.funding, name="funding"),
    path("labs/<slug:slug>/funding/<int:pk>/remove/", views.remove_funding, name="remove_funding"),
    path("labs/<slug:slug>/stages/", views.stage_list, name="stages"),
    path("labs/<slug:slug>/stages/<slug:stage>/", views.stage, name="stage"),
    path("labs/<slug:slug>/gates/<slug:stage>/", views.gate, name="gate"),
    path("labs/<slug:slug>/archive/", views.archive, name="archive"),
    path("labs/<slug:slug>/log/", views.log, name="log"),
]
