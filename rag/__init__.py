"""A question in, a cited and verified reply out."""
