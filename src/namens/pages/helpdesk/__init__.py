"""Pages of the helpdesk: find who calls, and do for that caller what an agent may do."""
