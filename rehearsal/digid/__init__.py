"""DigiD (oefenomgeving): a person logs in, as at a broker in front of DigiD."""
