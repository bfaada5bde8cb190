"""Who is at work here, and for which client."""

from uuid import UUID

from django.http import Http404, HttpRequest

from namens.lib import clock
from namens.mandates.client_file import ClientFile, file_of
from namens.organisations.models import Member
from namens.signin.session import NobodyHere, present


def member_here(request: HttpRequest) -> Member:
    """Give the member, on a page behind `signed_in_member`. Raises NobodyHere."""
    member = present(request).member
    if member is None:
        raise NobodyHere
    return member


def file_or_404(request: HttpRequest, client: UUID) -> ClientFile:
    """Give the file of a client of this member's organisation. Raises Http404: anybody else's does not exist."""
    file = file_of(member_here(request), client=client, now=clock.now())
    if file is None:
        raise Http404
    return file
