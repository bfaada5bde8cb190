"""An OpenID Provider with the code flow, told by a means (DigiD, eHerkenning) who logs in and what it says of them."""
