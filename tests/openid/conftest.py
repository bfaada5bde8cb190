"""Two portals, with keys to sign for them, on the morning of 23 November 2026."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from pytest_django import Settings

from namens.grants import signing
from namens.grants.models import Algorithm, SigningKey
from namens.lib import clock
from namens.organisations.models import Member, MemberKind
from namens.parties.models import Party
from namens.services.profiles import Binding
from tests.openid.relying import RelyingParty, compat_terms, fapi_terms, registered, terms_of
from tests.openid.renewing import DECISIONS, PORTALS, TWO, lasting_terms, machine_terms
from tests.people import NOW
from tests.working import licence, mandate_of, member, organisation

BASIS = "Besluit digitale overheid, artikel 7"


BROKERS = """
brokers:
  - {key: digid, name: DigiD, issuer: "https://broker.example/digid", client_id: namens, client_secret: none}
"""


@cache
def made_keys() -> tuple[SigningKey, ...]:
    """Make our signing keys once a run: RSA takes a while."""
    return tuple(signing.make(algorithm, now=NOW) for algorithm in Algorithm)


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """Let the clock stand still."""
    with clock.frozen(NOW) as now:
        yield now


@pytest.fixture(scope="session")
def brokers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one broker. Nobody talks to it here: tests begin sessions themselves."""
    path = tmp_path_factory.mktemp("openid") / "brokers.yaml"
    path.write_text(BROKERS, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def brokers(settings: Settings, brokers_file: Path) -> None:
    """Have that one broker."""
    settings.BROKERS_FILE = brokers_file


@pytest.fixture
def signing_keys(db: None) -> None:  # noqa: ARG001 - asked for its effect
    """Have our signing keys in the database."""
    for key in made_keys():
        SigningKey.objects.get_or_create(kid=key.kid, defaults=fields(key))


def fields(key: SigningKey) -> dict[str, object]:
    """Give what makes up a key, but its id."""
    return {field.name: getattr(key, field.name) for field in SigningKey._meta.fields if field.name != "kid"}


@pytest.fixture
def portal(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `nlgov` profile for two services, which receives names."""
    return registered(replace(terms_of("mijn-overheid", "mijn-toeslagen", "inkomstenbelasting"), receives_names=True))


@pytest.fixture
def stock(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `compat` profile that may have BSNs."""
    return registered(replace(compat_terms("formulieren"), bsn_legal_basis=BASIS))


@pytest.fixture
def strict(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `fapi` profile, whose tokens are bound to a key."""
    return registered(fapi_terms("streng"))


@pytest.fixture
def bound(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `nlgov` profile whose tokens are bound to a key."""
    return registered(replace(terms_of("gebonden"), token_binding=Binding.PROOF))


@pytest.fixture
def lasting(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `nlgov` profile whose logins go on, for two services."""
    return registered(lasting_terms("blijvend", *TWO))


@pytest.fixture
def machine(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `nlgov` profile whose own machine may come to both doors for machines."""
    return registered(machine_terms("machine", DECISIONS, PORTALS))


@pytest.fixture
def sam(portal: RelyingParty, anna: Party) -> Member:  # noqa: ARG001 - the portal brings the catalogue
    """Sam of Samen Sterk, with a licence, and Anna's mandate in the organisation's name."""
    worker = member(organisation())
    mandate_of(anna, organisation())
    licence(worker)
    return worker


@pytest.fixture
def kvk(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal where people come for clients, and organisations for themselves."""
    terms = replace(terms_of("kvk-portaal", "mijn-toeslagen", "inkomstenbelasting"), receives_names=True)
    return registered(replace(terms, organisations_themselves=True))


@pytest.fixture
def mia(kvk: RelyingParty) -> Member:  # noqa: ARG001 - the portal brings the catalogue
    """Manager of Samen Sterk, without a licence."""
    return member(organisation(), "Mia", family_name="de Wit", is_manager=True)


@pytest.fixture
def fatima(kvk: RelyingParty) -> Member:  # noqa: ARG001 - the portal brings the catalogue
    """Volunteer of Samen Sterk, with a licence."""
    fatima = member(organisation(), "Fatima", family_name="Idrissi", kind=MemberKind.VOLUNTEER)
    licence(fatima)
    return fatima
