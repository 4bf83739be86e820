"""Characters that name no voice get one that fits, each another."""

from duocast.compiler.voices import VOICES, default_voice, find_voice, nearest_voices, voice_ids


def test_names_and_ids_are_unique_and_found():
    assert len(set(voice_ids())) == 2 * len(VOICES)
    assert all(find_voice(name) is not None for name in voice_ids())
    assert find_voice("AF_Heart ").name == "amber"


def test_a_card_is_heard():
    old = find_voice(default_voice("Dr Okafor", "an elderly British doctor, he limps"))
    assert (old.gender, old.accent, old.age) == ("man", "UK", "older")
    girl = find_voice(default_voice("Kit", "a girl of 12"))
    assert (girl.gender, girl.age) == ("woman", "young")
    assert find_voice(default_voice("Jonas")).gender == "man"
    assert find_voice(default_voice("Mara")).gender == "woman"


def test_six_roles_get_six_voices_and_the_same_ones_again():
    def cast():
        taken = []
        for name in ("Mara", "Ida", "Lena", "Jonas", "Tom", "Ravi"):
            taken.append(default_voice(name, "", taken))
        return taken

    assert len(set(cast())) == 6
    assert cast() == cast()


def test_a_misspelt_voice_has_neighbours():
    assert nearest_voices("ambre")[0] == "amber"
    assert len(nearest_voices("qqqq")) == 3
