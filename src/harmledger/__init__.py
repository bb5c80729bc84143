"""harmledger: who says what about civilian harm, tied to the words."""

__version__ = "0.1.0"
