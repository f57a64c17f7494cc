"""Addresses of one's own settings, below /settings/; sign-in and the like are allauth's, below /accounts/."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.profile, name="settings_profile"),
    path("picture/", views.picture, name="settings_picture"),
    path("picture/remove/", views.remove_picture, name="settings_remove_picture"),
    path("mail/", views.mail, name="settings_mail"),
    path("look/", views.look, name="settings_look"),
    path("sign-in/", views.sign_in, name="settings_sign_in"),
    path("close/", views.close, name="settings_close"),
    path("reopen/", views.reopen, name="reopen"),
]
