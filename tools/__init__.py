"""Programs that set up, start and check this project. They run with the system's Python until `.venv` is there."""
