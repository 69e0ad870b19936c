app_name = "story"
urlpatterns = []
