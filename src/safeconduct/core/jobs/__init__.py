"""Long work in the background: asked for on a page, done by `safeconduct work`, seen while it goes on, never done twice."""
