"""Which words can be Vietnamese syllables: an initial, a rhyme and at most one tone that fits it.

It judges spelling, not meaning: *xó* is as good as *xã*; loans such as *xoong* are left out. It only helps
to tell text in an old encoding from text that is already Unicode.
"""

import re
import unicodedata
from functools import lru_cache

from tdkt_xl.vietnamese.letters import SPLIT_TONE, VOWELS

_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oc oe oen oeo oet "
    "oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut "
    "uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu"
)
_AFTER_Q = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e en eo et ê êch ên ênh êt êu i it ich ôc ơ y ych yên yêt ynh yt"
)
_AFTER_GI = (
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e em en eo ep et "
    "êc êm ên êng êp êt êu o oc oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươt ưt ưu"
)
_STOPPED = ("c", "ch", "p", "t")
_SHARP_OR_HEAVY = frozenset({4, 5})
"""The only tones of a syllable that ends in c, ch, p or t, as indexes of ``letters.TONE_MARKS``."""
_ONSET = re.compile(f"^qu|^gi(?=[{VOWELS}])")
_ENDS_IN_GLIDE = re.compile(f"[^{VOWELS}]*[{VOWELS}]+[iouy]")


def _spellings() -> frozenset[str]:
    """Every toneless spelling of a syllable."""
    rhymes = _RHYMES.split()
    front = [rhyme for rhyme in rhymes if rhyme[0] in "eêiy"]
    back = [rhyme for rhyme in rhymes if rhyme[0] not in "eêiy"]
    found = set(rhymes)
    for initials, allowed in (
        ("b ch d đ h kh l m n nh p ph r s t th tr v x", rhymes),
        ("k gh ngh", front),
        ("c g ng", back),
        ("g", [rhyme for rhyme in front if rhyme[0] == "i"]),
        ("qu", _AFTER_Q.split()),
        ("gi", _AFTER_GI.split()),
    ):
        found |= {initial + rhyme for initial in initials.split() for rhyme in allowed}
    return frozenset(found)


SPELLINGS = _spellings()
"""Every spelling of a syllable without its tone."""
WORD = re.compile(r"[^\W\d_]+")
"""A run of letters in composed text."""


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable, in any case and with either tone placement."""
    letters = unicodedata.normalize("NFC", word).lower()
    split = [SPLIT_TONE.get(letter, (letter, 0)) for letter in letters]
    bare = "".join(letter for letter, _ in split)
    marked = [tone for _, tone in split if tone]
    if len(marked) > 1 or bare not in SPELLINGS:
        return False
    if bare.endswith(_STOPPED):
        return bool(marked) and marked[0] in _SHARP_OR_HEAVY
    misplaced = split[-1][1] and _ENDS_IN_GLIDE.fullmatch(_ONSET.sub("", bare, count=1))
    return not misplaced or bare.endswith("uy")
