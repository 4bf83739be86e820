"""What tiny pipelines are made with: how they are saved, a tokenizer, a text encoder. Nothing is downloaded."""

import json

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    PreTrainedTokenizerFast,
    T5Config,
    T5EncoderModel,
)

MARKS = ("<pad>", "</s>", "<unk>", "<s>")


def save(pipeline, folder, **sheet):
    """The pipeline in `folder`, with a sheet of two steps for a small area."""
    pipeline.save_pretrained(folder, safe_serialization=True)
    told = {"steps": 2, "guidance": 1.0, "pixels": 64 * 64, **sheet}
    (folder / "duocast.json").write_text(json.dumps(told))
    return folder


def letters(kind=PreTrainedTokenizerFast, longest=64, **names):
    """A tokenizer of single bytes."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {mark: n for n, mark in enumerate((*MARKS, *alphabet))}
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    named = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", **names}
    return kind(tokenizer_object=plain, model_max_length=longest, **named)


def t5():
    torch.manual_seed(0)
    config = T5Config(
        vocab_size=300, d_model=32, d_kv=8, d_ff=37, num_layers=1, num_heads=4, pad_token_id=0
    )
    return T5EncoderModel(config).eval()
