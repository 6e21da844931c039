"""What every part of a programme file is made of: lines, parts, and how they are written. It knows no noun."""
