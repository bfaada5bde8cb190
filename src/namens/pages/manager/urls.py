"""Addresses of the managers of an organisation."""

from django.urls import URLPattern, path

from namens.pages.manager import invite, licences, people, person, review, sheets, steps, teams

urlpatterns: list[URLPattern] = [
    path("organisatie/mensen", people.people, name="people"),
    path("organisatie/mensen/uitnodigen", invite.invite, name="person-invite"),
    path("organisatie/mensen/uitgenodigd", invite.invited, name="person-invited"),
    path("organisatie/mensen/<uuid:member>/uitnodiging", invite.again, name="person-link"),
    path("organisatie/mensen/<uuid:member>", person.person, name="person"),
    path("organisatie/mensen/<uuid:member>/gegevens", person.change, name="person-change"),
    path("organisatie/mensen/<uuid:member>/vertrek", person.end, name="person-end"),
    path("organisatie/mensen/<uuid:member>/licentie", licences.give, name="licence-give"),
    path("organisatie/licenties/<uuid:licence>/wijzigen", licences.change, name="licence-change"),
    path("organisatie/licenties/<uuid:licence>/verlengen", steps.renew, name="licence-renew"),
    path("organisatie/licenties/<uuid:licence>/pauzeren", steps.pause, name="licence-pause"),
    path("organisatie/licenties/<uuid:licence>/hervatten", steps.resume, name="licence-resume"),
    path("organisatie/licenties/<uuid:licence>/stoppen", steps.end, name="licence-end"),
    path("organisatie/bestand", sheets.upload, name="sheet-upload"),
    path("organisatie/bestand/mensen.csv", sheets.export, name="sheet-export"),
    path("organisatie/bestand/<uuid:sheet>", sheets.sheet, name="sheet"),
    path("organisatie/bestand/<uuid:sheet>/uitvoeren", sheets.agree, name="sheet-agree"),
    path("organisatie/bestand/<uuid:sheet>/weggooien", sheets.drop, name="sheet-drop"),
    path("organisatie/teams", teams.teams, name="teams"),
    path("organisatie/teams/nieuw", teams.make, name="team-make"),
    path("organisatie/teams/<uuid:team>", teams.team, name="team"),
    path("organisatie/teams/<uuid:team>/naam", teams.rename, name="team-rename"),
    path("organisatie/teams/<uuid:team>/sluiten", teams.close, name="team-close"),
    path("organisatie/nakijken", review.review, name="review"),
    path("organisatie/nakijken/verlengen", review.renew, name="review-renew"),
]
