"""Who calls: a JWT that is signed with the secret half of an API key (HS256), at most half a minute old."""

from datetime import datetime

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

UUID_LENGTH = 36
SECONDS_VALID = 30


def refusal(authorization: str, *, api_key: str, now: datetime) -> str | None:
    """Give what is wrong with this header, in the words of NotifyNL; None when it may pass."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        return "Unauthorized: authentication token must be provided"
    secret, service_id = api_key[-UUID_LENGTH:], api_key[: -UUID_LENGTH - 1][-UUID_LENGTH:]
    try:
        claims = jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"]).claims
    except (JoseError, ValueError):
        return "Invalid token: API key not found"
    if claims.get("iss") != service_id:
        return "Invalid token: service not found"
    made = claims.get("iat")
    if not isinstance(made, int) or abs(now.timestamp() - made) > SECONDS_VALID:
        return "Error: Your system clock must be accurate to within 30 seconds"
    return None
