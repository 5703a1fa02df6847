"""Make the network that `inference` serves. Needs Keras; nothing at serving time imports this package."""
