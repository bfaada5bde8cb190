"""Pages for the managers of an organisation: its people, their licences, teams. Managers see members, not clients."""
