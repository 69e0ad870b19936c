from qlabs.base.core.routes import page
from qlabs.base.ui import rules, views  # noqa: F401 - the rule stands before the route

app_name = "ui"
urlpatterns = [page("", views.gallery, "ui.gallery", name="gallery")]
