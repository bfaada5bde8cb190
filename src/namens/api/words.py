"""The Dutch names of what goes over the wire, for the description: what code calls `Act` is a `Handeling` there.

A form without a line here keeps its English name and has no explanation; a test holds that there is none.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Word(NamedTuple):
    """The name of a form in the description, and one sentence about it."""

    name: str
    explained: str


FORMS: Mapping[str, Word] = {
    "Act": Word("Handeling", "Een handeling die uw portaal mag melden."),
    "OwnRegistration": Word("Aanmelding", "Hoe uw portaal is aangemeld."),
    "ProblemDocument": Word("Probleem", "Waarom er geen antwoord is (RFC 9457). `code` verandert nooit."),
    "MandateActive": Word("MachtigingActief", "Een machtiging werd actief."),
    "MandateStopped": Word("MachtigingGestopt", "Een machtiging is gestopt."),
    "MandateSuspended": Word("MachtigingOnderbroken", "Een machtiging geldt tijdelijk niet."),
    "MandateRestored": Word("MachtigingHersteld", "Een machtiging geldt weer."),
    "MandateEnded": Word("MachtigingBeeindigd", "Een machtiging is voorbij."),
    "MandateChanged": Word("MachtigingGewijzigd", "Een machtiging is veranderd."),
    "LicenceChanged": Word("LicentieGewijzigd", "Wat een medewerker bij uw portaal mag, is veranderd."),
    "ExclusionChanged": Word("UitsluitingGewijzigd", "Een persoon sluit een medewerker uit, of niet meer."),
    "ActDisputed": Word("HandelingBetwist", "Iemand zegt dat een gemelde handeling niet klopt."),
    "Trial": Word("Proef", "Een gebeurtenis om uw ontvanger mee te proberen."),
    "HeardMember": Word("Medewerker", "Een medewerker van een organisatie, met het nummer dat uw portaal heeft."),
    "MandateData": Word(
        "MachtigingGegevens", "De machtiging zoals zij nu is, voor zover die over diensten van uw portaal gaat."
    ),
    "LicenceData": Word("LicentieGegevens", "Welke medewerker, en wat die bij uw portaal nog mag."),
    "ExclusionData": Word("UitsluitingGegevens", "Wie welke medewerker uitsluit, of niet meer."),
    "DisputeData": Word("BetwisteHandeling", "Welke handeling niet klopt. Niet wie dat zegt."),
    "TrialData": Word("ProefGegevens", "Niets."),
    "HeardEvents": Word("Gebeurtenissen", "Een deel van de gebeurtenissen van uw portaal, in hun volgorde."),
    "MandatesSought": Word("Zoekopdracht", "Welke machtigingen, en welke bladzijde. Elk filter maakt het minder."),
    "NamedPerson": Word("Persoonsnaam", "Een persoon, met het nummer dat uw portaal heeft."),
    "NamedHelper": Word("Gemachtigdenaam", "Een persoon (`id`) of een organisatie (`kvkNummer`)."),
    "ListedPerson": Word("Persoon", "Een persoon, met het nummer dat uw portaal heeft."),
    "HelpingOrganisation": Word("Organisatie", "Een organisatie, met haar KvK-nummer."),
    "ListedService": Word("DienstInMachtiging", "Een dienst van uw portaal in een machtiging."),
    "ListedMandate": Word("Machtiging", "Een machtiging, voor zover die over diensten van uw portaal gaat."),
    "ActReport": Word("Melding", "Wat iemand namens een ander deed: wie voor wie, of in welke login."),
    "ActReports": Word("Meldingen", "Veel handelingen. Elke staat op zichzelf."),
    "ActRepresentee": Word("VoorWie", "Voor wie het is gedaan: een persoon."),
    "ActActor": Word("DoorWie", "Wie het deed: een persoon, of een medewerker met het KvK-nummer erbij."),
    "ActTaken": Word("GemeldeHandeling", "Een handeling zoals Namens die bewaart."),
    "ActResult": Word("Resultaat", "Wat er van één handeling werd: de handeling, of waarom niet."),
    "ActResults": Word("Resultaten", "Wat er van elke handeling werd, in dezelfde volgorde."),
    "NewWebhookSecret": Word("NieuwWebhookgeheim", "Een nieuw geheim. U krijgt het alleen nu."),
    "WebhookSecret": Word("Webhookgeheim", "Wat er van een geheim te weten is, nooit het geheim zelf."),
    "WebhookSecrets": Word("Webhookgeheimen", "De geheimen die nu ondertekenen, de nieuwste eerst."),
    "TrialEvent": Word("Proefgebeurtenis", "De gebeurtenis die onderweg is."),
    "Mandates": Word("Machtigingen", "Een bladzijde. Zij kan korter zijn dan gevraagd, ook als er nog meer komen."),
}
TAGS: Mapping[str, str] = {
    "portaal": "Hoe uw portaal is aangemeld.",
    "machtigingen": "De machtigingen die uw portaal aangaan, voor werk in stapels.",
    "gebeurtenissen": "Wat er veranderde, om verder te lezen na een storing.",
    "handelingen": "Wat er bij uw portaal namens iemand is gedaan.",
    "handelingreeksen": "Veel handelingen tegelijk.",
    "webhookgeheimen": "Waarmee gebeurtenissen zijn ondertekend.",
    "proefgebeurtenissen": "Een gebeurtenis om mee te proberen.",
}
STATUSES: Mapping[int, str] = {
    200: "Gelukt",
    201: "Opgeslagen",
    202: "Aangenomen",
    204: "Gelukt, zonder inhoud",
    400: "Het verzoek klopt niet",
    401: "Het toegangstoken ontbreekt of geldt niet (meer)",
    403: "Uw portaal mag dit niet",
    404: "Dit is er niet",
    409: "Dit botst met wat er al is",
    410: "Dit is niet meer te lezen",
    413: "Het verzoek is te groot",
    415: "De inhoud is geen JSON",
    429: "Te veel verzoeken; probeer het na `Retry-After` seconden weer",
    500: "Er ging bij Namens iets mis",
    503: "Namens is even niet beschikbaar; probeer het na `Retry-After` seconden weer",
}
WEBHOOK_HEADERS: Mapping[str, str] = {
    "webhook-id": "Het nummer van de gebeurtenis, hetzelfde bij elke poging",
    "webhook-timestamp": "Wanneer deze poging is gedaan, in seconden sinds 1970",
    "webhook-signature": "`v1,` en de handtekening; bij meer geheimen meer, met een spatie ertussen",
}
HEADERS: Mapping[str, str] = {
    "API-Version": "De hele versie van deze interface",
    "X-Request-ID": "Het nummer van dit verzoek: dat van u, of een van ons",
    "Location": "Waar te lezen is wat is opgeslagen",
    "Retry-After": "Na hoeveel seconden het weer kan",
    "WWW-Authenticate": "Welk toegangstoken nodig is (RFC 6750)",
    "Deprecation": "Sinds wanneer dit is uitgefaseerd (RFC 9745)",
    "Sunset": "Tot wanneer dit nog werkt (RFC 8594)",
    "Link": "Wat ervoor in de plaats komt",
}
