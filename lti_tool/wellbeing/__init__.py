"""The calm corner: exercises for everybody, and a diary that only its student reads. Needs no sensing."""
