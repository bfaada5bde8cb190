"""What is kept of the half hour at the table. `appointments.actions` writes, nobody else."""

from namens.appointments.models.hand_off import HandOff

__all__ = ["HandOff"]
