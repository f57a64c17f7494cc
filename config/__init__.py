"""How the site is put together: settings, addresses and the way it is served."""
