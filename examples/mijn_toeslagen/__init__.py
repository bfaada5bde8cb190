"""An example of a portal that people reach through Namens, built with stock libraries as a portal team would."""
