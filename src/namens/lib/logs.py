"""What a log line may hold of a request."""

import logging


class WithoutAddress(logging.Filter):
    """Takes the address out of what Django says of a request that went wrong: people and links put secrets there."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, and of its arguments only the reason."""
        if isinstance(record.args, tuple) and len(record.args) > 1:
            record.args = (record.args[0], *("<address>" for _ in record.args[1:]))
        return True
