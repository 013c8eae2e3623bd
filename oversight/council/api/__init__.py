"""The inventory in the read API: /api/v1/technologies/, the fields that its pages show and no others."""
