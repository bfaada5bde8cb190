"""Addresses of the operator's pages."""

from django.urls import URLPattern, path

from namens.pages.operator import admitting, blocking, changing, detail, listing

_ONE = "beheer/organisaties/<uuid:organisation>"

urlpatterns: list[URLPattern] = [
    path("beheer/organisaties", listing.organisations, name="organisations"),
    path("beheer/organisaties/toelaten", admitting.admit_new, name="organisation-admit-new"),
    path(_ONE, detail.organisation, name="organisation"),
    path(f"{_ONE}/mensen", detail.people, name="organisation-people"),
    path(f"{_ONE}/toelaten", admitting.admit_proposed, name="organisation-admit"),
    path(f"{_ONE}/niet-toelaten", admitting.refuse_proposed, name="organisation-refuse"),
    path(f"{_ONE}/beheerder", admitting.manager, name="organisation-manager"),
    path(f"{_ONE}/uitgenodigd", admitting.invited, name="organisation-invited"),
    path(f"{_ONE}/mensen/<uuid:member>/opnieuw", admitting.again, name="organisation-invite-again"),
    path(f"{_ONE}/blokkeren", blocking.block_all, name="organisation-block"),
    path(f"{_ONE}/mensen/<uuid:member>/blokkeren", blocking.block_one, name="organisation-block-member"),
    path(f"{_ONE}/blokkades/<uuid:block>/opheffen", blocking.lift, name="organisation-lift"),
    path(f"{_ONE}/blokkades/<uuid:block>/houden", blocking.keep, name="organisation-keep"),
    path(f"{_ONE}/naam", changing.new_name, name="organisation-rename"),
    path(f"{_ONE}/vertrek", changing.leaving, name="organisation-leave"),
    path(f"{_ONE}/fusie", changing.merging, name="organisation-merge"),
    path(f"{_ONE}/fusie/<uuid:merger>/akkoord", changing.agree, name="organisation-merge-agree"),
    path(f"{_ONE}/fusie/<uuid:merger>/niet-akkoord", changing.disagree, name="organisation-merge-refuse"),
]
