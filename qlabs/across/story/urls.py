from qlabs.base.core.routes import FILE, LAB, act, page

from . import feeds, views

app_name = "story"
urlpatterns = [
    page(f"{LAB}story/", views.index, "story.read", name="index"),
    page(f"{LAB}story/feed.atom", feeds.atom, "story.read", name="feed"),
    page(f"{LAB}story/embed/", views.embed, "story.read", name="embed"),
    page(f"{LAB}story/write/", views.write, "story.write", most=FILE, name="write"),
    page(f"{LAB}story/<int:pk>/", views.entry, "story.see", row="entry", name="entry"),
    page(f"{LAB}story/<int:pk>/edit/", views.edit, "story.write", row="entry", most=FILE, name="edit"),
    page(f"{LAB}story/<int:pk>/delete/", views.delete, "story.write", row="entry", name="delete"),
    page(f"{LAB}story/event-<int:position>/", views.event, "story.read", name="event"),
    page(f"{LAB}story/pictures/<int:pk>/", views.picture, "story.see", row="picture", name="picture"),
    act(
        f"{LAB}story/pictures/<int:pk>/remove/",
        views.remove_picture,
        "story.write",
        row="picture",
        name="remove-picture",
    ),
]
