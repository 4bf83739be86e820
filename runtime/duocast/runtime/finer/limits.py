"""The engines that make pictures finer with a model that the user brings: what each needs, as data."""

from collections.abc import Mapping
from types import MappingProxyType

from duocast.runtime.models.limits import Limits

ALL: Mapping[str, Limits] = MappingProxyType(
    {
        limits.engine: limits
        for limits in (
            Limits(
                engine="spandrel",
                pipeline="ImageModelDescriptor",
                repository="xinntao/Real-ESRGAN",
                licence="the model's own",
                gigabytes=2.0,
                dtype="float16",
            ),
            Limits(
                engine="gfpgan",
                pipeline="GFPGANv1Clean",
                repository="TencentARC/GFPGAN",
                licence="Apache-2.0",
                gigabytes=1.5,
                dtype="float32",
            ),
            Limits(
                engine="codeformer",
                pipeline="CodeFormer",
                repository="sczhou/CodeFormer",
                licence="S-Lab License 1.0: not for commercial use",
                gigabytes=2.0,
                dtype="float32",
            ),
        )
    }
)
"""By engine. The licences are those of the weights as their pages said; to be checked there before use."""
