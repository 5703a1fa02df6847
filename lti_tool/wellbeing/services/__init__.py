"""Keep a check-in; keep a diary for one student and read it to them alone; offer a break when it fits.

Every reading and every writing is audited in its own transaction.
"""

from lti_tool.wellbeing.services.check_ins import check_in
from lti_tool.wellbeing.services.diaries import (
    destroy_diary,
    keep_answers,
    read_diary,
    say_whether_it_helped,
)
from lti_tool.wellbeing.services.offers import offer_break, reply_to_offer, switch_offers

__all__ = [
    "check_in",
    "destroy_diary",
    "keep_answers",
    "offer_break",
    "read_diary",
    "reply_to_offer",
    "say_whether_it_helped",
    "switch_offers",
]
