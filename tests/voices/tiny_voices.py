"""Tiny voice models, built from configs and saved as their libraries do it. They make noise; nothing is downloaded."""

import json
import string

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

LETTERS = string.ascii_letters + string.digits + " .,!?'-"


def sheet(folder, **told):
    (folder / "duocast.json").write_text(json.dumps(told))
    return folder


def letters(*marks, **named):
    """A tokenizer of single bytes with marks of its own."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {mark: n for n, mark in enumerate((*marks, *alphabet))}
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=marks[0]))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=plain, unk_token=marks[0], **named)


def vits(folder):
    """Coqui's VITS with two speakers, 22.05 kHz."""
    from duocast.runtime.voices.standin import stand_in

    stand_in()
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsConfig
    from TTS.tts.models.vits import Vits, VitsArgs

    torch.manual_seed(0)
    folder.mkdir(parents=True)
    torch.save({"Ada": 0, "Ben": 1}, folder / "speakers.pth")
    args = VitsArgs(
        num_chars=len(LETTERS) + 4, hidden_channels=16, hidden_channels_ffn_text_encoder=16,
        num_heads_text_encoder=2, num_layers_text_encoder=1, num_layers_flow=1, num_layers_posterior_encoder=1,
        upsample_initial_channel_decoder=32, resblock_dilation_sizes_decoder=[[1, 1, 1]],
        resblock_kernel_sizes_decoder=[3], use_speaker_embedding=True,
        speaker_embedding_channels=8, length_scale=12.0, speakers_file=str(folder / "speakers.pth"),
    )  # fmt: skip
    characters = CharactersConfig(
        characters=string.ascii_letters + string.digits,
        punctuations=" .,!?'-",
        pad="_",
        eos="~",
        bos="^",
        blank="#",
    )
    config = VitsConfig(
        model_args=args, characters=characters, use_speaker_embedding=True, use_phonemes=False,
        text_cleaner="basic_cleaners", speakers_file=str(folder / "speakers.pth"),
    )  # fmt: skip
    model = Vits.init_from_config(config)
    torch.save({"model": model.state_dict(), "config": config.to_dict()}, folder / "model.pth")
    content = config.to_dict()
    elsewhere = "/home/somebody/else/speakers.pth"  # where the model was trained
    content["speakers_file"] = content["model_args"]["speakers_file"] = elsewhere
    (folder / "config.json").write_text(json.dumps(content))
    return folder


def coqui(folder):
    """Another model of that library: Glow-TTS, one speaker, its sound by Griffin and Lim's method."""
    from duocast.runtime.voices.standin import stand_in

    stand_in()
    from TTS.tts.configs.glow_tts_config import GlowTTSConfig
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.models.glow_tts import GlowTTS

    torch.manual_seed(0)
    folder.mkdir(parents=True)
    known = string.ascii_letters + string.digits
    characters = CharactersConfig(
        characters=known, punctuations=" .,!?'-", pad="_", eos="~", bos="^", blank="#"
    )
    config = GlowTTSConfig(
        num_chars=len(known) + 11, hidden_channels_enc=16, hidden_channels_dec=16, hidden_channels_dp=16,
        num_flow_blocks_dec=2, num_block_layers=1, characters=characters, use_phonemes=False,
        text_cleaner="basic_cleaners", length_scale=6.0,
    )  # fmt: skip
    config.encoder_params = {
        "kernel_size": 3, "dropout_p": 0.1, "num_layers": 1, "num_heads": 2, "hidden_channels_ffn": 16,
        "input_length": None,
    }  # fmt: skip
    model = GlowTTS.init_from_config(config)
    content = config.to_dict()
    torch.save({"model": model.state_dict(), "config": content}, folder / "best_model.pth")
    (folder / "config.json").write_text(json.dumps(content))
    return folder


def xtts(folder):
    """XTTS with two layers and one speaker of its own; its decoder can't be made small."""
    from duocast.runtime.voices.standin import stand_in

    stand_in()
    from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
    from TTS.tts.models.xtts import Xtts

    torch.manual_seed(0)
    folder.mkdir(parents=True)
    marks = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[en]", "[de]"]
    vocabulary = {
        mark: n
        for n, mark in enumerate([*marks, *string.ascii_lowercase, *string.digits, *".,!?'"])
    }
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="[UNK]"))
    plain.add_special_tokens(marks)
    plain.save(str(folder / "vocab.json"))
    args = XttsArgs(
        gpt_layers=1, gpt_n_model_channels=64, gpt_n_heads=2, gpt_max_audio_tokens=60, gpt_max_text_tokens=402,
        gpt_max_prompt_tokens=70, gpt_number_text_tokens=len(vocabulary), gpt_start_text_token=3,
        gpt_stop_text_token=0, gpt_num_audio_tokens=66, gpt_start_audio_token=64, gpt_stop_audio_token=65,
        decoder_input_dim=64,
    )  # fmt: skip
    config = XttsConfig(model_args=args, languages=["en", "de"])
    model = Xtts(config)
    voice = {"gpt_cond_latent": torch.randn(1, 32, 64), "speaker_embedding": torch.randn(1, 512, 1)}
    torch.save({"Ana Florence": voice}, folder / "speakers_xtts.pth")
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    config.save_json(str(folder / "config.json"))
    return folder


def bark(folder):
    """Bark with two heads in each of its parts, and one preset."""
    from transformers import BarkConfig, BarkModel, BarkProcessor, EncodecConfig
    from transformers.models.bark.generation_configuration_bark import (
        BarkCoarseGenerationConfig,
        BarkFineGenerationConfig,
        BarkGenerationConfig,
        BarkSemanticGenerationConfig,
    )

    torch.manual_seed(0)
    small = {"num_layers": 1, "num_heads": 2, "hidden_size": 16}
    config = BarkConfig(
        semantic_config={**small, "block_size": 600, "input_vocab_size": 129_600, "output_vocab_size": 10_048},
        coarse_acoustics_config={**small, "block_size": 1024, "input_vocab_size": 12_096, "output_vocab_size": 12_096},
        fine_acoustics_config={**small, "block_size": 1024, "input_vocab_size": 1056, "output_vocab_size": 1056},
        codec_config=EncodecConfig(num_filters=4, hidden_size=16, codebook_dim=16, num_lstm_layers=1).to_dict(),
    )  # fmt: skip
    model = BarkModel(config).eval()
    for name, values in model.codec_model.named_buffers():
        if name.endswith("codebook.embed"):
            values.normal_()
    model.save_pretrained(folder, safe_serialization=True)
    generation = BarkGenerationConfig.from_sub_model_configs(
        BarkSemanticGenerationConfig(max_new_tokens=50, do_sample=True),
        BarkCoarseGenerationConfig(do_sample=True),
        BarkFineGenerationConfig(temperature=0.5),
    )
    (folder / "generation_config.json").write_text(json.dumps(generation.to_dict()))
    rng = np.random.default_rng(0)
    (folder / "speakers").mkdir()
    preset = {}
    for name, shape in (
        ("semantic_prompt", (20,)),
        ("coarse_prompt", (2, 30)),
        ("fine_prompt", (8, 30)),
    ):
        np.save(folder / "speakers" / f"{name}.npy", rng.integers(0, 1000, shape))
        preset[name] = f"speakers/{name}.npy"
    reader = letters("[UNK]", "[PAD]", pad_token="[PAD]")
    BarkProcessor(reader).save_pretrained(folder)
    told = {"repo_or_path": str(folder), "v2/en_speaker_6": preset}
    (folder / "speaker_embeddings_path.json").write_text(json.dumps(told))
    return folder


def pocket(folder):
    """Pocket TTS with one layer and a codec of one, 24 kHz."""
    from transformers import (
        PocketTTSAudioTokenizerConfig,
        PocketTTSAudioTokenizerModel,
        PocketTTSConfig,
        PocketTTSFeatureExtractor,
        PocketTTSForConditionalGeneration,
        PocketTTSProcessor,
    )

    torch.manual_seed(0)
    marks = {
        "audio_prompt_bos_token": "<voice>", "audio_prompt_token": "<audio>",
        "audio_latent_token": "<latent>", "audio_bos_token": "<speak>",
    }  # fmt: skip
    reader = letters(
        "<unk>", "<pad>", *marks.values(), pad_token="<pad>", extra_special_tokens=marks
    )
    ids = {f"{name}_id": reader.convert_tokens_to_ids(mark) for name, mark in marks.items()}
    config = PocketTTSConfig(
        vocab_size=len(reader), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        latent_dim=8, pad_token_id=1, **ids,
        flow_head_config={"hidden_size": 16, "num_hidden_layers": 1, "latent_dim": 8, "condition_dim": 32},
    )  # fmt: skip
    codec = PocketTTSAudioTokenizerConfig(
        hidden_size=16, num_filters=4, upsample_groups=16, num_hidden_layers=1, intermediate_size=16,
        num_attention_heads=2, num_key_value_heads=2, latent_dim=8,
    )  # fmt: skip
    model = PocketTTSForConditionalGeneration(config).eval()
    model.save_pretrained(folder, safe_serialization=True)
    template = "{% for m in messages %}{% for c in m['content'] %}{{ c['text'] }}{% endfor %}{% endfor %}<speak>"
    PocketTTSProcessor(PocketTTSFeatureExtractor(), reader, chat_template=template).save_pretrained(
        folder
    )
    PocketTTSAudioTokenizerModel(codec).eval().save_pretrained(
        folder / "codec", safe_serialization=True
    )
    return folder
