"""Names: whether a name that nobody described is more likely a woman's or a man's; voices and portraits agree."""

import hashlib
import re
from typing import Literal

Gender = Literal["woman", "man"]

_WOMEN = """
abigail ada agnes aisha alice amara amelia amina amy ana andrea angela anna anne anya aya beatrice bella beth
bridget cara carla carmen caroline catherine celia charlotte chiara chloe claire clara daisy dana diana edith
eileen eleanor elena elif elise eliza elizabeth ella ellen emily emma erin esther eva eve evelyn fatima fiona
florence frances freya gabrielle grace greta gwen hana hannah hazel heather helen helena holly ida imogen ines
ingrid irene iris isabel isabella isla ivy jade jane janet jasmine jean jen jennifer jess jessica jill jo joan
joy joyce judith julia june karen kate katherine kim lara laura lauren layla lea leah leila lena lila lily lina
linda lisa lola louise lucia lucy luna lydia mabel maggie maia mara margaret maria marie marion martha mary
matilda maya megan mei mia mila mina mira miriam molly mona nadia naomi natalie nell nina nora nour odette olga
olive olivia paige pam patricia paula pearl penelope petra phoebe pia priya rachel rebecca rita robin rosa rose
rosie ruby ruth sally salma samantha samira sandra sara sarah scarlett selma serena sheila sienna sofia sonia
sophia sophie stella sue susan suzanne sylvia tara tess thea tina ursula valerie vera victoria violet vivian
wendy willow yara yasmin yuki zadie zara zoe
"""
_MEN = """
aaron abdul adam adrian ahmed alan albert alex alexander alfred ali amir anders andre andreas andrew angus
anthony anton arjun arthur ben benjamin bernard bill bob boris brian bruno carl carlos charles charlie chris
christian daniel dave david dennis derek diego dieter dmitri dominic don douglas ed eddie edgar edward eli elias
emil eric erik ethan evan felix finn frank fred gabriel gareth gary george gerald gordon graham greg gus hal
hank hans harold harry hassan henry hiro hugh hugo ian ibrahim igor isaac ivan jack jackson jacob jake jakob
james jan jared jason jerome jim joe joel john jon jonah jonas jonathan jorge josef joseph josh juan julian karl
keith ken kenji kevin kofi kurt kwame kyle lars laurence lee leo leon leonard liam lorenzo louis luca lucas luis
luke magnus malcolm malik marco marcus marek mario mark martin mateo matt matthew max michael miguel mike milo
mohammed morgan nathan neil nicholas nick nico nils noah norman oliver omar oscar otto owen pablo patrick paul
pavel pedro pete peter phil philip pierre rafael raj ralph ravi ray raymond rex richard rob robert rod roger
roland roman ron rory ross roy rupert russell ryan sam samuel scott sean sebastian seth simon sol stan stefan
stephen steve sven ted theo thomas tim tobias toby tom tomas tommy tony victor vikram viktor vincent walter
wesley wilhelm will william wolfgang yusuf zach
"""
_HERS, _HIS = frozenset(_WOMEN.split()), frozenset(_MEN.split())
_ENDINGS = re.compile(r"(a|ie|elle|ette|een|lyn|ine)$")


def presumed(name: str) -> Gender:
    """What a name alone says: a known name, else its ending, else a fixed lot. A card's words win over this."""
    for part in re.findall(r"[^\W\d_]+", name.lower()):
        if part in _HERS:
            return "woman"
        if part in _HIS:
            return "man"
    plain = name.strip().lower()
    if _ENDINGS.search(plain):
        return "woman"
    return "woman" if hashlib.sha256(plain.encode()).digest()[0] % 2 else "man"
