"""Changes of catalogue and portals. Each is proposed by one operator and approved by another."""

from namens.services.actions.catalogue import approve_catalogue, propose_catalogue
from namens.services.actions.portals import PortalTerms, approve_portal, propose_portal

__all__ = ["PortalTerms", "approve_catalogue", "approve_portal", "propose_catalogue", "propose_portal"]
