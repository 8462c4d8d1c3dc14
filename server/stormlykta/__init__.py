"""Stormlykta's server: versioned checklists and contacts out, operations in, nothing acknowledged ever lost."""

__version__ = "0.1.0"
