"""What somebody typed at a command and cannot be used."""


class WrongWords(ValueError):
    """What was typed cannot be used. The message says what to type, and holds no secret."""
