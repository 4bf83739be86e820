"""The daemon's HTTP API: FastAPI routes over the premises."""
