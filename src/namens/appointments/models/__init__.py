"""What is kept of the half hour at the table. `appointments.actions` writes, nobody else."""

from namens.appointments.models.appointment import Appointment, Attendee, Outcome, Role, Way
from namens.appointments.models.hand_off import HandOff

__all__ = ["Appointment", "Attendee", "HandOff", "Outcome", "Role", "Way"]
