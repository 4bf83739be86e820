"""The files of moderation's models, by their names in the catalogue of weights."""

OPEN_NSFW = "moderation/open_nsfw.onnx"
VECTORIZER = "moderation/vectorizer.joblib"
PROFANITY = "moderation/profanity.joblib"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif"})
VIDEOS = frozenset({".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi"})
"""The files that are looked at."""
