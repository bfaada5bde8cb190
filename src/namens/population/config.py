"""What a connection to the population register needs. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass, field


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
