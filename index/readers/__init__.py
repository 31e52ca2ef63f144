"""One format a module; each gives an article or a problem for everything it is handed and never raises for content."""
