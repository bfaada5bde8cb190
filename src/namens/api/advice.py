"""What the team of a portal does about each problem, in Dutch. The description has it under `x-problemen`."""

from collections.abc import Mapping

from namens.api.problems import ApiProblem

ADVICE: Mapping[ApiProblem, str] = {
    ApiProblem.INVALID_INPUT: "Lees `detail`, verbeter het verzoek en stuur het opnieuw. Hetzelfde verzoek lukt nooit.",
    ApiProblem.NO_TOKEN: "Haal een toegangstoken bij het tokenadres (client_credentials) en stuur het mee als Bearer.",
    ApiProblem.TOKEN_NOT_ACCEPTED: "Haal een nieuw toegangstoken en probeer het één keer opnieuw.",
    ApiProblem.NOT_REGISTERED: "Vraag het beheer van Namens om uw portaal voor deze interface aan te melden.",
    ApiProblem.NOT_ALLOWED_THEN: "Zoek uit hoe dit kon gebeuren. Hetzelfde verzoek lukt nooit.",
    ApiProblem.REFERENCE_TAKEN: "Kies een ander kenmerk: onder dit kenmerk meldde u al iets anders.",
    ApiProblem.NOT_YET: "Regel eerst wat in `detail` staat: een adres voor gebeurtenissen, of een geheim.",
    ApiProblem.TOO_MANY: "Wacht zoveel seconden als in `Retry-After` staat. Er is niets opgeslagen.",
    ApiProblem.NOT_FOUND: "Controleer het adres. Wat van een ander portaal is, bestaat voor u niet.",
    ApiProblem.WRONG_METHOD: "Gebruik een methode die in `Allow` staat.",
    ApiProblem.TOO_OLD: "Lees /v1/machtigingen helemaal en lees gebeurtenissen verder vanaf `laatsteNummer`.",
    ApiProblem.WRONG_KIND: "Stuur JSON in UTF-8, met `Content-Type: application/json`.",
    ApiProblem.TOO_LARGE: "Verdeel het over meer verzoeken.",
    ApiProblem.BROKEN: "Probeer het later nog eens. Blijft het zo, meld ons dan `requestId`.",
    ApiProblem.AWAY: "Wacht zoveel seconden als in `Retry-After` staat en stuur hetzelfde verzoek opnieuw.",
}
FALLBACK = "Lees `detail`."
