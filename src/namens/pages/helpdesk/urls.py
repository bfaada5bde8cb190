"""Addresses of the helpdesk."""

from django.urls import URLPattern, path

from namens.pages.helpdesk import caller, case, change, code_letter, find, helper, line, post, reports

urlpatterns: list[URLPattern] = [
    path("helpdesk/", find.find_caller, name="caller-find"),
    path("helpdesk/helper", find.find_helper, name="caller-helper"),
    path("helpdesk/gesprek/<uuid:call>", caller.caller, name="caller"),
    path("helpdesk/gesprek/<uuid:call>/afsluiten", caller.hang_up, name="caller-hang-up"),
    path("helpdesk/gesprek/<uuid:call>/code", code_letter.who, name="caller-letter"),
    path("helpdesk/gesprek/<uuid:call>/code/waarmee", code_letter.what, name="caller-letter-what"),
    path("helpdesk/gesprek/<uuid:call>/overzicht", post.overview, name="caller-overview"),
    path("helpdesk/gesprek/<uuid:call>/overzicht/gedaan", post.overview_sent, name="caller-overview-sent"),
    path("helpdesk/gesprek/<uuid:call>/brieven", post.look, name="caller-look"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/nieuwe-code", post.again, name="caller-letter-again"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/code", code_letter.sent, name="caller-letter-sent"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>", caller.one_mandate, name="caller-mandate"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/stoppen", change.stop, name="caller-stop"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/eerder-aflopen", change.shorten, name="caller-shorten"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/gedaan", change.changed, name="caller-changed"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/klopt-niet", reports.report, name="caller-report"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/gemeld", reports.reported, name="caller-reported"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/weer-door", reports.restore, name="caller-restore"),
    path("helpdesk/gesprek/<uuid:call>/<uuid:mandate>/zaaknummer", reports.proposed, name="caller-proposed"),
    path("helpdesk/melding", case.find, name="case-find"),
    path("helpdesk/melding/doorgegaan", case.agreed, name="case-agreed"),
    path("helpdesk/melding/niet-doorgegaan", case.refused, name="case-refused"),
    path("helpdesk/melding/<uuid:call>", case.case, name="case"),
    path("helpdesk/melding/<uuid:call>/akkoord", case.agree, name="case-agree"),
    path("helpdesk/melding/<uuid:call>/niet-akkoord", case.refuse, name="case-refuse"),
    path("helpdesk/regel/beantwoord", line.answered, name="line-answered"),
    path("helpdesk/regel/<uuid:call>", line.line, name="line-case"),
    path("helpdesk/helper/<uuid:call>", helper.helper_call, name="helper-call"),
    path("helpdesk/helper/<uuid:call>/afsluiten", helper.hang_up, name="helper-hang-up"),
    path("helpdesk/helper/<uuid:call>/<uuid:mandate>/stoppen", helper.stop, name="helper-call-stop"),
]
