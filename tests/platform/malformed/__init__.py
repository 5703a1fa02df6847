"""Every launch that is wrong, or looks wrong and is not, by name. Knows nothing of how a tool refuses."""

from tests.platform.malformed import exchange, message, parties, proof, times, well_formed
from tests.platform.malformed.table import MALFORMED, Earlier, Malformation, Verdict

CHAPTERS = (times, parties, proof, message, exchange, well_formed)

__all__ = ["CHAPTERS", "MALFORMED", "Earlier", "Malformation", "Verdict"]
