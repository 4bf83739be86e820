"""The words of a description, and what they mean for a drawn person: tables only."""

SKINS = {
    "porcelain": "#f7dccb", "pale": "#f4d3bd", "fair": "#f1c9ad", "white": "#f1c9ad", "rosy": "#f0bfa6",
    "light": "#ebbf9d", "olive": "#d3a276", "tan": "#cf9a6c", "tanned": "#cf9a6c", "golden": "#d6a273",
    "asian": "#ecc49c", "latina": "#cf9a6c", "latino": "#cf9a6c", "indian": "#a9744a", "weathered": "#d9a680",
    "brown": "#a8734c", "dark": "#7a4d33", "black": "#6b4230", "ebony": "#553222", "deep": "#5f3a29",
}  # fmt: skip
SKIN_PHRASES = (
    ("light brown", "#c08a5e"), ("warm brown", "#b07a50"), ("medium brown", "#a8734c"), ("deep brown", "#6b4230"),
    ("dark brown", "#6b4230"), ("very dark", "#553222"), ("very pale", "#f7dccb"),
)  # fmt: skip
SKIN_CHOICES = (
    "#f4d3bd",
    "#ebbf9d",
    "#e2b08f",
    "#d3a276",
    "#c08a5e",
    "#a8734c",
    "#7a4d33",
    "#5f3a29",
)
HAIRS = {
    "black": "#25211f", "raven": "#1f1c20", "dark": "#3a2a22", "brown": "#5a3b28", "brunette": "#4f3325",
    "chestnut": "#6e3f27", "auburn": "#7d3b22", "red": "#a8482a", "ginger": "#bb5a2c", "copper": "#a9552e",
    "blonde": "#d9b26f", "blond": "#d9b26f", "sandy": "#b98f5c", "grey": "#9b9894", "gray": "#9b9894",
    "silver": "#b9b9bd", "white": "#e6e3dd", "pink": "#d77f9c", "blue": "#4a6fa5", "green": "#5d8a66",
    "purple": "#7a5a95",
}  # fmt: skip
HAIR_CHOICES = ("#25211f", "#3a2a22", "#5a3b28", "#6e3f27", "#a8482a", "#d9b26f", "#b98f5c")
DARK_HAIR_CHOICES = ("#1f1b1a", "#25211f", "#33261f")
EYES = {
    "brown": "#5a3d2b", "dark": "#3b2a20", "hazel": "#7a5f35", "green": "#56784f", "blue": "#4f7fa8",
    "grey": "#72818a", "gray": "#72818a", "amber": "#9a6a2f",
}  # fmt: skip
EYE_CHOICES = ("#5a3d2b", "#3b2a20", "#7a5f35", "#56784f", "#4f7fa8", "#72818a")
DARK_EYE_CHOICES = ("#5a3d2b", "#3b2a20", "#4a3020")
COLOURS = {
    "black": "#2a2b30", "white": "#f0ede6", "cream": "#f1e7d2", "beige": "#d8c5a5", "grey": "#82878d", "gray":
    "#82878d",
    "charcoal": "#3c4046", "red": "#a93b37", "rust": "#b4552f", "burgundy": "#722f3c", "maroon": "#6b2a30",
    "pink": "#d58fa0", "coral": "#e0785f", "orange": "#d17a3a", "mustard": "#c99a2e", "yellow": "#e3b83f",
    "gold": "#c99f45",
    "green": "#3f7350", "olive": "#6d6f3f", "teal": "#2f7375", "turquoise": "#3d9a98", "mint": "#9cc9b0",
    "blue": "#3b6296",
    "navy": "#26385a", "denim": "#4a6a8c", "purple": "#6a4a80", "violet": "#6f5596", "lavender": "#a79cc4",
    "brown": "#6f4c35", "tan": "#b58e63", "camel": "#b98b56", "khaki": "#8f865c",
}  # fmt: skip
CLOTHES_CHOICES = (
    "#3f5f7a", "#8a4b3c", "#3f7350", "#c99a2e", "#6a4a80", "#2f7375", "#a93b37", "#5d6470", "#b4552f", "#26385a",
)  # fmt: skip
GARMENTS = {
    "hoodie": "hoodie", "suit": "suit", "tuxedo": "suit", "uniform": "coat", "turtleneck": "turtleneck",
    "sweater": "sweater", "jumper": "sweater", "pullover": "sweater", "knit": "sweater", "sweatshirt": "sweater",
    "shirt": "shirt", "blouse": "shirt", "dress": "dress", "gown": "dress", "coat": "coat", "raincoat": "coat",
    "overcoat": "coat", "trenchcoat": "coat", "parka": "coat", "tshirt": "t-shirt", "tee": "t-shirt", "top":
    "t-shirt",
    "blazer": "blazer", "jacket": "blazer", "cardigan": "cardigan", "waistcoat": "cardigan", "vest":
    "cardigan", "scrubs": "t-shirt",
    "polo": "shirt",
}  # fmt: skip
STYLES_WOMAN = (
    "bob",
    "long",
    "wavy",
    "ponytail",
    "bun",
    "pixie",
    "curly-bob",
    "curly-long",
    "braid",
)
STYLES_MAN = ("short", "crop", "quiff", "slick", "curly-short", "buzz")
OLD_STYLES_MAN = ("receding", "short", "slick", "crop")
OLD_STYLES_WOMAN = ("bob", "bun", "pixie", "curly-bob")
WOMAN = frozenset(
    "woman female girl lady mother mum mom grandmother grandma aunt daughter sister wife queen princess"
    " waitress actress "
    "she her nun duchess girlfriend witch businesswoman".split()
)
MAN = frozenset(
    "man male boy gentleman father dad grandfather grandpa uncle son brother husband king prince waiter actor"
    " he his him monk "
    "duke boyfriend wizard guy businessman fisherman".split()
)
WOMEN_NAMES = frozenset(
    "mara anna nadia ruth ida lena maria sara sarah emma eva ella julia clara nora maya mia zoe alice lucy rose"
    " rosa amina "
    "fatima aisha leila priya mei yuki elena olga irina marta laura sofia isabel carmen ines jane mary kate"
    " helen claire "
    "marie sophie chloe amelie freya ingrid astrid greta hanna johanna lisa linda susan karen grace hope faith"
    " lily iris ada "
    "esther miriam naomi rachel leah tara nina vera zara".split()
)
MEN_NAMES = frozenset(
    "jonas ben tom tomas thomas theo sam elias max leo paul peter john james jack david daniel michael adam"
    " noah liam oliver "
    "henry george edward robert william carl karl hans jan erik lars omar ali ahmed yusuf ravi arjun kenji hiro"
    " wei juan "
    "carlos diego miguel luis pedro marco luca paolo pierre jean louis bell frank joe bob tim mark luke matthew"
    " simon stefan".split()
)
AGES = (
    ("child", 10), ("kid", 10), ("teenager", 16), ("teenage", 16), ("teen", 16), ("student", 21), ("young", 25),
    ("middle-aged", 48), ("elderly", 76), ("ageing", 66), ("aging", 66), ("old", 72), ("older", 64),
    ("grandmother", 70),
    ("grandfather", 72), ("grandma", 70), ("grandpa", 72), ("retired", 68),
)  # fmt: skip
NUMBERS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "twenties": 25, "thirties": 35, "forties": 45, "fifties": 55, "sixties": 65, "seventies": 75, "eighties": 84,
}  # fmt: skip
GREY_FROM, WHITE_FROM = 56, 72
"""Ages at which hair that nobody described is grey, and white."""
