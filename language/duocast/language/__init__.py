"""The `.scene` language: parse, diagnose, format. Pure: no files, no network, no model."""
