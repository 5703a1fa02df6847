"""Keys: the only room that opens them. Seals and unseals bytes; knows nothing of students."""
