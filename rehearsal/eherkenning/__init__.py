"""eHerkenning (oefenomgeving): somebody logs in for an organisation, as at a broker in front of eHerkenning."""
