"""Tiny sound models with random weights, built from configs and saved as their libraries save them."""

import json

import torch
from diffusers import (
    AceStepPipeline,
    AceStepTransformer1DModel,
    AudioLDM2Pipeline,
    AudioLDM2ProjectionModel,
    AudioLDM2UNet2DConditionModel,
    AutoencoderKL,
    AutoencoderOobleck,
    CosineDPMSolverMultistepScheduler,
    DDIMScheduler,
    FlowMatchEulerDiscreteScheduler,
    StableAudioDiTModel,
    StableAudioPipeline,
    StableAudioProjectionModel,
)
from diffusers.pipelines.ace_step.modeling_ace_step import AceStepConditionEncoder
from transformers import (
    ClapAudioConfig,
    ClapConfig,
    ClapFeatureExtractor,
    ClapModel,
    ClapTextConfig,
    EncodecConfig,
    EncodecFeatureExtractor,
    GPT2Config,
    GPT2LMHeadModel,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    MusicgenProcessor,
    Qwen3Config,
    Qwen3Model,
    RobertaTokenizer,
    SpeechT5HifiGan,
    SpeechT5HifiGanConfig,
    T5Config,
    T5Tokenizer,
)

from diffusion.tiny import letters, t5


def save(name, folder, **sheet):
    """The tiny model of the engine `name` in `folder`, with a sheet of two steps."""
    made, told = globals()[name.replace("-", "_")]()
    made.save_pretrained(folder, safe_serialization=True)
    (folder / "duocast.json").write_text(json.dumps({"steps": 2, **told, **sheet}))
    return folder


def oobleck(ratios, rate):
    torch.manual_seed(0)
    return AutoencoderOobleck(
        encoder_hidden_size=6,
        downsampling_ratios=ratios,
        channel_multiples=[1, 2],
        decoder_channels=3,
        decoder_input_channels=4,
        audio_channels=2,
        sampling_rate=rate,
    )


def stable_audio():
    """Two seconds at 8 kHz in one piece."""
    vae = oobleck([8, 8], 8000)
    torch.manual_seed(0)
    transformer = StableAudioDiTModel(
        sample_size=250,
        in_channels=4,
        num_layers=1,
        attention_head_dim=4,
        num_key_value_attention_heads=2,
        num_attention_heads=2,
        out_channels=4,
        cross_attention_dim=4,
        time_proj_dim=8,
        global_states_input_dim=8,
        cross_attention_input_dim=4,
    )
    scheduler = CosineDPMSolverMultistepScheduler(
        solver_order=2, prediction_type="v_prediction", sigma_data=1.0, sigma_schedule="exponential"
    )
    projection = StableAudioProjectionModel(
        text_encoder_dim=32, conditioning_dim=4, min_value=0, max_value=64
    )
    made = StableAudioPipeline(
        scheduler=scheduler,
        transformer=transformer,
        projection_model=projection,
        tokenizer=letters(),
        text_encoder=t5(),
        vae=vae,
    )
    return made, {"seconds": 2.0}


def ace_step():
    """At 8 kHz, 25 latents a second, as long as wanted."""
    vae = oobleck([16, 20], 8000)
    torch.manual_seed(0)
    words = Qwen3Config(
        vocab_size=300,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
    )
    transformer = AceStepTransformer1DModel(
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        in_channels=12,
        audio_acoustic_hidden_dim=4,
        is_turbo=True,
    )
    condition = AceStepConditionEncoder(
        hidden_size=32,
        intermediate_size=64,
        text_hidden_dim=32,
        timbre_hidden_dim=4,
        num_lyric_encoder_hidden_layers=1,
        num_timbre_encoder_hidden_layers=1,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
    )
    made = AceStepPipeline(
        vae=vae,
        text_encoder=Qwen3Model(words).eval(),
        tokenizer=letters(longest=512),
        transformer=transformer,
        condition_encoder=condition,
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    )
    return made, {"seconds": 20.0}


def roberta():
    """A tokenizer of single bytes with RoBERTa's marks: one mark, words, one mark."""
    alphabet = letters().get_vocab()
    names = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    plain = sorted(word for word in alphabet if len(word) == 1)
    vocabulary = {word: number for number, word in enumerate((*names, *plain))}
    return RobertaTokenizer(vocab=vocabulary, merges=[], model_max_length=77)


def pieces():
    """T5's tokenizer with single letters."""
    marks = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    plain = [(chr(letter), -3.0) for letter in range(33, 127)]
    return T5Tokenizer(vocab=[*marks, *plain], extra_ids=0, model_max_length=64)


def clap():
    torch.manual_seed(0)
    words = ClapTextConfig(
        bos_token_id=0,
        eos_token_id=2,
        pad_token_id=1,
        hidden_size=8,
        intermediate_size=37,
        num_attention_heads=1,
        num_hidden_layers=1,
        vocab_size=300,
        projection_dim=8,
    )
    sound = ClapAudioConfig(
        spec_size=8,
        window_size=4,
        num_mel_bins=8,
        intermediate_size=37,
        depths=[1, 1],
        num_attention_heads=[1, 1],
        num_hidden_layers=1,
        hidden_size=192,
        projection_dim=8,
        patch_size=2,
        patch_stride=2,
        patch_embed_input_channels=4,
    )
    return ClapModel(ClapConfig(text_config=words, audio_config=sound, projection_dim=16)).eval()


def loud(vocoder, gain):
    """A vocoder with weights that let something through, and nothing that stands still."""
    torch.manual_seed(0)
    for weights in vocoder.parameters():
        if weights.ndim > 1:
            torch.nn.init.xavier_normal_(weights, gain=gain)
        else:
            torch.nn.init.zeros_(weights)
    return vocoder


def audioldm2():
    """At 16 kHz, mono."""
    language = GPT2LMHeadModel(
        GPT2Config(
            n_embd=16,
            n_head=2,
            n_layer=1,
            n_positions=99,
            vocab_size=300,
            max_new_tokens=8,
            bos_token_id=3,
            eos_token_id=1,
        )
    )
    torch.manual_seed(0)
    unet = AudioLDM2UNet2DConditionModel(
        block_out_channels=(8, 16),
        layers_per_block=1,
        norm_num_groups=8,
        sample_size=32,
        in_channels=4,
        out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=((None, 16, 32), (None, 16, 32)),
        attention_head_dim=8,
    )
    torch.manual_seed(0)
    vae = AutoencoderKL(
        block_out_channels=[8, 16],
        norm_num_groups=8,
        in_channels=1,
        out_channels=1,
        down_block_types=["DownEncoderBlock2D", "DownEncoderBlock2D"],
        up_block_types=["UpDecoderBlock2D", "UpDecoderBlock2D"],
        latent_channels=4,
    )
    vocoder = SpeechT5HifiGan(
        SpeechT5HifiGanConfig(
            model_in_dim=8,
            sampling_rate=16000,
            upsample_initial_channel=16,
            upsample_rates=[8, 20],
            upsample_kernel_sizes=[16, 40],
            resblock_kernel_sizes=[3, 3],
            resblock_dilation_sizes=[[1, 3, 5], [1, 3, 5]],
            normalize_before=False,
        )
    )
    made = AudioLDM2Pipeline(
        vae=vae,
        text_encoder=clap(),
        text_encoder_2=t5(),
        projection_model=AudioLDM2ProjectionModel(
            text_encoder_dim=16, text_encoder_1_dim=32, langauge_model_dim=16
        ),
        language_model=language.eval(),
        tokenizer=roberta(),
        tokenizer_2=pieces(),
        feature_extractor=ClapFeatureExtractor(feature_size=8, hop_length=7900),
        unet=unet,
        scheduler=DDIMScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            clip_sample=False,
            set_alpha_to_one=False,
        ),
        vocoder=loud(vocoder.eval(), 1.4),
    )
    return made, {"seconds": 4.0}


class _WithWords:
    """A transformers model and its processor, saved into one folder."""

    def __init__(self, model, processor):
        self.model, self.processor = model, processor

    def save_pretrained(self, folder, **how):
        self.model.save_pretrained(folder)
        self.processor.save_pretrained(folder)


def musicgen():
    """At 8 kHz, mono, 10 codes a second."""
    torch.manual_seed(0)
    sound = EncodecConfig(
        target_bandwidths=[0.16],
        sampling_rate=8000,
        hidden_size=8,
        num_filters=2,
        upsampling_ratios=[10, 10, 8],
        num_lstm_layers=1,
        codebook_size=16,
        codebook_dim=8,
        normalize=False,
    )
    decoder = MusicgenDecoderConfig(
        vocab_size=16,
        pad_token_id=16,
        bos_token_id=16,
        hidden_size=16,
        ffn_dim=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_codebooks=4,
        max_position_embeddings=256,
    )
    words = T5Config(vocab_size=300, d_model=32, d_kv=8, d_ff=37, num_layers=1, num_heads=4)
    model = MusicgenForConditionalGeneration(
        MusicgenConfig(text_encoder=words, audio_encoder=sound, decoder=decoder)
    ).eval()
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_(0, 3)
    for name, weights in model.audio_encoder.decoder.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.zeros_(weights)
    hears = EncodecFeatureExtractor(feature_size=1, sampling_rate=8000, padding_side="left")
    return _WithWords(model, MusicgenProcessor(hears, pieces())), {"seconds": 24.0}
