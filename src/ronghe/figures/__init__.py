"""月度填报: reporting periods, batches, figures, exemptions."""
