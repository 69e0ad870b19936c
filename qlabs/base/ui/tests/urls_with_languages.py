from django.urls import include, path

urlpatterns = [
    path("ui/", include("qlabs.base.ui.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
