"""The council's facts as pages show them, a module a subject."""
