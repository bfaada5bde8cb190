"""Changes of catalogue and portals. Each is proposed by one operator and approved by another."""

from namens.services.actions.catalogue import approve_catalogue, propose_catalogue
from namens.services.actions.portal_changes import (
    approve_change,
    propose_change,
    refuse_change,
    terms_of,
    what_changes,
    withdraw_portal,
)
from namens.services.actions.portals import PortalTerms, approve_portal, propose_portal, refuse_portal

__all__ = [
    "PortalTerms",
    "approve_catalogue",
    "approve_change",
    "approve_portal",
    "propose_catalogue",
    "propose_change",
    "propose_portal",
    "refuse_change",
    "refuse_portal",
    "terms_of",
    "what_changes",
    "withdraw_portal",
]
