"""Written words become phonemes, each at its own word."""

import pytest

from duocast.runtime.speech.reading import read_words


def read(text, **lexicon):
    words = text.split()
    return dict(zip(words, read_words(words, british=False, lexicon=lexicon), strict=True))


@pytest.mark.parametrize(
    ("text", "word", "phones"),
    [
        ("It costs $599 now", "$599", "fˈIv hˈʌndɹəd nˈIndi nˈIn dˈɑləɹz"),
        ("on Jan. 5th we", "Jan.", "ʤˈænjəwˌɛɹi"),
        ("on Jan. 5th we", "5th", "fˈɪfθ"),
        ("at 9:30am sharp", "9:30am", "nˈIn θˈɜɹTi ˌAˈɛm"),
        ("it is 3.5x faster", "3.5x", "θɹˈi pYnt fˈIv ˈɛks"),
        ("in 1984 we", "1984", "nˌIntˈin ˈATi fˈɔɹ"),
        ("I have read it", "read", "ɹˈɛd"),
        ("I will read it", "read", "ɹˈid"),
        ("called duocast here", "duocast", "dˈuəkˌæst"),
        ("Every word you --", "--", "—"),
        ("STOP! now", "STOP!", "stˈɑp!"),
        ("no [whispers] yes", "[whispers]", ""),
        ("so (quietly now) yes", "now)", ""),
        ("so 😀 yes", "😀", ""),
    ],
)
def test_a_word_is_read(text, word, phones):
    assert read(text)[word] == phones


def test_shouted_names_are_not_spelt():
    assert "ˌɛmˌA" not in read("MARA stop")["MARA"]


def test_a_lexicon_takes_ipa_and_respelling():
    said = read(
        "Siobhan met duocast's Zoran.",
        siobhan="shiv-AWN",
        duocast="/ˈdjuːoʊkɑːst/",
        zoran="/zoɹˈɑn/",
    )
    assert said["Siobhan"] == "ʃɪvˈɔn"
    assert said["duocast's"] == "djˈuOkɑstz"
    assert said["Zoran."] == "zoɹˈɑn."
