"""How dates and numbers are read and written in each language (setting ``FORMAT_MODULE_PATH``)."""
