from django.urls import path

from qlabs.base.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery, name="gallery")]
