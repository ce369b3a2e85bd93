"""Every write of the monthly figures, by noun: periods, batches, reviews, uploads, adjustments."""
