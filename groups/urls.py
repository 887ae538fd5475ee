"""Pages of this room."""

urlpatterns = []
