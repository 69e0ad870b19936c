from qlabs.base.core.routes import LAB, act, page

from . import views

app_name = "stations"
HERE = "station/<str:token>/"
urlpatterns = [
    page(f"{LAB}ballots/<int:pk>/stations/", views.index, "stations.manage", row="ballot", name="index"),
    act(f"{LAB}stations/<int:pk>/close/", views.close, "stations.manage", row="station", name="close"),
    page(f"{LAB}stations/<int:pk>/cards/", views.cards, "stations.print_cards", row="station", name="cards"),
    page(
        f"{LAB}card-orders/<int:pk>/",
        views.print_cards,
        "stations.agree_to_cards",
        row="card_order",
        name="print_cards",
    ),
    page(HERE, views.start, "stations.use", name="start"),
    page(f"{HERE}vote/", views.vote, "stations.use", name="vote"),
    act(f"{HERE}sign/", views.sign, "stations.use", name="sign"),
    page(f"{HERE}confirm/", views.confirm, "stations.use", name="confirm"),
    page(f"{HERE}receipt/", views.receipt, "stations.use", name="receipt"),
    page(f"{HERE}still-there/", views.still_there, "stations.use", name="still_there"),
    act(f"{HERE}finish/", views.finish, "stations.use", name="finish"),
]
