"""From commitments to meetings: plain values in, plain values out."""
