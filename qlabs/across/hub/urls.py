from django.urls import path

from . import views

app_name = "hub"
urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.waiting, name="waiting"),
    path("labs/", views.labs, name="labs"),
    path("labs/<slug:slug>/", views.lab, name="lab"),
    path("about/<slug:slug>/", views.page, name="page"),
    path("operator/tasks/", views.tasks, name="tasks"),
    path("operator/tasks/<uuid:pk>/retry/", views.retry, name="retry"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
]
