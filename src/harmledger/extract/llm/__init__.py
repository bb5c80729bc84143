"""The language-model engine: any model that answers questions is asked for claims in quotes, and every quote is looked up in the text.

In comes a Document and a LanguageModel; out comes an Extraction. No word and no number of the model's own gets into a claim.
"""

from harmledger.extract.llm.engine import LlmEngine
from harmledger.extract.llm.model import LanguageModel, Question

__all__ = ["LanguageModel", "LlmEngine", "Question"]
