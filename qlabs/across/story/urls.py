from django.urls import path

from . import feeds, views

app_name = "story"
urlpatterns = [
    path("labs/<slug:slug>/story/", views.index, name="index"),
    path("labs/<slug:slug>/story/feed.atom", feeds.atom, name="feed"),
    path("labs/<slug:slug>/story/embed/", views.embed, name="embed"),
    path("labs/<slug:slug>/story/write/", views.write, name="write"),
    path("labs/<slug:slug>/story/<int:pk>/", views.entry, name="entry"),
    path("labs/<slug:slug>/story/<int:pk>/edit/", views.edit, name="edit"),
    path("labs/<slug:slug>/story/<int:pk>/delete/", views.delete, name="delete"),
    path("labs/<slug:slug>/story/event-<int:position>/", views.event, name="event"),
    path("labs/<slug:slug>/story/pictures/<int:pk>/", views.picture, name="picture"),
    path("labs/<slug:slug>/story/pictures/<int:pk>/remove/", views.remove_picture, name="remove-picture"),
]
