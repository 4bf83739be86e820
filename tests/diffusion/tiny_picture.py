"""Tiny picture pipelines with random weights, built from configs. Nothing is downloaded."""

import json

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    AutoencoderKLQwenImage,
    AutoencoderKLWan,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Pipeline,
    Flux2Transformer2DModel,
    QwenImageEditPlusPipeline,
    QwenImageTransformer2DModel,
    StableDiffusionXLInpaintPipeline,
    UNet2DConditionModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from safetensors.torch import save_file
from tiny import letters, save
from transformers import (
    CLIPImageProcessorPil,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    Mistral3Config,
    Mistral3ForConditionalGeneration,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2VLImageProcessorPil,
    Qwen3Config,
    Qwen3ForCausalLM,
    UMT5Config,
    UMT5EncoderModel,
)

SAID = "{% for message in messages %}{% for part in message['content'] %}{{ part['text'] }}{% endfor %}{% endfor %}"


def flux():
    torch.manual_seed(0)
    text = Qwen3ForCausalLM(
        Qwen3Config(
            intermediate_size=16,
            hidden_size=16,
            num_hidden_layers=28,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=8,
            vocab_size=300,
            max_position_embeddings=2048,
        )
    )
    words = letters(longest=512)
    words.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    return Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_flux_vae(),
        text_encoder=text,
        tokenizer=words,
        transformer=_flux_transformer(),
    )


def flux2():
    torch.manual_seed(0)
    text = {
        "model_type": "mistral",
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 30,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "head_dim": 8,
        "vocab_size": 300,
        "max_position_embeddings": 2048,
    }
    eyes = {
        "model_type": "pixtral",
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "head_dim": 8,
        "image_size": 28,
        "patch_size": 14,
    }
    words = letters(longest=512)
    words.chat_template = SAID
    return Flux2Pipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_flux_vae(),
        text_encoder=Mistral3ForConditionalGeneration(
            Mistral3Config(text_config=text, vision_config=eyes, image_token_index=10)
        ).eval(),
        tokenizer=words,
        transformer=_flux_transformer(guided=True),
    )


def _flux_transformer(*, guided=False):
    return Flux2Transformer2DModel(
        patch_size=1,
        in_channels=16,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=48,
        timestep_guidance_channels=256,
        axes_dims_rope=[4, 4, 4, 4],
        guidance_embeds=guided,
    )


def _flux_vae():
    return AutoencoderKLFlux2(
        sample_size=32,
        block_out_channels=(4,),
        down_block_types=("DownEncoderBlock2D",),
        up_block_types=("UpDecoderBlock2D",),
        latent_channels=4,
        layers_per_block=1,
        norm_num_groups=1,
        use_quant_conv=False,
        use_post_quant_conv=False,
    )


VISION = ("<|vision_start|>", "<|image_pad|>", "<|vision_end|>", "<|video_pad|>")


def qwen_edit():
    torch.manual_seed(0)
    words = letters(longest=1024)
    words.add_tokens(list(VISION), special_tokens=True)
    start, image, end, video = words.convert_tokens_to_ids(list(VISION))
    text = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "vocab_size": 300,
        "rope_scaling": {"type": "default", "rope_type": "default", "mrope_section": [1, 1, 2]},
        "rope_theta": 1000000.0,
    }
    eyes = {
        "depth": 2,
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_heads": 2,
        "out_hidden_size": 16,
        "fullatt_block_indexes": [1],
        "patch_size": 14,
    }
    config = Qwen2_5_VLConfig(
        text_config=text,
        vision_config=eyes,
        vision_start_token_id=start,
        image_token_id=image,
        vision_end_token_id=end,
        video_token_id=video,
    )
    return QwenImageEditPlusPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(
            base_shift=0.5, max_shift=0.9, use_dynamic_shifting=True, shift_terminal=0.02
        ),
        vae=AutoencoderKLQwenImage(
            base_dim=4,
            z_dim=4,
            dim_mult=[1, 1, 1, 1],
            num_res_blocks=1,
            temperal_downsample=[False, True, True],
            latents_mean=[0.0] * 4,
            latents_std=[1.0] * 4,
        ),
        text_encoder=Qwen2_5_VLForConditionalGeneration(config).eval(),
        tokenizer=words,
        processor=None,
        transformer=QwenImageTransformer2DModel(
            patch_size=2,
            in_channels=16,
            out_channels=4,
            num_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=16,
            axes_dims_rope=(4, 6, 6),
        ),
    )


def sdxl():
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        block_out_channels=(32, 64),
        layers_per_block=1,
        sample_size=32,
        in_channels=9,
        out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4),
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        transformer_layers_per_block=(1, 1),
        projection_class_embeddings_input_dim=80,
        cross_attention_dim=64,
    )
    vae = AutoencoderKL(
        block_out_channels=[8, 8],
        in_channels=3,
        out_channels=3,
        down_block_types=["DownEncoderBlock2D", "DownEncoderBlock2D"],
        up_block_types=["UpDecoderBlock2D", "UpDecoderBlock2D"],
        latent_channels=4,
        norm_num_groups=4,
    )
    words = CLIPTextConfig(
        bos_token_id=0,
        eos_token_id=1,
        hidden_size=32,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=2,
        pad_token_id=0,
        vocab_size=300,
        max_position_embeddings=77,
        projection_dim=32,
    )
    eyes = CLIPVisionConfig(
        hidden_size=32,
        projection_dim=32,
        num_hidden_layers=1,
        num_attention_heads=4,
        image_size=64,
        intermediate_size=37,
        patch_size=16,
    )
    return StableDiffusionXLInpaintPipeline(
        vae=vae,
        text_encoder=CLIPTextModel(words).eval(),
        text_encoder_2=CLIPTextModelWithProjection(words).eval(),
        tokenizer=letters(longest=77),
        tokenizer_2=letters(longest=77),
        unet=unet,
        scheduler=EulerDiscreteScheduler(beta_schedule="scaled_linear"),
        image_encoder=CLIPVisionModelWithProjection(eyes).eval(),
        feature_extractor=CLIPImageProcessorPil(size=64, crop_size=64),
    )


def vace():
    torch.manual_seed(0)
    return WanVACEPipeline(
        tokenizer=letters(),
        text_encoder=UMT5EncoderModel(
            UMT5Config(
                vocab_size=300,
                d_model=32,
                d_kv=8,
                d_ff=37,
                num_layers=1,
                num_heads=4,
                pad_token_id=0,
            )
        ).eval(),
        vae=AutoencoderKLWan(base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        transformer=WanVACETransformer3DModel(
            num_attention_heads=2,
            attention_head_dim=12,
            in_channels=16,
            out_channels=16,
            text_dim=32,
            freq_dim=256,
            ffn_dim=32,
            num_layers=2,
            vace_layers=[0],
            vace_in_channels=96,
            rope_max_seq_len=32,
        ),
    )


PICTURES = {
    "flux": flux,
    "flux2": flux2,
    "qwen-edit": qwen_edit,
    "sdxl": sdxl,
    "vace": vace,
}


def painter(name, folder, **sheet):
    """A tiny painter in `folder`, in the form in which its makers publish it."""
    place = folder / name
    if place.is_dir():
        return place
    made = PICTURES[name]()
    save(made, place, **sheet)
    if name == "sdxl":
        _adapter(made.unet, place / "ip_adapter")
    if name == "flux2":
        _published(place, tokenizer=["transformers", "PixtralProcessor"])
    if name == "qwen-edit":
        made.tokenizer.save_pretrained(place / "processor")
        Qwen2VLImageProcessorPil(min_pixels=56 * 56, max_pixels=56 * 56).save_pretrained(
            place / "processor"
        )
        _published(
            place,
            processor=["transformers", "Qwen2VLProcessor"],
            tokenizer=["transformers", "PreTrainedTokenizerFast"],
        )
    return place


def _published(place, **parts):
    """Name the parts as the published models do."""
    index = place / "model_index.json"
    index.write_text(json.dumps({**json.loads(index.read_text()), **parts}))


def _adapter(unet, folder):
    """An IP-Adapter with random weights for every layer of the model that looks at words."""
    torch.manual_seed(1)
    wide = unet.config.cross_attention_dim
    tensors = {
        "image_proj.proj.weight": torch.randn(4 * wide, 32) * 0.2,
        "image_proj.proj.bias": torch.zeros(4 * wide),
        "image_proj.norm.weight": torch.ones(wide),
        "image_proj.norm.bias": torch.zeros(wide),
    }
    number = 1
    for path, layer in unet.named_modules():
        if path.endswith("attn2"):
            for half in ("k", "v"):
                key = f"ip_adapter.{number}.to_{half}_ip.weight"
                tensors[key] = torch.randn(layer.inner_dim, wide) * 0.3
            number += 2
    folder.mkdir()
    save_file(tensors, folder / "tiny.safetensors")
