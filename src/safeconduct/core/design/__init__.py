"""How the site looks and speaks: layout, components as template tags, pictures drawn on the server."""
