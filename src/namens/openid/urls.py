"""Addresses of the door for portals."""

from django.urls import path

from namens.grants import addresses
from namens.openid import (
    abandon,
    authorize,
    choose,
    discovery,
    introspect,
    logout,
    missing,
    push,
    revoke,
    token,
    userinfo,
)

app_name = "openid"
urlpatterns = [
    path(".well-known/openid-configuration", discovery.configuration, name="configuration"),
    path(".well-known/oauth-authorization-server", discovery.configuration, name="server-configuration"),
    path(addresses.JWKS, discovery.jwks, name="jwks"),
    path(addresses.AUTHORIZE, authorize.authorize, name="authorize"),
    path(addresses.PUSH, push.push, name="push"),
    path("openid/choose/<uuid:asked>", choose.choose, name="choose"),
    path("openid/choose/<uuid:asked>/abandoned", abandon.abandon, name="abandon"),
    path("openid/choose/<uuid:asked>/missing", missing.missing, name="missing"),
    path(addresses.TOKEN, token.token, name="token"),
    path(addresses.INTROSPECT, introspect.introspect, name="introspect"),
    path(addresses.REVOKE, revoke.revoke, name="revoke"),
    path(addresses.USERINFO, userinfo.userinfo, name="userinfo"),
    path(addresses.LOGOUT, logout.logout, name="logout"),
    path("openid/logout/confirm", logout.confirm, name="confirm-logout"),
    path("openid/logout/done", logout.done, name="logged-out"),
    path("openid/logout/gone", logout.gone, name="gone"),
]
