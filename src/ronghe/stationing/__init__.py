"""驻站带班: who answers for which station, the week's plan, the visit, and what became of what it found (M17)."""
