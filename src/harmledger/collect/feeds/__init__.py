"""From what lists an outlet's reports to their addresses: feeds, sitemaps and pages with links. Reaches no network.

What is read here is hostile: bytes are bounded before they are parsed, entities are refused, nothing is looked up.
"""

from harmledger.collect.feeds.listing import Listing, read_listing
from harmledger.collect.feeds.patterns import take_wanted

__all__ = ["Listing", "read_listing", "take_wanted"]
