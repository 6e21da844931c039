"""Pure numerics: arrays in, frozen dataclasses out. No Django, no import of the rest of Weft."""
