from django.urls import include, path

urlpatterns = [
    path("", include("qlabs.choose.ballots.urls")),  # first: in a last minute all votes come at once
    path("", include("qlabs.base.lab.urls")),
    path("", include("qlabs.across.hub.urls")),
    path("ui/", include("qlabs.base.ui.urls")),
    path("account/", include("qlabs.base.people.sign_in_urls")),
    path("", include("qlabs.base.people.urls")),
    path("", include("qlabs.choose.themes.urls")),
    path("", include("qlabs.choose.stations.urls")),
    path("", include("qlabs.across.story.urls")),
    path("demo/", include("qlabs.across.demo.urls")),
]

handler400 = "qlabs.base.ui.views.handler400"
handler403 = "qlabs.base.ui.views.handler403"
handler404 = "qlabs.base.ui.views.handler404"
handler429 = "qlabs.base.ui.views.handler429"
handler500 = "qlabs.base.ui.views.handler500"
