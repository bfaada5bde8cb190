"""For what: the services that can be mandated, the sets they are granted in, and the portals that offer them."""
