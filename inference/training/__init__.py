"""Make and judge the network that `inference` serves. Fitting needs Keras; serving imports none of it."""
