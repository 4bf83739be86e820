"""Policies are laid over the default and say what is wrong with them; words are found whatever the spelling hides."""

import pytest

from duocast.runtime.engine import EngineError
from duocast.runtime.moderation import Action, default_policy, read_policy
from duocast.runtime.moderation.people import role_id, under_age
from duocast.runtime.moderation.words import Terms, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("A N4ked truth", "a naked truth"),
        ("s e x scene, S.E.X.", "sex scene sex"),
        ("p\u043er\u200bn", "porn"),
        ("Na\u00efve caf\u00e9", "naive cafe"),
        ("She is 15yo; at 10am, a 50mm lens", "she is 15yo at 10am a 50mm lens"),
        ("R. J. Mara walks", "r j mara walks"),
        ("Don't!", "dont"),
    ],
)
def test_fold(written, folded):
    assert fold(written) == folded


def test_terms_are_whole_words_but_for_plurals_and_stars():
    terms = Terms(["sex", "undress*", "bare breast*"])
    assert terms.find(fold("Essex and Sussex, a sextant")) is None
    assert terms.find(fold("She UNDRESSES.")) == "undresses"
    assert terms.find(fold("bare breasts")) == "bare breasts"
    assert Terms(["kid"]).find("two kids") == "kids"
    assert Terms([]).find("anything") is None


@pytest.mark.parametrize(
    "description",
    [
        "girl, 13, red hair",
        "a girl of twelve",
        "thirteen years old",
        "a shy boy",
        "a child",
        "aged 9, tall",
    ],
)
def test_who_is_under_age(description):
    assert under_age(description)


@pytest.mark.parametrize(
    "description",
    [
        "woman in her sixties",
        "a mother of two children",
        "a girl in her twenties",
        "a man, 34, three dogs",
        "",
    ],
)
def test_who_is_not(description):
    assert not under_age(description)


def test_a_name_is_compared_as_addresses_have_it():
    assert role_id("JOHN SMITH") == "john-smith"


def test_a_policy_says_only_what_is_different():
    own = read_policy('drawn = "refuse"\n[category.gore]\nseen = "refuse"\n', "mine.toml")
    base = default_policy()
    assert own.category["gore"].seen is Action.REFUSE
    assert own.category["gore"].terms == base.category["gore"].terms
    assert (own.name, own.drawn, base.drawn) == ("mine.toml", Action.REFUSE, Action.WARN)


def test_a_category_of_ones_own():
    own = read_policy(
        '[category.rivals]\ntitle = "a rival"\nterms = ["rivals"]\nsaid = "refuse"\n[words]\nrivals = ["acme"]\n',
        "mine.toml",
    )
    assert own.category["rivals"].said is Action.REFUSE


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("x =", "Invalid value"),
        ('missing = "allow"', "missing"),
        ('[category.minors]\nterms = ["q"]', "'q'"),
        ('[category.mine]\nsaid = "warn"', "category.mine.title"),
        ('[category.gore]\nseen = "forbid"', "category.gore.seen"),
        ('colour = "red"', "there is no setting colour"),
        ('missing = "maybe"', "'warn' or 'refuse'"),
        ('[category.gore]\nnear = ["@somebody"]', "@somebody"),
    ],
)
def test_what_is_no_policy(written, why):
    with pytest.raises(EngineError) as refused:
        read_policy(written, "mine.toml")
    assert refused.value.code == "M0301"
    assert "mine.toml" in refused.value.message
    assert why in refused.value.message
