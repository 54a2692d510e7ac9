"""Pages of the portal itself; Vietnamese addresses, the same under /en/."""

from django.urls import path

from portal.views import home, operations, pages, theme

urlpatterns = [
    path("", home.home, name="home"),
    path("gioi-thieu/", pages.about, name="about"),
    path("huong-dan/", pages.guide, name="guide"),
    path("lien-he/", pages.contact, name="contact"),
    path("tiep-can/", pages.accessibility, name="accessibility"),
    path("trang-thai/", pages.status, name="status"),
    path("nha-phat-trien/", pages.developers, name="developers"),
    path("giao-dien/", theme.choose, name="theme"),
    path("dieu-hanh/van-hanh/", operations.operations, name="operations"),
    path("dieu-hanh/van-hanh/dong-ho/", operations.believe_clock, name="operations_clock"),
]
