"""From a case system's extract to a validated SSDA903 return."""
