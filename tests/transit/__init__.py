"""A small honest transit engine behind HTTP, for machines on which neither OpenBao nor Vault can be had.

It refuses what the real one refuses, in its words; tests of ours must not lean on anything kinder.
https://openbao.org/api-docs/secret/transit/ · https://developer.hashicorp.com/vault/api-docs/secret/transit
"""

from tests.transit.server import TransitServer, running_transit

__all__ = ["TransitServer", "running_transit"]
