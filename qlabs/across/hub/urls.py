from qlabs.base.core.routes import LAB, act, read_only

from . import views

app_name = "hub"
urlpatterns = [
    read_only("", views.home, "hub.home", name="home"),
    read_only("waiting/", views.waiting, "hub.see_waiting", name="waiting"),
    read_only("labs/", views.labs, "hub.see_labs", name="labs"),
    read_only(LAB, views.lab, "hub.see_lab", name="lab"),
    read_only("about/<slug:slug>/", views.page, "hub.page", name="page"),
    read_only("operator/tasks/", views.tasks, "hub.see_tasks", name="tasks"),
    act("operator/tasks/<uuid:pk>/retry/", views.retry, "hub.retry_task", name="retry"),
    read_only("healthz", views.health, "hub.health", name="health"),
    read_only("robots.txt", views.robots, "hub.page", name="robots"),
    read_only(".well-known/security.txt", views.security, "hub.page", name="security"),
]
