"""DigiD (oefenomgeving): an OpenID Provider with the code flow, as a broker in front of DigiD would be."""
