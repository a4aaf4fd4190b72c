"""The design system: tokens, components as template tags, pictures drawn on the server. Knows no room's data."""
