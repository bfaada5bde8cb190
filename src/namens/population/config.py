"""What a connection to the population register needs. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass, field

from namens.lib import env


@dataclass(frozen=True)
class BrpSettings:
    """One connection to the BRP Personen API. With `oauth_token_url` empty only the API key is sent.

    `url` is the address before `/personen`. `timeout_seconds` is for one try, `total_seconds` for all `attempts` with
    the pauses between them. Secrets stay out of the printed form.
    """

    url: str
    api_key: str = field(default="", repr=False)
    api_key_header: str = "X-API-KEY"
    oauth_token_url: str = ""
    oauth_client_id: str = ""
    oauth_client_secret: str = field(default="", repr=False)
    timeout_seconds: float = 2
    total_seconds: float = 5
    attempts: int = 3

    @classmethod
    def read(cls) -> "BrpSettings":
        """Read them from the environment. Raises WrongVariable."""
        return cls(
            url=env.text("NAMENS_BRP_URL", default=""),
            api_key=env.text("NAMENS_BRP_API_KEY", default=""),
            api_key_header=env.text("NAMENS_BRP_API_KEY_HEADER", default="X-API-KEY"),
            oauth_token_url=env.text("NAMENS_BRP_OAUTH_TOKEN_URL", default=""),
            oauth_client_id=env.text("NAMENS_BRP_OAUTH_CLIENT_ID", default=""),
            oauth_client_secret=env.text("NAMENS_BRP_OAUTH_CLIENT_SECRET", default=""),
            timeout_seconds=env.number("NAMENS_BRP_TIMEOUT_SECONDS", default=2),
            total_seconds=env.number("NAMENS_BRP_TOTAL_SECONDS", default=5),
            attempts=env.number("NAMENS_BRP_ATTEMPTS", default=3),
        )
