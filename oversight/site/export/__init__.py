"""The whole public site as files, for a plain web server or a CDN (decision 117)."""
