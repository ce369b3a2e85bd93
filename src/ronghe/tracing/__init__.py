"""三册溯源: a finding about safety, environment or quality traced to its cause, cured at the source, and fed back into the line that let it happen (M28)."""
