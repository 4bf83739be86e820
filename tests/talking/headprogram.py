"""A small program for talking heads in two stages, as others are: coefficients from sound, and pictures from those.

`coefficients AUDIO OUT FPS FRAMES`: column 0 is the jaw (how loud it is), columns 1 to 63 follow it more and more
weakly, 64 to 66 are the head's angles with the noise of an estimator, 67 to 69 its place.
`render COEFFICIENTS PICTURE OUT FPS FRAMES`: the picture, whose lower half opens with the jaw and which sways.
"""

import sys
import wave
from pathlib import Path

import av
import cv2
import numpy as np


def read_sound(path):
    with wave.open(path) as file:
        assert file.getnchannels() == 1
        content = file.readframes(file.getnframes())
        return np.frombuffer(content, "<i2").astype(np.float64) / 32768, file.getframerate()


def coefficients(audio, out, fps, frames, key):
    sound, rate = read_sound(audio)
    track = np.zeros((frames, 70))
    noise = np.random.default_rng(7)
    for frame in range(frames):
        part = sound[frame * rate // fps : (frame + 1) * rate // fps]
        track[frame, 0] = min(1.0, 8 * np.sqrt(np.mean(part**2))) if len(part) else 0.0
        sys.stdout.write(f"frame {frame} {frame / frames:.2f}\n")
    track[:, 1:64] = track[:, :1] / np.arange(2, 65)
    track[:, 64:67] = 2 * np.sin(np.arange(frames) / fps)[:, None] + noise.normal(
        0, 0.3, (frames, 3)
    )
    write(out, track, key)


def write(out, track, key):
    if out.endswith(".npy"):
        np.save(out, track.astype(np.float32))
    elif out.endswith(".mat"):
        import matwriter

        matwriter.save(out, {key: track, "full_3dmm": np.zeros((1, 3))})
    else:
        import json
        import struct

        data = track.astype("<f4").tobytes()
        head = json.dumps(
            {key: {"dtype": "F32", "shape": track.shape, "data_offsets": [0, len(data)]}}
        )
        Path(out).write_bytes(struct.pack("<Q", len(head)) + head.encode() + data)


def read(path, key):
    from duocast.runtime.talking.coefficients import read_coefficients

    return read_coefficients(Path(path), key).track


def render(track, picture, out, fps):
    picture = cv2.imread(picture)
    tall, wide = picture.shape[:2]
    half = tall * 6 // 10
    with av.open(out, "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"threads": "1", "crf": "10"})
        stream.width, stream.height, stream.pix_fmt = wide, tall, "yuv420p"
        for row in track:
            opened = round(row[0] * tall * 0.12)
            made = picture.copy()
            made[half + opened :] = picture[half : tall - opened]
            made[half : half + opened] = (20, 20, 60)
            turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), row[64] * 0.5, 1.0)
            made = cv2.warpAffine(made, turn, (wide, tall), borderMode=cv2.BORDER_REPLICATE)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(made, "bgr24")))
        container.mux(stream.encode())


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    key = "coeff_3dmm"
    if what == "coefficients":
        audio, out, fps, frames = rest
        coefficients(audio, out, int(fps), int(frames), key)
    elif what == "render":
        track, picture, out, fps = rest
        render(read(track, key), picture, out, int(fps))
    else:
        sys.exit(f"nobody knows {what}")
