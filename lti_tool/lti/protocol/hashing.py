"""What is kept of a secret that only a browser or a platform may hold."""

from hashlib import sha256


def hash_of(secret: str) -> str:
    """The hex SHA-256 of a random secret. Not for passwords, which are guessable."""
    # A hostile token may hold half a surrogate pair, which plain UTF-8 would not encode.
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
